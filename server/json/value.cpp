#include "server/json/value.hpp"

#include <algorithm>
#include <utility>

#include "engine/base/limits.hpp"
#include "server/json/list.hpp"
#include "server/json/name.hpp"
#include "server/json/offset.hpp"

namespace heed::json {
namespace {

// Where a value stands and what it should be; each reader answers the value or adds a mistake.
struct Reading {
  Node const& node;
  Kind kind;
  Type const& type;
  Zone const& zone;
  std::string& pointer;
  Findings& findings;
};

std::string expected_of(Reading const& reading) {
  Type type = reading.type;
  type.kind = reading.kind;
  return describe(type);
}

std::nullopt_t refuse(Reading const& reading, std::string code, std::string message) {
  add(reading.findings.mistakes, {reading.pointer, std::move(code), std::move(message),
                                  expected_of(reading), describe(reading.node)});
  return std::nullopt;
}

std::nullopt_t refuse_form(Reading const& reading) {
  return refuse(reading, "case.type",
                "expected " + expected_of(reading) + ", found " + describe(reading.node));
}

std::optional<Number> read_fraction(std::string_view text) {
  auto const slash = text.find('/');
  if (slash == text.npos) return std::nullopt;
  auto const upper = Number::parse(text.substr(0, slash));
  auto const lower = Number::parse(text.substr(slash + 1));
  return upper && lower ? divide(*upper, *lower) : std::nullopt;
}

std::optional<Scalar> read_number(Reading const& reading) {
  auto const& node = reading.node;
  std::optional<Number> number;
  if (node.form == Node::Form::number) {
    number = Number::parse(node.text);
  } else if (auto const* fraction = find_member(node, "fraction");
             fraction != nullptr && node.items.size() == 1 && fraction->form == Node::Form::text) {
    number = read_fraction(fraction->text);
  } else {
    return refuse_form(reading);
  }
  if (!number) {
    return refuse(reading, "case.number",
                  "the number is out of range: at most 18 digits on either side of the point");
  }
  if (reading.kind == Kind::whole && !number->is_whole()) {
    return refuse(reading, "case.fraction",
                  "expected a whole number, found " + describe(reading.node));
  }
  return Scalar{*number};
}

std::optional<Scalar> make_money(Reading const& reading, Number const& amount, Currency currency) {
  if (reading.type.currency && *reading.type.currency != currency) {
    return refuse(reading, "case.currency",
                  "expected money in " + std::string{code_of(*reading.type.currency)} + ", found " +
                      std::string{code_of(currency)});
  }
  std::int64_t unit = 1;
  for (int i = 0; i < minor_places_of(currency); ++i) unit *= 10;
  if (unit % amount.denominator() != 0) {
    return refuse(reading, "case.minor-unit",
                  std::string{code_of(currency)} + " has " +
                      std::to_string(minor_places_of(currency)) + " decimal places, found " +
                      describe(reading.node));
  }
  return Scalar{Money{amount, currency}};
}

std::optional<Scalar> read_money_parts(Reading const& reading, std::string_view amount,
                                       std::string_view code) {
  auto const number = Number::parse(amount);
  if (!number) {
    return refuse(reading, "case.money",
                  "expected an amount of money, found " + describe(reading.node));
  }
  auto const currency = find_currency(code);
  if (!currency) {
    return refuse(reading, "case.currency",
                  "`" + std::string{code.substr(0, 16)} + "` is no currency of ISO 4217");
  }
  return make_money(reading, *number, *currency);
}

std::optional<Scalar> read_bare_money(Reading const& reading) {
  if (!reading.type.currency) {
    return refuse(reading, "case.currency", "the amount names no currency");
  }
  auto amount = Number::parse(reading.node.text);
  if (amount && reading.type.cents) {
    if (!amount->is_whole()) {
      return refuse(reading, "case.minor-unit",
                    "expected whole minor units, found " + describe(reading.node));
    }
    for (int i = 0; i < minor_places_of(*reading.type.currency) && amount; ++i) {
      amount = divide(*amount, Number{10});
    }
  }
  if (!amount) return refuse(reading, "case.number", "the amount is out of range");
  return make_money(reading, *amount, *reading.type.currency);
}

std::optional<Scalar> read_money_object(Reading const& reading) {
  auto const* amount = find_member(reading.node, "amount");
  auto const* currency = find_member(reading.node, "currency");
  bool const has_amount =
      amount != nullptr && (amount->form == Node::Form::text || amount->form == Node::Form::number);
  if (!has_amount) {
    return refuse(reading, "case.money", "the money has no `amount` that is a number or a text");
  }
  if (currency == nullptr || currency->form != Node::Form::text) {
    return refuse(reading, "case.currency", "the money has no `currency` that is a text");
  }
  for (auto const& member : reading.node.items) {
    if (member.name == "amount" || member.name == "currency") continue;
    auto& pointer = reading.findings.ignored.emplace_back(reading.pointer);
    append_token(pointer, member.name);
  }
  return read_money_parts(reading, amount->text, currency->text);
}

std::optional<Scalar> read_money(Reading const& reading) {
  if (reading.node.form == Node::Form::object) return read_money_object(reading);
  if (reading.node.form == Node::Form::number) return read_bare_money(reading);
  if (reading.node.form != Node::Form::text) return refuse_form(reading);
  std::string_view const text = reading.node.text;
  auto const blank = text.find(' ');
  if (blank == text.npos) {
    return refuse(reading, "case.money",
                  "expected an amount and a currency, found " + describe(reading.node));
  }
  return read_money_parts(reading, text.substr(0, blank), text.substr(blank + 1));
}

std::optional<Scalar> read_duration(Reading const& reading) {
  auto duration = parse_iso_duration(reading.node.text);
  if (!duration) duration = parse_plain_duration(reading.node.text);
  if (!duration || duration->months != 0) {
    return refuse(reading, "case.duration",
                  "expected a duration of weeks, days, hours, minutes or seconds, found " +
                      describe(reading.node));
  }
  auto const micros = multiply(duration->seconds, Number{1'000'000});
  if (!micros || !micros->is_whole()) {
    return refuse(reading, "case.duration",
                  "the duration is out of range, or finer than a "
                  "microsecond");
  }
  return Scalar{*duration};
}

// Years 1 to 9999 in UTC as well as in the zone, so that any zone can write the time. A CRM may
// write its offset without a colon, a case may not.
std::optional<Scalar> read_time(Reading const& reading) {
  auto const is_case = reading.findings.undeclared == Undeclared::named;
  auto const extended = is_case ? std::string{} : with_extended_offset(reading.node.text);
  auto const& text = is_case ? reading.node.text : extended;
  if (auto const at = parse_time(text, reading.zone)) return Scalar{*at};
  if (Zone::utc().parse(text))
    return refuse(reading, "case.time",
                  "the time is beyond the years 1 to 9999, which a time has by the clock of " +
                      std::string{reading.zone.name()} + " too");
  return refuse(reading, "case.time", "expected a time, found " + describe(reading.node));
}

std::optional<Scalar> read_choice(Reading const& reading) {
  auto const& values = reading.type.choice->values;
  auto const found = std::find(values.begin(), values.end(), to_nfc(reading.node.text));
  if (found != values.end())
    return Scalar{Chosen{static_cast<std::uint32_t>(found - values.begin())}};
  std::string message = describe(reading.node) + " is none of the values";
  auto const nearest = find_nearest(reading.node.text, values);
  if (!nearest.empty()) message += ", did you mean `" + std::string{nearest} + "`?";
  return refuse(reading, "case.choice", std::move(message));
}

std::optional<Scalar> read_worded(Reading const& reading) {
  if (reading.node.form != Node::Form::text) return refuse_form(reading);
  switch (reading.kind) {
    case Kind::duration:
      return read_duration(reading);
    case Kind::time:
      return read_time(reading);
    case Kind::choice:
      return read_choice(reading);
    case Kind::date: {
      auto const date = parse_date(reading.node.text);
      if (date) return Scalar{*date};
      return refuse(reading, "case.date", "expected a date, found " + describe(reading.node));
    }
    default:
      break;
  }
  if (reading.node.text.size() > limits::text_bytes_max) {
    return refuse(reading, "case.text-size",
                  "the text has " + std::to_string(reading.node.text.size()) + " bytes, at most " +
                      std::to_string(limits::text_bytes_max) + " are taken");
  }
  return Scalar{reading.node.text};
}

std::optional<Value> read_set(Node const& node, Type const& type, Zone const& zone,
                              std::string& pointer, Findings& findings) {
  Reading const whole{node, Kind::set, type, zone, pointer, findings};
  if (node.form != Node::Form::list) return refuse_form(whole);
  if (node.items.size() > limits::set_items_max) {
    return refuse(whole, "case.set-size",
                  "the list has " + std::to_string(node.items.size()) + " items, at most " +
                      std::to_string(limits::set_items_max) + " are taken");
  }
  std::vector<Scalar> items;
  items.reserve(node.items.size());
  auto const size = pointer.size();
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    append_token(pointer, i);
    auto item = read_scalar(node.items[i], type.element, type, zone, pointer, findings);
    if (item) items.push_back(std::move(*item));
    pointer.resize(size);
  }
  if (items.size() != node.items.size()) return std::nullopt;
  return Value{make_set(std::move(items))};
}

}  // namespace

