#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "engine/advisor.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/files.hpp"
#include "server/cli/policy.hpp"
#include "server/cli/terminal.hpp"

namespace heed::cli {
namespace {

namespace fs = std::filesystem;

fs::path place_of(std::string const& policy, SourceText const& source) {
  std::error_code ignored;
  return fs::is_directory(policy, ignored) ? fs::path{policy} / source.name : fs::path{policy};
}

/// Formats one file in its place, or standard input to standard output: done, does_not_hold (it
/// would change, or has mistakes) or cannot.
int format_file(fs::path const& path, SourceText const& source, bool only_check) {
  SourceText const named{path.generic_string(), source.text};
  auto const formatted = format(named);
  if (has_errors(formatted.diagnostics)) {
    print_diagnostics(stderr, formatted.diagnostics, {named});
    return does_not_hold;
  }
  bool const is_input = named.name == "-";
  if (is_input && !only_check) return put(stdout, formatted.text) ? done : cannot;
  if (formatted.text == source.text) return done;
  if (only_check) {
    put(stdout, named.name + "\n");
    return does_not_hold;
  }
  auto const written = replace_file(path.string(), formatted.text);
  if (!written) {
    tell(written.error());
    return cannot;
  }
  put(stdout, named.name + "\n");
  return done;
}

}  // namespace

int run(Fmt const& options) {
  int worst = done;
  for (auto const& policy : options.policies) {
    auto const sources = read_policy(policy);
    if (!sources) {
      tell(sources.error());
      return cannot;
    }
    for (auto const& source : sources.value()) {
      if (is_sheet(source.name)) continue;
      worst = std::max(worst, format_file(place_of(policy, source), source, options.check));
    }
  }
  return worst;
}

}  // namespace heed::cli
