#pragma once
#include <string>

#include "engine/check/draft.hpp"

/// Declarations whose type or value others read, settled when they are first read.
namespace heed::check {

/// Settles what `name` declares, where it is a fact, answer, define, parameter, score, action (what
/// it takes), event or table (its results, not its rows): type, value and default stand in the
/// policy then. False where the declaration has a mistake; it is told once and the symbol is broken
/// from then on. A circle is told at the declaration of it that stands first.
bool settle(Draft& draft, std::string const& name);

/// Settles all of them.
void settle_all(Draft& draft);

}  // namespace heed::check
