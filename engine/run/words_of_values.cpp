#include "engine/run/words_of_values.hpp"

#include <algorithm>
#include <array>

#include "engine/base/expected.hpp"

namespace heed::run {
namespace {

/// `150.00 ILS`; in Hebrew shekels by their sign, and whole ones without agorot.
std::string words_of_amount(Shown::Amount const& money, Language language) {
  if (language == Language::english || money.currency != "ILS")
    return money.amount + " " + money.currency;
  std::string_view amount = money.amount;
  if (amount.ends_with(".00")) amount.remove_suffix(3);
  return std::string{amount} + " ₪";
}

bool is_choice(Type const& type) {
  return type.kind == Kind::choice || (type.kind == Kind::set && type.element == Kind::choice);
}
bool is(Type const& type, Kind kind) {
  return type.kind == kind || (type.kind == Kind::set && type.element == kind);
}

/// `22.11.2026`.
std::string words_of_day(std::string_view text, Language language) {
  if (language == Language::english || text.size() < 10) return std::string{text};
  return std::string{text.substr(8, 2)} + "." + std::string{text.substr(5, 2)} + "." +
         std::string{text.substr(0, 4)};
}
std::string words_of_time(std::string_view text, Language language) {
  if (text.size() < 16) return std::string{text};
  auto const clock = std::string{text.substr(11, 5)};
  return words_of_day(text.substr(0, 10), language) +
         (language == Language::hebrew ? " בשעה " : " ") + clock;
}

std::string words_of_text(std::string const& text, Owner const& owner, Titles const& titles) {
  auto const language = titles.language();
  if (owner.type != nullptr && is_choice(*owner.type)) return titles.of_value(owner.name, text);
  if (owner.type != nullptr && is(*owner.type, Kind::duration))
    return words_of_duration(text, language);
  if (owner.type != nullptr && is(*owner.type, Kind::date)) return words_of_day(text, language);
  if (owner.type != nullptr && is(*owner.type, Kind::time)) return words_of_time(text, language);
  return text.empty() ? std::string{"\"\""} : titles.of_text(owner.name, text);
}

struct Unit {
  char sign;
  std::string_view one, many, hebrew_one, hebrew_two, hebrew_many;
};
constexpr std::array units = {Unit{'Y', "year", "years", "שנה אחת", "שנתיים", "שנים"},
                              Unit{'M', "month", "months", "חודש אחד", "חודשיים", "חודשים"},
                              Unit{'D', "day", "days", "יום אחד", "יומיים", "ימים"},
                              Unit{'H', "hour", "hours", "שעה אחת", "שעתיים", "שעות"},
                              Unit{'m', "minute", "minutes", "דקה אחת", "שתי דקות", "דקות"},
                              Unit{'S', "second", "seconds", "שנייה אחת", "שתי שניות", "שניות"}};

}  // namespace

std::string words_of_unit(std::string_view count, char unit, Language language) {
  auto const* const found = std::ranges::find(units, unit, &Unit::sign);
  if (found == units.end()) return {};
  auto const number = std::string{count} + " ";
  if (language == Language::english)
    return number + std::string{count == "1" ? found->one : found->many};
  if (count == "1") return std::string{found->hebrew_one};
  if (count == "2") return std::string{found->hebrew_two};
  return number + std::string{found->hebrew_many};
}

std::string words_of_duration(std::string_view text, Language language) {
  auto rest = text;
  bool const is_negative = rest.starts_with('-');
  if (is_negative) rest.remove_prefix(1);
  if (!rest.starts_with('P')) return std::string{text};
  rest.remove_prefix(1);
  std::string words;
  bool is_clock = false;
  while (!rest.empty()) {
    if (rest.starts_with('T')) {
      is_clock = true;
      rest.remove_prefix(1);
      continue;
    }
    auto const end = rest.find_first_not_of("0123456789.");
    if (end == 0 || end == std::string_view::npos) return std::string{text};
    auto const count = rest.substr(0, end);
    auto const unit =
        words_of_unit(count, is_clock && rest[end] == 'M' ? 'm' : rest[end], language);
    if (unit.empty()) return std::string{text};
    bool const is_word = count == "1" || count == "2";  // in Hebrew: `ושעתיים`, `ו־3 שעות`
    auto const joint = language == Language::english ? " " : is_word ? " ו" : " ו־";
    words += (words.empty() ? "" : joint) + unit;
    rest.remove_prefix(end + 1);
  }
  if (is_negative) words = (language == Language::english ? "minus " : "מינוס ") + words;
  return words;
}

std::string words_of_type(std::string_view type, Language language) {
  if (language == Language::english) return std::string{type};
  bool const is_set = type.starts_with("set of ");
  if (is_set) type.remove_prefix(7);
  constexpr std::array<std::array<std::string_view, 3>, 9> words{
      {{"yes or no", "כן או לא", "כן או לא"},
       {"whole number", "מספר שלם", "מספרים שלמים"},
       {"number", "מספר", "מספרים"},
       {"money", "סכום", "סכומים"},
       {"duration", "משך זמן", "משכי זמן"},
       {"date", "תאריך", "תאריכים"},
       {"time", "מועד", "מועדים"},
       {"text", "מילים", "מילים"},
       {"list", "רשימה", "רשימות"}}};
  auto const* const found =
      std::ranges::find(words, type, [](auto const& row) { return row.front(); });
  if (found == words.end()) return std::string{type};
  return std::string{is_set ? (*found)[2] : (*found)[1]};
}

std::string words_of_limit(std::string_view limit, Language language) {
  constexpr std::string_view shekels = " ILS";
  if (!limit.ends_with(shekels)) return std::string{limit};
  auto const amount = limit.substr(0, limit.size() - shekels.size());
  return words_of_amount({std::string{amount}, "ILS"}, language);
}

std::string words_of(Shown const& value, Language language) {
  return words_of(value, Owner{}, Titles{nullptr, language});
}

std::string words_of(Shown const& value, Owner const& owner, Titles const& titles) {
  auto const hebrew = titles.language() == Language::hebrew;
  return std::visit(
      overloaded{
          [&](std::monostate) -> std::string { return hebrew ? "לא ידוע" : "unknown"; },
          [&](None) -> std::string { return hebrew ? "אין" : "none"; },
          [&](bool truth) -> std::string {
            if (hebrew) return truth ? "כן" : "לא";
            return truth ? "yes" : "no";
          },
          [](Shown::Decimal const& number) { return number.text; },
          [&](Shown::Amount const& money) { return words_of_amount(money, titles.language()); },
          [&](std::string const& text) { return words_of_text(text, owner, titles); },
          [&](std::vector<Shown> const& items) {
            std::string text;
            for (auto const& item : items)
              text += (text.empty() ? "" : ", ") + words_of(item, owner, titles);
            if (text.empty()) text = hebrew ? "ריק" : "nothing";
            return text;
          },
      },
      value.form);
}

}  // namespace heed::run
