#include "tests/support/oracle_texts.hpp"

#include <unicode/measfmt.h>
#include <unicode/measunit.h>
#include <unicode/measure.h>
#include <unicode/numfmt.h>
#include <unicode/ucal.h>
#include <unicode/uchar.h>
#include <unicode/udat.h>
#include <unicode/ulistformatter.h>
#include <unicode/uloc.h>
#include <unicode/unum.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>

#include <memory>
#include <stdexcept>

#include "engine/base/expected.hpp"

namespace heed::oracle {

namespace {

using Letters = std::u16string;

/// Calls an ICU function that fills a buffer.
template <class F>
Letters filled(F const& call) {
  Letters text(2048, u'\0');
  UErrorCode error = U_ZERO_ERROR;
  auto const length = call(text.data(), static_cast<std::int32_t>(text.size()), &error);
  if (U_FAILURE(error)) throw std::runtime_error{u_errorName(error)};
  text.resize(static_cast<std::size_t>(length));
  return text;
}

std::string to_utf8(Letters const& text) {
  std::string bytes;
  icu::UnicodeString{text.data(), static_cast<std::int32_t>(text.size())}.toUTF8String(bytes);
  return bytes;
}

template <class T, class Close>
std::unique_ptr<T, Close> held(T* opened, Close close) {
  return {opened, close};
}

/// A number in decimal digits, by a style of ICU, with at most or exactly so many decimals.
std::string by_style(UNumberFormatStyle style, std::string const& digits,
                     std::string const& language, int least, int most,
                     std::string const& currency = {}) {
  UErrorCode error = U_ZERO_ERROR;
  auto const format = held(unum_open(style, nullptr, 0, language.c_str(), nullptr, &error),
                           [](UNumberFormat* it) { unum_close(it); });
  if (!currency.empty()) {
    Letters const code{currency.begin(), currency.end()};
    unum_setTextAttribute(format.get(), UNUM_CURRENCY_CODE, code.data(), 3, &error);
  }
  unum_setAttribute(format.get(), UNUM_MIN_FRACTION_DIGITS, least);
  unum_setAttribute(format.get(), UNUM_MAX_FRACTION_DIGITS, most);
  return to_utf8(filled([&](UChar* to, std::int32_t room, UErrorCode* failed) {
    return unum_formatDecimal(format.get(), digits.data(), static_cast<std::int32_t>(digits.size()),
                              to, room, nullptr, failed);
  }));
}

std::string day_text(Date date, std::int64_t second, UDateFormatStyle date_style,
                     UDateFormatStyle time_style, std::string const& language) {
  UErrorCode error = U_ZERO_ERROR;
  auto const format =
      held(udat_open(time_style, date_style, language.c_str(), u"GMT", 3, nullptr, 0, &error),
           [](UDateFormat* it) { udat_close(it); });
  auto const calendar = held(ucal_clone(udat_getCalendar(format.get()), &error),
                             [](UCalendar* it) { ucal_close(it); });
  ucal_setGregorianChange(calendar.get(), -1e18, &error);
  udat_setCalendar(format.get(), calendar.get());
  auto const milliseconds = (static_cast<double>(date.days) * 86'400 + double(second)) * 1000;
  return to_utf8(filled([&](UChar* to, std::int32_t room, UErrorCode* failed) {
    return udat_format(format.get(), milliseconds, to, room, nullptr, failed);
  }));
}

std::string list_text(std::vector<std::string> const& items, UListFormatterType type,
                      std::string const& language) {
  UErrorCode error = U_ZERO_ERROR;
  auto const format =
      held(ulistfmt_openForType(language.c_str(), type, ULISTFMT_WIDTH_WIDE, &error),
           [](UListFormatter* it) { ulistfmt_close(it); });
  std::vector<Letters> letters;
  for (auto const& item : items) {
    auto const text = icu::UnicodeString::fromUTF8(item);
    letters.emplace_back(text.getBuffer(), static_cast<std::size_t>(text.length()));
  }
  std::vector<UChar const*> strings;
  for (auto const& one : letters) strings.push_back(one.c_str());
  return to_utf8(filled([&](UChar* to, std::int32_t room, UErrorCode* failed) {
    return ulistfmt_format(format.get(), strings.data(), nullptr,
                           static_cast<std::int32_t>(strings.size()), to, room, failed);
  }));
}

std::string category_of(Number const& number, std::string const& language) {
  UErrorCode error = U_ZERO_ERROR;
  auto const rules =
      held(uplrules_open(language.c_str(), &error), [](UPluralRules* it) { uplrules_close(it); });
  auto const value = std::stod(to_text(number));
  return to_utf8(filled([&](UChar* to, std::int32_t room, UErrorCode* failed) {
    return uplrules_select(rules.get(), value, to, room, failed);
  }));
}

/// `3 working days, 2 working hours`; in other languages there are no words.
std::string working_text(Duration const& duration, std::string const& language) {
  static std::vector<std::vector<std::string>> const english{
      {" working day", " working days"},
      {" working hour", " working hours"},
      {" working minute", " working minutes"},
      {" working second", " working seconds"}};
  static std::vector<std::vector<std::string>> const hebrew{
      {"יום עבודה ", "שני ימי עבודה", " ימי עבודה"},
      {"שעת עבודה ", "שתי שעות עבודה", " שעות עבודה"},
      {"דקת עבודה ", "שתי דקות עבודה", " דקות עבודה"},
      {"שניית עבודה ", "שתי שניות עבודה", " שניות עבודה"}};
  if (language != "en" && language != "he") return "";
  bool const minus = duration.days < 0 || duration.seconds < Number{0};
  auto left = duration.seconds < Number{0} ? negate(duration.seconds) : duration.seconds;
  std::vector<Number> counts{std::abs(duration.days)};
  for (std::int64_t const size : {3600, 60}) {
    auto const whole = left.numerator() / left.denominator() / size;
    counts.push_back(whole);
    left = *subtract(left, Number{whole * size});
  }
  counts.push_back(left);
  std::vector<std::string> texts;
  auto const say = [&](std::size_t unit) {
    auto const count = to_text(counts[unit]);
    auto const number =
        by_style(UNUM_DECIMAL, (minus && texts.empty() ? "-" : "") + count, language, 0, 6);
    auto const category = category_of(counts[unit], language);
    if (language == "en")
      texts.push_back(number + english[unit][category == "one" ? 0 : 1]);
    else if (category == "one")
      texts.push_back(hebrew[unit][0] + number);
    else
      texts.push_back(category == "two" ? hebrew[unit][1] : number + hebrew[unit][2]);
  };
  for (std::size_t unit = 0; unit < counts.size(); ++unit)
    if (counts[unit] != Number{0}) say(unit);
  if (texts.empty()) say(1);
  return list_text(texts, ULISTFMT_TYPE_UNITS, language);
}

/// Units that divide evenly into each other, each with what the larger ones leave.
std::string duration_text(Duration const& duration, std::string const& language) {
  if (duration == never) return "";
  if (duration.calendar) return working_text(duration, language);
  UErrorCode error = U_ZERO_ERROR;
  auto const sign = duration.months < 0 || duration.seconds < Number{0} ? "-" : "";
  auto const positive = duration.seconds < Number{0} ? negate(duration.seconds) : duration.seconds;
  auto const months = std::abs(duration.months);
  auto left = positive.numerator() / positive.denominator();
  auto const fraction = *subtract(positive, Number{left});
  std::vector<std::pair<std::string, icu::MeasureUnit>> parts;
  auto const add = [&](Number const& count, icu::MeasureUnit const& unit) {
    if (count == Number{0}) return;
    parts.emplace_back((parts.empty() ? sign : "") + to_text(count), unit);
  };
  add(months / 12, icu::MeasureUnit::getYear());
  add(months % 12, icu::MeasureUnit::getMonth());
  add(left / 86'400, icu::MeasureUnit::getDay());
  left %= 86'400;
  add(left / 3'600, icu::MeasureUnit::getHour());
  left %= 3'600;
  add(left / 60, icu::MeasureUnit::getMinute());
  add(*heed::add(Number{left % 60}, fraction), icu::MeasureUnit::getSecond());
  if (parts.empty()) parts.emplace_back("0", icu::MeasureUnit::getSecond());
  icu::Locale const locale{language.c_str()};
  std::vector<std::string> texts;
  for (auto const& [count, unit] : parts) {
    auto numbers =
        std::unique_ptr<icu::NumberFormat>{icu::NumberFormat::createInstance(locale, error)};
    numbers->setMaximumFractionDigits(6);
    icu::MeasureFormat const format{locale, UMEASFMT_WIDTH_WIDE, numbers.release(), error};
    icu::Measure const measure{icu::Formattable{count, error}, unit.clone(), error};
    icu::UnicodeString text;
    icu::FieldPosition at;
    format.formatMeasures(&measure, 1, text, at, error);
    if (U_FAILURE(error)) throw std::runtime_error{u_errorName(error)};
    std::string bytes;
    texts.push_back(text.toUTF8String(bytes));
  }
  return list_text(texts, ULISTFMT_TYPE_UNITS, language);
}

/// What comes from outside: nothing in it may reorder or break the sentence.
std::string outside_text(std::string const& value, std::string const& language) {
  auto const text = icu::UnicodeString::fromUTF8(value);
  icu::UnicodeString clean;
  bool has_left = false, has_right = false;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    auto letter = text.char32At(i);
    if (u_hasBinaryProperty(letter, UCHAR_BIDI_CONTROL)) continue;
    if (u_iscntrl(letter) && u_charType(letter) != U_FORMAT_CHAR) letter = ' ';
    auto const direction = u_charDirection(letter);
    has_left = has_left || direction == U_LEFT_TO_RIGHT;
    has_right = has_right || direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC;
    clean.append(letter);
  }
  clean.trim();
  std::string bytes;
  clean.toUTF8String(bytes);
  bool const runs_left = uloc_isRightToLeft(language.c_str()) != 0;
  return (runs_left ? has_left : has_right) ? "\u2068" + bytes + "\u2069" : bytes;
}

std::string value_text(Value const& value, Type const& type, Slot::Style style, World const& world,
                       std::string const& language) {
  auto const& zone = world.policy.zone;
  auto const instant = [&](Instant at) {
    bool const day = style != Slot::Style::time, hour = style != Slot::Style::date;
    return day_text(zone.date_of(at), zone.second_of_day(at), day ? UDAT_LONG : UDAT_NONE,
                    hour ? UDAT_SHORT : UDAT_NONE, language);
  };
  auto const items = [&](SetValue const& set) {
    auto one = type;
    one.kind = type.element;
    std::vector<std::string> texts;
    for (auto const& item : set.items) {
      auto const text = std::visit(
          [&](auto const& it) { return value_text(Value{it}, one, style, world, language); }, item);
      if (!text.empty()) texts.push_back(text);
    }
    return texts.empty() ? std::string{} : list_text(texts, ULISTFMT_TYPE_AND, language);
  };
  return std::visit(
      overloaded{
          [](None) { return std::string{}; },
          [&](bool it) {
            if (language == "he") return std::string{it ? "כן" : "לא"};
            return std::string{it ? "yes" : "no"};
          },
          [&](Number const& it) {
            return style == Slot::Style::percent
                       ? by_style(UNUM_PERCENT, to_text(it, 8), language, 0, 6)
                       : by_style(UNUM_DECIMAL, to_text(it, 6), language, 0, 6);
          },
          [&](Money const& it) {
            auto const places = minor_places_of(it.currency);
            return by_style(UNUM_CURRENCY, amount_text(it), language, places, places,
                            std::string{code_of(it.currency)});
          },
          [&](Duration const& it) { return duration_text(it, language); },
          [&](Date it) { return day_text(it, 0, UDAT_LONG, UDAT_NONE, language); },
          [&](Instant it) { return instant(it); },
          [&](std::string const& it) { return outside_text(it, language); },
          [&](Chosen it) { return outside_text(type.choice->values[index(it)], language); },
          [&](SetValue const& it) { return items(it); },
          [](ListValue const&) { return std::string{}; },
      },
      value);
}

std::string name_of(Plural plural) {
  constexpr char const* names[] = {"zero", "one", "two", "few", "many", "other"};
  return names[static_cast<std::size_t>(plural)];
}

Wording const* form_of(Slot const& slot, Value const& value, std::string const& language) {
  Wording const* category = nullptr;
  Wording const* other = nullptr;
  auto const* number = std::get_if<Number>(&value);
  for (auto const& form : slot.forms) {
    if (auto const* exact = std::get_if<Value>(&form.when)) {
      if (*exact == value) return &form.text;
      continue;
    }
    auto const name = name_of(std::get<Plural>(form.when));
    if (name == "other") other = &form.text;
    if (number && name == category_of(*number, language)) category = &form.text;
  }
  return category ? category : other;
}

std::optional<std::string> said(World const& world, Wording const& wording,
                                std::string const& language) {
  std::string text;
  for (auto const& part : wording.parts) {
    if (auto const* words = std::get_if<std::string>(&part)) {
      text += *words;
      continue;
    }
    auto const filled = fill(world, *std::get<1>(part), language);
    auto const one = filled.instead ? said(world, *filled.instead, language) : filled.written;
    if (!one) return std::nullopt;
    text += *one;
  }
  return text;
}

}  // namespace

Filled fill(World const& world, Slot const& slot, std::string const& language) {
  Filled filled;
  if (auto const value = value_of(world, *slot.value)) {
    filled.known = true;
    auto const text = value_text(*value, slot.value->type, slot.style, world, language);
    if (!text.empty() && slot.forms.empty()) filled.written = text;
    if (!text.empty() && !slot.forms.empty()) filled.instead = form_of(slot, *value, language);
  }
  if (!filled.written && !filled.instead && slot.otherwise) filled.instead = &*slot.otherwise;
  return filled;
}

Texts texts_of(World const& world, Wordings const& wordings) {
  Texts texts;
  for (auto const& [language, wording] : wordings)
    if (auto text = said(world, wording, language)) texts[language] = *text;
  return texts;
}

}  // namespace heed::oracle
