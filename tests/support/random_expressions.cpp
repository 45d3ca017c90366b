#include "tests/support/random_expressions.hpp"

#include <algorithm>

#include "tests/support/random_lists.hpp"

namespace heed::support {

namespace {

using Texts = std::vector<std::string>;

Texts const relations{"<", "<=", ">", ">=", "is", "is not"};

TypeText type_of(Kind kind) {
  TypeText type;
  type.kind = kind;
  return type;
}

std::string random_window(Writer& writer, std::string const& begin, int depth);
std::string random_time_since(Writer& writer, int depth);

/// Money of two currencies never stands in one expression: it names one of them throughout, or
/// none.
TypeText with_a_currency(Chance& chance, TypeText type) {
  if (type.kind == Kind::money && type.currency.empty()) {
    type.currency = chance.percent(80) ? "ILS" : "USD";
  }
  return type;
}

bool is_ordered(TypeText const& type) {
  switch (type.kind) {
    case Kind::truth:
    case Kind::text:
    case Kind::set:
    case Kind::list:
      return false;
    case Kind::choice:
      return type.ordered;
    default:
      return true;
  }
}

/// Names of values of the type that may be read here.
Texts names_of(Writer const& writer, TypeText const& type) {
  auto found = item_names(writer, type);
  found.reserve(3 * found.size());
  for (auto const& one : Texts{found}) found.insert(found.end(), {one, one});
  auto const take = [&](std::vector<Named> const& from) {
    for (auto const& one : from) {
      if (one.level <= writer.level && fits(one.type, type)) found.push_back(one.name);
    }
  };
  take(writer.names.facts);
  take(writer.names.constants);
  take(writer.names.computed);
  for (auto const& answer : writer.names.answers) {
    if (answer.level < writer.level && fits(answer.type, type)) found.push_back(answer.name);
  }
  for (auto const& action : writer.names.actions) {
    for (auto const& takes : action.takes) {
      if (action.level < writer.level && takes.joins && fits(takes.type, type))
        found.push_back(action.name + "." + takes.name);
    }
  }
  if (type.kind != Kind::number) return found;
  for (auto const& score : writer.names.scores) {
    if (score.level < writer.level) found.push_back(score.name);
  }
  return found;
}

std::string random_arithmetic(Writer& writer, TypeText const& type, int depth) {
  auto& chance = writer.chance;
  auto const value = [&](Kind kind) { return random_value(writer, type_of(kind), depth - 1); };
  auto const same = [&] { return random_value(writer, type, depth - 1); };
  switch (type.kind) {
    case Kind::number:
      if (chance.percent(15)) {
        auto const money = with_a_currency(chance, type_of(Kind::money));
        return random_value(writer, money, depth - 1) + " / " +
               random_value(writer, money, depth - 1);
      }
      if (chance.percent(10)) return value(Kind::duration) + " / " + value(Kind::duration);
      if (chance.percent(10)) return "-" + same();
      return same() + " " + chance.pick(Texts{"+", "-", "*", "/"}) + " " + same();
    case Kind::whole:
      if (chance.percent(20)) return random_window(writer, "count of ", depth);
      return same() + " " + chance.pick(Texts{"+", "-", "*"}) + " " + same();
    case Kind::money:
      if (chance.percent(40)) return same() + " * " + value(Kind::number);
      if (chance.percent(30)) return same() + " / " + value(Kind::whole);
      return same() + chance.pick(Texts{" + ", " - "}) + same();
    case Kind::duration:
      if (chance.percent(15)) return random_time_since(writer, depth);
      if (chance.percent(20)) return same() + " * " + value(Kind::whole);
      if (chance.percent(20)) return value(Kind::time) + " - " + value(Kind::time);
      if (chance.percent(20)) return value(Kind::date) + " - " + value(Kind::date);
      return same() + chance.pick(Texts{" + ", " - "}) + same();
    case Kind::date:
      if (chance.percent(30)) return "date of " + value(Kind::time);
      if (!writer.names.calendars.empty() && chance.percent(15))
        return same() + chance.pick(Texts{" + ", " - "}) + random_working_time(writer);
      return same() + chance.pick(Texts{" + ", " - "}) + chance.pick(Texts{"3 days", "1 month"});
    case Kind::time:
      if (!writer.names.calendars.empty() && chance.percent(15))
        return same() + chance.pick(Texts{" + ", " - "}) + random_working_time(writer);
      return same() + chance.pick(Texts{" + ", " - "}) + value(Kind::duration);
    default:
      return random_literal(chance, type);
  }
}

std::string random_compound(Writer& writer, TypeText const& type, int depth) {
  auto& chance = writer.chance;
  auto const same = [&] { return random_value(writer, type, depth - 1); };
  if (chance.percent(35)) {
    return same() + " if " + random_condition(writer, depth - 1) + ", otherwise " + same();
  }
  if (is_ordered(type) && chance.percent(20)) {
    if (auto text = random_aggregate(writer, type, depth); !text.empty()) return text;
  }
  if (is_ordered(type) && type.kind != Kind::choice && chance.percent(35)) {
    return chance.pick(Texts{"smallest of (", "largest of ("}) + same() + ", " + same() + ")";
  }
  if (type.kind == Kind::whole && chance.percent(30)) {
    return "days from " + random_value(writer, type_of(Kind::date), depth - 1) + " to today";
  }
  return random_arithmetic(writer, type, depth);
}

// Conditions.

std::string random_comparison(Writer& writer, TypeText const& kind, int depth) {
  auto& chance = writer.chance;
  auto const type = with_a_currency(chance, kind);
  auto const left = random_value(writer, type, depth - 1);
  auto const right = random_value(writer, type, depth - 1);
  if (chance.percent(15)) {
    return left + (chance.percent(70) ? " is one of " : " is one of ") +
           random_literal(chance, type) + ", " + random_literal(chance, type);
  }
  return left + " " +
         (is_ordered(type) ? chance.pick(relations) : chance.pick(Texts{"is", "is not"})) + " " +
         right;
}

std::string random_state(Chance& chance) {
  return chance.pick(Texts{" is violated", " is threatened", " is met", " is at least threatened",
                           " is at least violated", " is not violated",
                           " is one of threatened, violated"});
}

std::string random_need_test(Writer& writer) {
  auto& chance = writer.chance;
  Texts below;
  bool all_below = true;
  for (auto const& need : writer.names.needs) {
    if (need.level < writer.level) below.push_back(need.name);
    all_below = all_below && need.level < writer.level;
  }
  if (below.empty()) return "";
  auto const kind = chance.pick(Texts{"", "functional ", "psychological "});
  auto const states = chance.pick(Texts{"violated", "threatened", "at least threatened"});
  if (all_below && chance.percent(30)) {
    return chance.pick(Texts{"any ", "every "}) + kind + "need is " + states;
  }
  if (all_below && chance.percent(30)) {
    return "count of " + kind + "needs " + states + " " + chance.pick(relations) + " " +
           std::to_string(chance.below(3));
  }
  auto const need = chance.pick(below);
  if (chance.percent(60)) return need + random_state(chance);
  return "severity of " + need + " " + chance.pick(relations) + " " +
         std::to_string(chance.below(6));
}

std::string random_advised_test(Writer& writer) {
  Texts below;
  for (auto const& action : writer.names.actions) {
    if (action.level < writer.level) below.push_back(action.name);
  }
  if (below.empty()) return "";
  return writer.chance.pick(below) + writer.chance.pick(Texts{" is advised", " is not advised"});
}

/// A fact, answer or computed thing, whatever its type, and a test that fits it.
std::string random_named_test(Writer& writer, int depth) {
  auto& chance = writer.chance;
  auto from = writer.names.facts;
  for (auto const& one : writer.names.computed) {
    if (one.level <= writer.level) from.push_back(one);
  }
  for (auto const& answer : writer.names.answers) {
    if (answer.level < writer.level) from.push_back({answer.name, answer.type, 0});
  }
  for (auto const& action : writer.names.actions) {
    for (auto const& takes : action.takes) {
      if (action.level < writer.level && takes.joins)
        from.push_back({action.name + "." + takes.name, takes.type, 0});
    }
  }
  auto const fields = item_fields(writer);
  auto one = !fields.empty() && chance.percent(70) ? chance.pick(fields) : chance.pick(from);
  one.type = with_a_currency(chance, one.type);
  bool const all_words = writer.names.words == Words::all;
  if (all_words && chance.percent(12))
    return one.name + chance.pick(Texts{" is known", " is unknown"});
  if (one.type.or_none && chance.percent(25)) return one.name + " is none";
  if (one.type.kind == Kind::truth) return chance.percent(60) ? one.name : one.name + " is no";
  if (one.type.kind == Kind::set) {
    auto item = one.type;
    item.kind = item.element;
    return one.name + " contains " + random_literal(chance, item);
  }
  if (chance.percent(20)) {
    return one.name + " is one of " + random_literal(chance, one.type) + ", " +
           random_literal(chance, one.type);
  }
  auto const right = chance.percent(70) ? random_literal(chance, one.type)
                                        : random_value(writer, one.type, depth - 1);
  auto const relation =
      is_ordered(one.type) ? chance.pick(relations) : chance.pick(Texts{"is", "is not"});
  return one.name + " " + relation + " " + right;
}

/// Phrases are looked for in facts alone, not in the fields of events, whose names start with `x`.
std::string random_mention(Writer& writer) {
  auto const texts = [&] {
    Texts found;
    for (auto const& fact : writer.names.facts) {
      if (fact.type.kind == Kind::text && !fact.name.starts_with("x")) found.push_back(fact.name);
    }
    return found;
  }();
  return writer.chance.pick(texts) + " mentions " + writer.chance.pick(writer.names.phrases);
}

/// The names that brackets around an event's condition have: those of events start with `x`, and
/// across customers they are not seen.
Vocabulary names_around(Writer const& writer, bool across, EventName const& event) {
  auto names = writer.names;
  std::erase_if(names.facts, [&](Named const& fact) {
    auto const same = [&](Named const& field) { return field.name == fact.name; };
    return fact.name.starts_with("x") && (across || std::ranges::any_of(event.fields, same));
  });
  return names;
}

/// Nothing, or a condition in which the event's fields are names too.
std::string random_where(Writer& writer, bool across, EventName const& event, int depth) {
  auto& chance = writer.chance;
  if (depth <= 0 || chance.percent(35)) return "";
  auto names = names_around(writer, across, event);
  for (auto const& field : event.fields) {
    for (int i = 0; i < 3; ++i) names.facts.push_back(field);  // rather than the case's facts
  }
  Writer inside{chance, names, writer.level};
  return " where " + random_condition(inside, depth - 1);
}

std::string random_window(Writer& writer, std::string const& begin, int depth) {
  auto& chance = writer.chance;
  auto const& event = chance.pick(writer.names.events);
  bool const across = chance.percent(30);
  auto const names = names_around(writer, across, {});
  Writer outside{chance, names, writer.level};
  auto const last =
      chance.percent(80)
          ? chance.pick(Texts{"1 day", "2 days", "90 minutes", "7 days", "1 month", "2 years"})
          : "(" + random_value(outside, type_of(Kind::duration), depth - 1) + ")";
  return begin + event.name + " in last " + last + (across ? " across customers" : "") +
         random_where(writer, across, event, depth);
}

std::string random_time_since(Writer& writer, int depth) {
  auto const& event = writer.chance.pick(writer.names.events);
  bool const across = writer.chance.percent(30);
  return "time since last " + event.name + (across ? " across customers" : "") +
         random_where(writer, across, event, depth);
}

std::string random_past(Writer& writer, int depth) {
  auto& chance = writer.chance;
  if (chance.percent(35)) return random_window(writer, "any ", depth);
  if (chance.percent(50))
    return random_window(writer, "count of ", depth) + " " + chance.pick(relations) + " " +
           std::to_string(chance.below(4));
  return random_time_since(writer, depth) + " " + chance.pick(relations) + " " +
         chance.pick(Texts{"1 day", "90 minutes", "1 month", "0 days", "1 year", "7 days"});
}

std::string random_leaf(Writer& writer, int depth) {
  auto& chance = writer.chance;
  std::string text;
  auto const roll = chance.below(100);
  if (roll < 22) text = random_need_test(writer);
  if (roll >= 22 && roll < 30) text = random_advised_test(writer);
  if (roll >= 30 && roll < 37) text = random_mention(writer);
  if (roll >= 37 && roll < 55 && depth > 0) {
    auto const kind = chance.pick(std::vector<Kind>{Kind::number, Kind::whole, Kind::money,
                                                    Kind::duration, Kind::date, Kind::time});
    text = random_comparison(writer, type_of(kind), depth);
  }
  if (roll >= 55 && roll < 72) text = random_item_test(writer, depth);
  if (roll >= 72 && roll < 80) text = random_past(writer, depth);
  if (roll >= 97) text = chance.pick(Texts{"yes", "no"});
  return text.empty() ? random_named_test(writer, depth) : text;
}

Texts several(Writer& writer, int depth) {
  Texts parts;
  auto const count = 2 + writer.chance.below(2);
  for (std::size_t i = 0; i < count; ++i) parts.push_back(random_condition(writer, depth - 1));
  return parts;
}

std::string joined(Texts const& parts, std::string const& between) {
  std::string text;
  for (auto const& part : parts) text += (text.empty() ? "" : between) + part;
  return text;
}

}  // namespace

bool fits(TypeText const& given, TypeText const& wanted) {
  if (wanted.kind == Kind::number && given.kind == Kind::whole) return true;
  if (given.kind != wanted.kind) return false;
  if (given.kind == Kind::set && given.element != wanted.element) return false;
  if (given.values != wanted.values || given.ordered != wanted.ordered) return false;
  return given.currency.empty() || given.currency == wanted.currency;
}

std::string random_value(Writer& writer, TypeText const& wanted, int depth) {
  auto& chance = writer.chance;
  auto const type = with_a_currency(chance, wanted);
  auto const names = names_of(writer, type);
  if (depth > 0 && chance.percent(35) && type.kind != Kind::set && type.kind != Kind::truth) {
    return "(" + random_compound(writer, type, depth) + ")";
  }
  if (type.kind == Kind::truth && depth > 0 && chance.percent(30)) {
    return "(" + random_condition(writer, depth - 1) + ")";
  }
  if (type.kind == Kind::time && chance.percent(40)) return "now";
  if (type.kind == Kind::date && chance.percent(40)) return "today";
  if (!names.empty() && chance.percent(65)) return chance.pick(names);
  return random_literal(chance, type);
}

std::string random_working_time(Writer& writer) {
  static Texts const lengths{"0 working hours",    "1 working hour",    "4 working hours",
                             "30 working minutes", "0.5 working hours", "30 working hours",
                             "0 working days",     "1 working day",     "2 working days",
                             "5 working days"};
  auto& chance = writer.chance;
  auto const& calendars = writer.names.calendars;
  auto const length = chance.pick(lengths);
  if (calendars.size() == 1 && chance.percent(70)) return length;
  return length + " in " + chance.pick(calendars);
}

std::string random_span(Writer& writer) {
  auto& chance = writer.chance;
  auto const plain = random_value(writer, type_of(Kind::duration), 1);
  if (writer.names.calendars.empty() || chance.percent(60)) return plain;
  auto const working = random_working_time(writer);
  if (chance.percent(75)) return working;
  return "(" + working + " if " + random_condition(writer, 1) + ", otherwise " + plain + ")";
}

std::string random_condition(Writer& writer, int depth) {
  auto& chance = writer.chance;
  if (depth <= 0 || chance.percent(35)) return "(" + random_leaf(writer, depth) + ")";
  auto const one = [&] { return random_condition(writer, depth - 1); };
  switch (chance.below(writer.names.words == Words::all ? 9 : 7)) {
    case 0:
    case 1:
      return "(" + joined(several(writer, depth), " and ") + ")";
    case 2:
    case 3:
      return "(" + joined(several(writer, depth), " or ") + ")";
    case 4:
      return "(not " + one() + ")";
    case 5:
      return "(" + one() + " and then " + one() + ")";
    case 6: {
      auto const parts = several(writer, depth);
      auto const count = 1 + chance.below(parts.size());
      return "(at least " + std::to_string(count) + " of (" + joined(parts, ", ") + "))";
    }
    case 7:
      return "(possibly " + one() + ")";
    default:
      return "(certainly " + one() + ")";
  }
}

std::string random_upward_condition(Writer& writer, int depth) {
  auto& chance = writer.chance;
  if (depth > 0 && chance.percent(60)) {
    Texts const parts{random_upward_condition(writer, depth - 1),
                      random_upward_condition(writer, depth - 1)};
    if (chance.percent(30)) return "(at least 1 of (" + joined(parts, ", ") + "))";
    return "(" + joined(parts, chance.pick(Texts{" and ", " or "})) + ")";
  }
  if (chance.percent(35)) return random_condition(writer, 1);
  Texts needs;
  bool any = true;
  for (auto const& need : writer.names.needs) {
    if (need.level <= writer.level) needs.push_back(need.name);
    any = any && need.level <= writer.level;
  }
  if (any && chance.percent(15)) return "(any need is at least threatened)";
  if (needs.empty()) return random_condition(writer, 1);
  auto const need = chance.pick(needs);
  if (chance.percent(30))
    return "(severity of " + need + " >= " + std::to_string(chance.below(6)) + ")";
  return "(" + need + chance.pick(Texts{" is violated", " is at least threatened"}) + ")";
}

}  // namespace heed::support
