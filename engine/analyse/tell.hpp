#pragma once
#include <string>

#include "engine/base/diagnostic.hpp"
#include "engine/check/tell.hpp"

/// Warnings of the analyses.
namespace heed::analyse {

using check::listed;
using check::quoted;

/// Adds a warning. `code` is a literal.
inline void warn(Diagnostics& found, Place where, std::string_view code, std::string message,
                 std::string help) {
  found.push_back({where, Severity::warning, code, std::move(message), std::move(help), {}});
}

}  // namespace heed::analyse
