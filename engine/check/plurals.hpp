#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/check/wording.hpp"

/// The plural categories of languages, as Unicode CLDR has them.
namespace heed::check {

/// Those that the language has, in their order: `one`, `two` and `other` in Hebrew.
std::vector<Plural> plurals_of(std::string const& language);

/// `one`, `other`.
std::string_view name_of(Plural plural);

}  // namespace heed::check
