#include "server/cli/listening.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <thread>

#include "server/cli/log_file.hpp"

namespace heed::cli {
namespace {

struct Address {
  std::string host;
  std::uint16_t port = 0;
};

/// `127.0.0.1:8080`, `[::1]:8080`, `localhost:0`.
std::optional<Address> read_address(std::string_view text) {
  auto const colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  Address address{std::string{text.substr(0, colon)}};
  auto const digits = text.substr(colon + 1);
  auto const [end, code] =
      std::from_chars(digits.data(), digits.data() + digits.size(), address.port);
  if (code != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  if (address.host.starts_with('[') && address.host.ends_with(']'))
    address.host = address.host.substr(1, address.host.size() - 2);
  return address;
}

/// Only this machine can reach these.
bool is_loopback(std::string const& host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

bool is_any(std::string const& host) {
  return host == "0.0.0.0" || host == "::";
}

/// As it stands in a URL and in Host.
std::string bracketed(std::string const& host) {
  return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

bool is_host_name(std::string_view text) {
  bool const is_bracketed = text.starts_with('[') && text.ends_with(']');
  constexpr std::string_view letters =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";
  return !text.empty() &&
         (is_bracketed || text.find_first_not_of(letters) == std::string_view::npos);
}

/// Scheme, host and perhaps a port; no path, for browsers send none.
bool is_origin(std::string_view text) {
  for (std::string_view const scheme : {"https://", "http://"}) {
    if (!text.starts_with(scheme)) continue;
    auto rest = text.substr(scheme.size());
    auto const colon = rest.starts_with('[') ? rest.find(':', rest.find(']')) : rest.find(':');
    if (colon != std::string_view::npos) {
      auto const port = rest.substr(colon + 1);
      if (port.empty() || port.find_first_not_of("0123456789") != std::string_view::npos)
        return false;
    }
    return is_host_name(rest.substr(0, colon));
  }
  return false;
}

std::optional<Error> check_names(Serve const& options) {
  for (auto const& host : options.hosts)
    if (!is_host_name(host))
      return Error{"usage.host", "`" + host + "` is no name of a host",
                   "write it without scheme and port, as in `--host heed.example`"};
  for (auto const& origin : options.origins)
    if (!is_origin(origin))
      return Error{"usage.origin", "`" + origin + "` is no origin",
                   "write scheme, host and port alone, as in `--origin https://desk.example`"};
  if (options.tls_certificate.empty() != options.tls_key.empty())
    return Error{"usage.tls",
                 options.tls_key.empty() ? "`--tls-cert` needs `--tls-key`"
                                         : "`--tls-key` needs `--tls-cert`",
                 "give both: the certificate's chain and its key, each a PEM file"};
  return std::nullopt;
}

/// Who can reach the server decides what it must have: elsewhere, nothing is told in the clear and
/// nothing to strangers.
std::optional<Error> check_exposure(Serve const& options, Address const& address) {
  if (is_loopback(address.host)) return std::nullopt;
  if (options.tls_certificate.empty() || options.tokens.empty())
    return Error{"serve.not-loopback",
                 "`" + address.host + "` can be reached by others than this machine, and there " +
                     (options.tokens.empty() && options.tls_certificate.empty()
                          ? "is neither TLS nor a token file"
                      : options.tokens.empty() ? "is no token file"
                                               : "is no TLS"),
                 "give `--tls-cert`, `--tls-key` and `--tokens`, or listen on 127.0.0.1 behind a "
                 "proxy that encrypts"};
  if (is_any(address.host) && options.hosts.empty())
    return Error{"serve.no-host",
                 "on `" + address.host + "` the server does not know by which name it is asked",
                 "name it as clients do, as in `--host heed.example`"};
  return std::nullopt;
}

http::Options http_options(Serve const& options, Address const& address) {
  http::Options result;
  bool const is_local = is_loopback(address.host);
  result.address = address.host;
  result.port = address.port;
  result.threads =
      options.threads != 0 ? options.threads : std::max(1u, std::thread::hardware_concurrency());
  result.hosts.insert(result.hosts.end(), options.hosts.begin(), options.hosts.end());
  if (!is_local && !is_any(address.host)) result.hosts.push_back(bracketed(address.host));
  result.origins = options.origins;
  result.client_requests_max = options.client_requests;
  result.client_rate = options.client_rate;
  result.client_burst = options.client_burst;
  result.connections_max = options.connections_max;
  // On loopback a proxy speaks for everybody: there the bound would be on all of its clients.
  result.address_connections_max = options.connections_per_address != 0
                                       ? options.connections_per_address
                                   : is_local ? options.connections_max
                                              : limits::http_address_connections_max;
  return result;
}

}  // namespace

Expected<api::ServerOptions, Error> server_options(Serve const& options) {
  auto const address = read_address(options.listen);
  if (!address)
    return Failure<Error>{{"usage.listen", "`" + options.listen + "` is no address to listen on",
                           "write it as 127.0.0.1:8080, with port 0 for any free one"}};
  if (auto mistake = check_names(options)) return Failure<Error>{std::move(*mistake)};
  if (auto mistake = check_exposure(options, *address)) return Failure<Error>{std::move(*mistake)};
  api::ServerOptions result;
  result.policy = options.policy;
  result.first_policy = options.first_policy;
  result.four_eyes = options.four_eyes;
  result.store = options.store;
  result.key = options.key_file;
  result.master = options.master;
  if (!options.retain.empty()) {
    auto const age_us = read_age(options.retain);
    if (!age_us) return Failure<Error>{no_age(options.retain)};
    result.retain_us = *age_us;
  }
  result.tokens = options.tokens;
  result.tls = {options.tls_certificate, options.tls_key};
  result.decisions_max = options.decisions_max;
  result.slow_ms = options.slow_ms;
  result.http = http_options(options, *address);
  return result;
}

std::string url_of(api::ServerOptions const& options, std::uint16_t port) {
  std::string const scheme = options.tls.certificate.empty() ? "http://" : "https://";
  return scheme + bracketed(options.http.address) + ":" + std::to_string(port);
}

}  // namespace heed::cli
