#pragma once
#include "engine/base/error.hpp"
#include "engine/base/expected.hpp"
#include "server/api/advisor_server.hpp"
#include "server/cli/commands.hpp"

/// From the command line to what a server is started with.
namespace heed::cli {

/// Fails with usage.listen, usage.host, usage.origin, usage.tls, and where others than this machine
/// could reach the server with serve.not-loopback (TLS and tokens are needed) or serve.no-host.
Expected<api::ServerOptions, Error> server_options(Serve const& options);

/// "https://127.0.0.1:8443"
std::string url_of(api::ServerOptions const& options, std::uint16_t port);

}  // namespace heed::cli
