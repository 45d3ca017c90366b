#include "engine/run/words_of_values.hpp"

#include "engine/base/expected.hpp"

namespace heed::run {

std::string words_of(Shown const& value, Language language) {
  auto const hebrew = language == Language::hebrew;
  return std::visit(
      overloaded{
          [&](std::monostate) -> std::string { return hebrew ? "לא ידוע" : "unknown"; },
          [&](bool truth) -> std::string {
            if (hebrew) return truth ? "כן" : "לא";
            return truth ? "yes" : "no";
          },
          [](Shown::Decimal const& number) { return number.text; },
          [](Shown::Amount const& money) { return money.amount + " " + money.currency; },
          [](std::string const& text) { return text.empty() ? std::string{"\"\""} : text; },
          [&](std::vector<Shown> const& items) {
            std::string text;
            for (auto const& item : items)
              text += (text.empty() ? "" : ", ") + words_of(item, language);
            if (text.empty()) text = hebrew ? "ריק" : "nothing";
            return text;
          },
      },
      value.form);
}

}  // namespace heed::run
