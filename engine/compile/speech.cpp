#include "engine/compile/speech.hpp"

#include <unicode/currunit.h>
#include <unicode/datefmt.h>
#include <unicode/gregocal.h>
#include <unicode/listformatter.h>
#include <unicode/measunit.h>
#include <unicode/numberformatter.h>
#include <unicode/plurrule.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <mutex>
#include <vector>

#include "engine/base/ensure.hpp"
#include "engine/base/expected.hpp"
#include "engine/compile/working_words.hpp"

namespace heed {
namespace {

using icu::UnicodeString;
using icu::number::LocalizedNumberFormatter;
using icu::number::NumberFormatter;

std::string to_utf8(UnicodeString const& text) {
  std::string bytes;
  return text.toUTF8String(bytes);
}

/// What only a lack of memory, or of ICU's data, can keep from being made.
template <class Made>
std::unique_ptr<Made const> made(Made* pointer, UErrorCode error) {
  ensure(pointer != nullptr && U_SUCCESS(error));
  return std::unique_ptr<Made const>{pointer};
}

constexpr double milliseconds_of_day = 86'400'000;

bool is_direction_control(UChar32 letter) {
  return letter == 0x061C || letter == 0x200E || letter == 0x200F ||
         (letter >= 0x202A && letter <= 0x202E) || (letter >= 0x2066 && letter <= 0x2069);
}

/// Without what would reorder the sentence around it; line ends and other controls as blanks.
UnicodeString clean(UnicodeString const& text) {
  UnicodeString cleaned;
  for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
    auto const letter = text.char32At(at);
    if (is_direction_control(letter)) continue;
    bool const is_space =
        u_charType(letter) == U_CONTROL_CHAR || letter == 0x2028 || letter == 0x2029;
    cleaned.append(is_space ? UChar32{' '} : letter);
  }
  return cleaned.trim();
}

bool runs_against(UnicodeString const& text, bool right_to_left) {
  for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
    auto const direction = u_charDirection(text.char32At(at));
    bool const is_right = direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC;
    if (right_to_left ? direction == U_LEFT_TO_RIGHT : is_right) return true;
  }
  return false;
}

std::unique_ptr<icu::DateFormat const> make_dates(icu::DateFormat* format) {
  UErrorCode error = U_ZERO_ERROR;
  auto* const calendar = new icu::GregorianCalendar{*icu::TimeZone::getGMT(), error};
  // One calendar for all years, as everywhere in Heed.
  calendar->setGregorianChange(-std::numeric_limits<double>::max(), error);
  if (format != nullptr) format->adoptCalendar(calendar);
  return made(format, error);
}

}  // namespace

struct Speech::Tools {
  explicit Tools(std::string const& of);

  icu::Locale locale;
  bool right_to_left = false;
  std::string language;
  LocalizedNumberFormatter numbers, percents;
  std::array<LocalizedNumberFormatter, 6> units;  // from years to seconds
  std::unique_ptr<icu::ListFormatter const> list, units_list;
  std::unique_ptr<icu::PluralRules const> plurals;
  std::unique_ptr<icu::DateFormat const> dates, times, both;
  mutable std::mutex mutex;  // guards what follows
  mutable std::map<Currency, LocalizedNumberFormatter> moneys;

  UnicodeString decimal(LocalizedNumberFormatter const& format, std::string const& digits) const;
  UnicodeString money(Money const& money) const;
  UnicodeString duration(Duration const& duration) const;
  UnicodeString working_time(std::string_view sign, std::array<Number, 4> const& parts) const;
  Plural plural_of(Number const& number) const;
  UnicodeString join(icu::ListFormatter const& how, std::vector<UnicodeString> const& parts) const;
  UnicodeString day(icu::DateFormat const& format, Date date, std::int64_t second) const;
  UnicodeString instant(Instant at, Slot::Style style, Zone const& zone) const;
  UnicodeString name(std::string const& text) const;
  UnicodeString set(SetValue const& set, Type const& type, Zone const& zone) const;
  UnicodeString number(Number const& number, Slot::Style style) const;
  UnicodeString write(Value const& value, Type const& type, Slot::Style style,
                      Zone const& zone) const;
};