std::optional<Scalar> read_scalar(Node const& node, Kind kind, Type const& type, Zone const& zone,
                                  std::string& pointer, Findings& findings) {
  Reading const reading{node, kind, type, zone, pointer, findings};
  switch (kind) {
    case Kind::truth:
      if (node.form != Node::Form::truth) return refuse_form(reading);
      return Scalar{node.truth};
    case Kind::whole:
    case Kind::number:
      return read_number(reading);
    case Kind::money:
      return read_money(reading);
    case Kind::duration:
    case Kind::date:
    case Kind::time:
    case Kind::text:
    case Kind::choice:
      return read_worded(reading);
    case Kind::set:
    case Kind::list:
      break;
  }
  ensure(false);
  return std::nullopt;
}

std::optional<Value> read_value(Node const& node, Type const& type, Zone const& zone,
                                std::string& pointer, Findings& findings) {
  if (node.form == Node::Form::null) {
    return type.or_none ? std::optional<Value>{None{}} : std::nullopt;
  }
  if (type.kind == Kind::list) return read_list(node, type, zone, pointer, findings);
  if (type.kind == Kind::set) return read_set(node, type, zone, pointer, findings);
  auto scalar = read_scalar(node, type.kind, type, zone, pointer, findings);
  if (!scalar) return std::nullopt;
  return to_value(std::move(*scalar));
}

std::optional<Instant> parse_time(std::string_view text, Zone const& zone) {
  constexpr std::int64_t least = -62'135'596'800'000'000, most = 253'402'300'799'999'999;
  auto const at = zone.parse(text);
  return at && at->micros >= least && at->micros <= most ? at : std::nullopt;
}

Value to_value(Scalar scalar) {
  return std::visit([](auto&& item) { return Value{std::forward<decltype(item)>(item)}; },
                    std::move(scalar));
}

std::optional<Scalar> to_scalar(Value const& value) {
  return std::visit(overloaded{
                        [](None) { return std::optional<Scalar>{}; },
                        [](SetValue const&) { return std::optional<Scalar>{}; },
                        [](ListValue const&) { return std::optional<Scalar>{}; },
                        [](auto const& item) { return std::optional<Scalar>{Scalar{item}}; },
                    },
                    value);
}

}  // namespace heed::json
