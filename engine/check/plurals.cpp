#include "engine/check/plurals.hpp"

#include <unicode/plurrule.h>

#include <array>
#include <memory>

namespace heed::check {

namespace {

constexpr std::array all = {Plural::zero, Plural::one,  Plural::two,
                            Plural::few,  Plural::many, Plural::other};

}  // namespace

std::vector<Plural> plurals_of(std::string const& language) {
  UErrorCode error = U_ZERO_ERROR;
  std::unique_ptr<icu::PluralRules const> const rules{
      icu::PluralRules::forLocale(icu::Locale{language.c_str()}, error)};
  std::vector<Plural> plurals;
  for (auto const plural : all) {
    auto const name = icu::UnicodeString::fromUTF8(std::string{name_of(plural)});
    bool const is_known = rules != nullptr && U_SUCCESS(error) && rules->isKeyword(name) != 0;
    if (is_known || plural == Plural::other) plurals.push_back(plural);
  }
  return plurals;
}

std::string_view name_of(Plural plural) {
  switch (plural) {
    case Plural::zero:
      return "zero";
    case Plural::one:
      return "one";
    case Plural::two:
      return "two";
    case Plural::few:
      return "few";
    case Plural::many:
      return "many";
    case Plural::other:
      return "other";
  }
  return "other";
}

}  // namespace heed::check
