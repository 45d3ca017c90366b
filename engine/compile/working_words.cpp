#include "engine/compile/working_words.hpp"

#include <array>

namespace heed::compiling {

std::string_view words_of(WorkingUnit unit, std::string_view language, Plural plural) {
  struct Words {
    std::string_view one, two, other;
  };
  constexpr std::array<Words, 4> english = {{
      {"{0} working day", "", "{0} working days"},
      {"{0} working hour", "", "{0} working hours"},
      {"{0} working minute", "", "{0} working minutes"},
      {"{0} working second", "", "{0} working seconds"},
  }};
  constexpr std::array<Words, 4> hebrew = {{
      {"יום עבודה {0}", "שני ימי עבודה", "{0} ימי עבודה"},
      {"שעת עבודה {0}", "שתי שעות עבודה", "{0} שעות עבודה"},
      {"דקת עבודה {0}", "שתי דקות עבודה", "{0} דקות עבודה"},
      {"שניית עבודה {0}", "שתי שניות עבודה", "{0} שניות עבודה"},
  }};
  bool const is_hebrew = language == "he";
  if (!is_hebrew && language != "en") return {};
  auto const& words = (is_hebrew ? hebrew : english)[static_cast<std::size_t>(unit)];
  if (plural == Plural::one) return words.one;
  if (plural == Plural::two && is_hebrew) return words.two;
  return words.other;
}

}  // namespace heed::compiling
