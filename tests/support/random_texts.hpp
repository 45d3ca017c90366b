#pragma once
#include <string>

#include "tests/support/random_vocabulary.hpp"

/// Random texts with slots.
namespace heed::support {

/// What stands between the quotes of a text in `en` or `he`.
std::string random_wording(Chance& chance, Vocabulary const& names, std::string const& language);

/// ` en "…"` with slots, or ` en "…"  he "…"`.
std::string random_wordings(Chance& chance, Vocabulary const& names);

}  // namespace heed::support
