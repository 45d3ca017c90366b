#pragma once
#include <string>

#include "engine/run/decision.hpp"
#include "engine/run/words.hpp"

namespace heed::run {

/// A shown value in words: `yes`, `150.00 ILS`, `a, b`; `unknown` for null. Hebrew puts no marks of
/// direction in.
std::string words_of(Shown const& value, Language language);

}  // namespace heed::run
