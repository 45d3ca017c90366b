#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/source.hpp"

/// Findings about policy text, for the person who wrote it.
namespace heed {

enum class Severity { error, warning };

/// One finding. `code` is stable once released, e.g. "check.unknown-name".
struct Diagnostic {
  Place where;
  Severity severity = Severity::error;
  std::string_view code;    // always a literal
  std::string message;      // lower case, no full stop, user text in backticks
  std::string help;         // what to do about it; may be empty
  std::string replacement;  // what to write at `where` instead ("did you mean"); may be empty
};

using Diagnostics = std::vector<Diagnostic>;

/// Puts diagnostics into source order: by file name, then place, then code. Equal ones are kept
/// once.
void sort(Diagnostics& diagnostics, std::vector<SourceText> const& sources);

/// True where any of them is an error.
bool has_errors(Diagnostics const& diagnostics);

enum class Colour { off, on };

/// A diagnostic as a person reads it: place, code, message, the line, a caret and the help.
///
///     respect.heed:14:22: error[check.unknown-name]: no fact is named `days_waitting`
///      14 | when days_waitting >= 3
///         |      ^^^^^^^^^^^^^
///     help: did you mean `days_waiting`?
std::string render(Diagnostic const& diagnostic, std::vector<SourceText> const& sources,
                   Colour colour = Colour::off);

}  // namespace heed