Speech::Tools::Tools(std::string const& of)
    : locale{of.c_str()},
      right_to_left{locale.isRightToLeft() != 0},
      language{of},
      numbers{NumberFormatter::withLocale(locale)},
      percents{NumberFormatter::withLocale(locale).unit(icu::MeasureUnit::getPercent())} {
  std::array const measures{icu::MeasureUnit::getYear(),   icu::MeasureUnit::getMonth(),
                            icu::MeasureUnit::getDay(),    icu::MeasureUnit::getHour(),
                            icu::MeasureUnit::getMinute(), icu::MeasureUnit::getSecond()};
  for (std::size_t at = 0; at < units.size(); ++at)
    units[at] =
        NumberFormatter::withLocale(locale).unit(measures[at]).unitWidth(UNUM_UNIT_WIDTH_FULL_NAME);
  UErrorCode error = U_ZERO_ERROR;
  list = made(
      icu::ListFormatter::createInstance(locale, ULISTFMT_TYPE_AND, ULISTFMT_WIDTH_WIDE, error),
      error);
  units_list = made(
      icu::ListFormatter::createInstance(locale, ULISTFMT_TYPE_UNITS, ULISTFMT_WIDTH_WIDE, error),
      error);
  plurals = made(icu::PluralRules::forLocale(locale, error), error);
  using Dates = icu::DateFormat;
  dates = make_dates(Dates::createDateInstance(Dates::kLong, locale));
  times = make_dates(Dates::createTimeInstance(Dates::kShort, locale));
  both = make_dates(Dates::createDateTimeInstance(Dates::kLong, Dates::kShort, locale));
}

UnicodeString Speech::Tools::decimal(LocalizedNumberFormatter const& format,
                                     std::string const& digits) const {
  UErrorCode error = U_ZERO_ERROR;
  auto text = format.formatDecimal(digits, error).toString(error);
  ensure(U_SUCCESS(error));
  return text;
}

UnicodeString Speech::Tools::money(Money const& money) const {
  LocalizedNumberFormatter const* format = nullptr;
  {
    std::lock_guard const lock{mutex};
    auto found = moneys.find(money.currency);
    if (found == moneys.end()) {
      UErrorCode error = U_ZERO_ERROR;
      auto const code = UnicodeString::fromUTF8(std::string{code_of(money.currency)});
      icu::CurrencyUnit const unit{code.getBuffer(), error};
      ensure(U_SUCCESS(error));
      auto const places = icu::number::Precision::fixedFraction(minor_places_of(money.currency));
      auto made = NumberFormatter::withLocale(locale).unit(unit).precision(places);
      found = moneys.emplace(money.currency, std::move(made)).first;
    }
    format = &found->second;  // stays where it is
  }
  return decimal(*format, amount_text(money));
}

/// Working days, hours, minutes and seconds; what is nothing is left out. Empty where the language
/// has no words for them.
UnicodeString Speech::Tools::working_time(std::string_view sign,
                                          std::array<Number, 4> const& parts) const {
  std::vector<UnicodeString> written;
  auto const is_nothing =
      std::ranges::all_of(parts, [](Number const& part) { return part == Number{0}; });
  for (std::size_t at = 0; at < parts.size(); ++at) {
    if (parts[at] == Number{0} && !(is_nothing && at == 1)) continue;
    auto const unit = static_cast<compiling::WorkingUnit>(at);
    auto const words = compiling::words_of(unit, language, plural_of(parts[at]));
    if (words.empty()) return {};
    auto const digits = std::string{written.empty() ? sign : ""} + to_text(parts[at]);
    auto text = UnicodeString::fromUTF8(std::string{words});
    written.push_back(text.findAndReplace(u"{0}", decimal(numbers, digits)));
  }
  return join(*units_list, written);
}

