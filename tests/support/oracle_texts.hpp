#pragma once
#include <optional>
#include <string>

#include "tests/support/oracle_world.hpp"

/// What is said: texts with values in their slots, written with ICU's C functions, which the engine
/// does not use.
namespace heed::oracle {

/// What became of a slot.
struct Filled {
  bool known = false;                  // it has a value, perhaps one with nothing to say
  std::optional<std::string> written;  // nothing: there is nothing to say
  Wording const* instead = nullptr;    // the words that stand for it: a form, or its `otherwise`
};
Filled fill(World const& world, Slot const& slot, std::string const& language);

/// In each language in which every slot has something to say.
Texts texts_of(World const& world, Wordings const& wordings);

}  // namespace heed::oracle
