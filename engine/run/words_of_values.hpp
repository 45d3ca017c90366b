#pragma once
#include <string>
#include <string_view>

#include "engine/run/decision.hpp"
#include "engine/run/page.hpp"
#include "engine/run/words.hpp"

namespace heed::run {

/// A shown value in words: `yes`, `150.00 ILS`, `a, b`; `unknown` for null. Hebrew puts no marks of
/// direction in.
std::string words_of(Shown const& value, Language language);

/// The same where it is known what has the value: values of a `one of` as the policy's terms say
/// them, durations and times as people do.
std::string words_of(Shown const& value, Owner const& owner, Titles const& titles);

/// `2 days 4 hours`, from `P2DT4H`; the text itself where it is no such duration.
std::string words_of_duration(std::string_view text, Language language);

/// `2 hours`, `שעתיים`; `unit` is the letter of ISO 8601, small for minutes: `Y`, `M`, `D`, `H`,
/// `m`, `S`. Empty for another one.
std::string words_of_unit(std::string_view count, char unit, Language language);

/// The limit of an authority, as the language writes it: shekels in Hebrew by their sign.
std::string words_of_limit(std::string_view limit, Language language);

/// What a question asks for: `yes or no`, `whole number`.
std::string words_of_type(std::string_view type, Language language);

}  // namespace heed::run