/// The largest units first; what is nothing is left out. A sign stands before the first.
UnicodeString Speech::Tools::duration(Duration const& duration) const {
  bool const is_negative = duration.months < 0 || duration.days < 0 || duration.seconds < Number{0};
  std::string_view const sign = is_negative ? "-" : "";
  auto const months = duration.months < 0 ? -duration.months : duration.months;
  auto const seconds = duration.seconds < Number{0} ? negate(duration.seconds) : duration.seconds;
  auto const whole = seconds.numerator() / seconds.denominator();
  auto const last = subtract(seconds, Number{whole - whole % 60}).value_or(Number{0});
  if (duration.calendar) {
    auto const days = duration.days < 0 ? -duration.days : duration.days;
    return working_time(sign, {Number{days}, Number{whole / 3'600}, Number{whole / 60 % 60}, last});
  }
  std::array const parts{Number{months / 12},     Number{months % 12},
                         Number{whole / 86'400},  Number{whole / 3'600 % 24},
                         Number{whole / 60 % 60}, last};
  std::vector<UnicodeString> written;
  for (std::size_t at = 0; at < parts.size(); ++at) {
    bool const is_only = at + 1 == parts.size() && written.empty();
    if (parts[at] == Number{0} && !is_only) continue;
    auto const digits = std::string{written.empty() ? sign : ""} + to_text(parts[at]);
    written.push_back(decimal(units[at], digits));
  }
  return join(*units_list, written);
}

Plural Speech::Tools::plural_of(Number const& number) const {
  UErrorCode error = U_ZERO_ERROR;
  auto const formatted = numbers.formatDecimal(to_text(number), error);
  auto const word = plurals->select(formatted, error);
  ensure(U_SUCCESS(error));
  if (word == u"zero") return Plural::zero;
  if (word == u"one") return Plural::one;
  if (word == u"two") return Plural::two;
  if (word == u"few") return Plural::few;
  if (word == u"many") return Plural::many;
  return Plural::other;
}

UnicodeString Speech::Tools::join(icu::ListFormatter const& how,
                                  std::vector<UnicodeString> const& parts) const {
  UErrorCode error = U_ZERO_ERROR;
  UnicodeString text;
  how.format(parts.data(), static_cast<std::int32_t>(parts.size()), text, error);
  ensure(U_SUCCESS(error));
  return text;
}

UnicodeString Speech::Tools::day(icu::DateFormat const& format, Date date,
                                 std::int64_t second) const {
  UnicodeString text;
  return format.format(date.days * milliseconds_of_day + static_cast<double>(second) * 1000, text);
}

UnicodeString Speech::Tools::instant(Instant at, Slot::Style style, Zone const& zone) const {
  auto const& format = style == Slot::Style::date   ? *dates
                       : style == Slot::Style::time ? *times
                                                    : *both;
  return day(format, zone.date_of(at), zone.second_of_day(at));
}

UnicodeString Speech::Tools::name(std::string const& text) const {
  auto cleaned = clean(UnicodeString::fromUTF8(text));
  if (!runs_against(cleaned, right_to_left)) return cleaned;
  return UnicodeString{UChar32{0x2068}} + cleaned + UChar32{0x2069};
}

UnicodeString Speech::Tools::set(SetValue const& set, Type const& type, Zone const& zone) const {
  auto item_type = type;
  item_type.kind = type.element;
  std::vector<UnicodeString> parts;
  for (auto const& item : set.items) {
    auto part = std::visit(
        [&](auto const& it) { return write(Value{it}, item_type, Slot::Style::plain, zone); },
        item);
    if (!part.isEmpty()) parts.push_back(std::move(part));
  }
  return parts.empty() ? UnicodeString{} : join(*list, parts);
}

UnicodeString Speech::Tools::number(Number const& number, Slot::Style style) const {
  if (style != Slot::Style::percent) return decimal(numbers, to_text(number));
  auto const hundredfold = multiply(number, Number{100});
  return hundredfold ? decimal(percents, to_text(*hundredfold)) : decimal(numbers, to_text(number));
}

UnicodeString Speech::Tools::write(Value const& value, Type const& type, Slot::Style style,
                                   Zone const& zone) const {
  return std::visit(
      overloaded{
          [](None) { return UnicodeString{}; },
          [&](bool truth) {
            if (language == "he") return UnicodeString{truth ? u"כן" : u"לא"};
            return UnicodeString{truth ? u"yes" : u"no"};
          },
          [&](Number const& it) { return number(it, style); },
          [&](Money const& it) { return money(it); },
          [&](Duration const& it) { return it == never ? UnicodeString{} : duration(it); },
          [&](Date it) { return day(*dates, it, 0); },
          [&](Instant it) { return instant(it, style, zone); },
          [&](std::string const& it) { return name(it); },
          [&](Chosen it) {
            bool const is_known = type.choice && index(it) < type.choice->values.size();
            return is_known ? name(type.choice->values[index(it)]) : UnicodeString{};
          },
          [&](SetValue const& it) { return set(it, type, zone); },
          [](ListValue const&) { return UnicodeString{}; },  // the checker refuses them
      },
      value);
}

Speech::Speech(std::string const& language) : tools_{std::make_unique<Tools>(language)} {}
Speech::~Speech() = default;

std::shared_ptr<Speech const> Speech::find(std::string const& language) {
  static std::mutex mutex;
  static std::map<std::string, std::shared_ptr<Speech const>> all;
  std::lock_guard const lock{mutex};
  auto& speech = all[language];
  if (!speech) speech = std::shared_ptr<Speech const>{new Speech{language}};
  return speech;
}

std::string Speech::write(Value const& value, Type const& type, Slot::Style style,
                          Zone const& zone) const {
  return to_utf8(tools_->write(value, type, style, zone));
}

Plural Speech::plural_of(Number const& number) const {
  return tools_->plural_of(number);
}

}  // namespace heed
