#pragma once
#include "engine/base/error.hpp"

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace heed::cli {

/// What is wrong with a command line, and what to write instead. Codes: usage.unknown,
/// usage.missing, usage.together, usage.value.
Error to_error(CLI::App const& app, CLI::ParseError const& stopped);

}  // namespace heed::cli
