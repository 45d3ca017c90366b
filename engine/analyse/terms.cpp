#include "engine/analyse/terms.hpp"

#include <algorithm>

#include "engine/analyse/parts.hpp"
#include "engine/base/expected.hpp"

namespace heed::analyse {
namespace {

bool is_counted(Type const& type) {
  return type.kind != Kind::number && type.kind != Kind::money && type.kind != Kind::duration;
}

Values all_of(Type const& type) {
  auto const from_nothing = [](std::int64_t last) {
    return make_values({Number{}, Number{last}, true, true}, true);
  };
  auto values = everything(is_counted(type));
  if (type.kind == Kind::truth) values = from_nothing(1);
  if (type.kind == Kind::choice && type.choice)
    values = from_nothing(static_cast<std::int64_t>(type.choice->values.size()) - 1);
  values.currency = type.currency;
  values.none = type.or_none;
  return values;
}

bool is_choice(Type const& type) {
  return type.kind == Kind::truth || type.kind == Kind::choice;
}

std::string quoted_value(std::string const& text) {
  std::string quoted = "\"";
  for (char const letter : text) {
    if (letter == '"' || letter == '\\') quoted += '\\';
    quoted += letter;
  }
  return quoted + "\"";
}

std::string duration_words(Number const& seconds) {
  struct Unit {
    std::int64_t seconds;
    char const* name;
  };
  constexpr Unit units[] = {{86'400, "day"}, {3'600, "hour"}, {60, "minute"}, {1, "second"}};
  for (auto const& unit : units) {
    auto const count = divide(seconds, Number{unit.seconds});
    bool const fits = count && (count->is_whole() || unit.seconds == 1);
    if (fits && (seconds != Number{} || unit.seconds == 3'600))
      return to_text(*count) + " " + unit.name + (*count == Number{1} ? "" : "s");
  }
  return to_text(seconds) + " seconds";
}

}  // namespace

Expression const& behind_names(Policy const& policy, Expression const& value) {
  auto const* at = &value;
  while (auto const* define = std::get_if<DefineValue>(&at->form)) {
    auto const* next = policy.defines[index(define->define)].value.get();
    if (std::holds_alternative<Conditional>(next->form)) break;
    at = next;
  }
  return *at;
}

Terms::Terms(Policy const& policy) : policy_{policy}, effects_{find_effects(policy)} {}

TermId Terms::add(std::string key, Term term) {
  auto const id = TermId{static_cast<std::uint32_t>(terms_.size())};
  terms_.push_back(std::move(term));
  ids_.emplace(std::move(key), id);
  return id;
}

TermId Terms::of(Expression const& value) {
  auto const& meant = behind_names(policy_, value);
  // Fields of items may have one name and different types.
  std::string key = "=" + meant.text + " " + std::to_string(static_cast<int>(meant.type.kind));
  if (meant.type.choice)
    for (auto const& word : meant.type.choice->values) key += " " + word;
  if (auto const* fact = std::get_if<FactValue>(&meant.form))
    key = "=" + policy_.facts[index(fact->fact)].name;
  if (auto const found = ids_.find(key); found != ids_.end()) return found->second;
  Term term{meant.text, meant.type, range_of(meant), {}, false};
  find_sources(meant, term);
  return add(std::move(key), std::move(term));
}

TermId Terms::of_need(NeedId need) {
  auto const& name = policy_.needs[index(need)].name;
  auto key = "need " + name;
  if (auto const found = ids_.find(key); found != ids_.end()) return found->second;
  Term term{name, {}, only(Number{}, true), {}, true};
  for (auto const state : effects_.needs[index(need)].states)
    term.all = join(term.all, only(Number{static_cast<std::int64_t>(state)}, true));
  term.all.unknown = true;
  return add(std::move(key), std::move(term));
}

TermId Terms::of_condition(Expression const& condition) {
  std::string key = "?" + condition.text;
  if (auto const found = ids_.find(key); found != ids_.end()) return found->second;
  Term term{condition.text, {}, all_of({}), {}, false};
  term.all.unknown = true;
  find_sources(condition, term);
  return add(std::move(key), std::move(term));
}

TermId Terms::of_order(Expression const& beside) {
  std::string key = "<" + beside.text;
  if (auto const found = ids_.find(key); found != ids_.end()) return found->second;
  Term term{beside.text, {}, make_values({Number{-1}, Number{1}, true, true}, true), {}, false};
  term.all.unknown = true;
  term.all.none = true;
  find_sources(beside, term);
  return add(std::move(key), std::move(term));
}

void Terms::find_sources(Expression const& value, Term& term) const {
  // What is looked for in a text or a set can be put there whatever else is in it.
  bool const is_search = std::holds_alternative<Mention>(value.form) ||
                         std::holds_alternative<Containment>(value.form);
  auto const clock = static_cast<FactId>(policy_.facts.size());
  auto const look = overloaded{
      [&](FactValue const& it) {
        if (!is_search) term.facts.push_back(it.fact);
      },
      [&](DefineValue const& it) { find_sources(*policy_.defines[index(it.define)].value, term); },
      [&](NowValue const&) { term.facts.push_back(clock); },
      [&](TodayValue const&) { term.facts.push_back(clock); },
      [](Constant const&) {},
      [](Comparison const&) {},
      [](Membership const&) {},
      [](Containment const&) {},
      [](Mention const&) {},
      [](AllOf const&) {},
      [](AnyOf const&) {},
      [](Not const&) {},
      [](Conditional const&) {},
      [](Arithmetic const&) {},
      [](DateOf const&) {},
      [](DaysBetween const&) {},
      [&](auto const&) { term.derived = true; },  // or too hard to make up a case for
  };
  each_within(value, [&](Expression const& part) { std::visit(look, part.form); });
  std::sort(term.facts.begin(), term.facts.end());
  term.facts.erase(std::unique(term.facts.begin(), term.facts.end()), term.facts.end());
}

Values Terms::range_of(AnswerId id) {
  auto const& answer = policy_.answers[index(id)];
  if (answer.reports) return range_of(*answer.reports);
  if (auto const found = answers_.find(id); found != answers_.end()) return found->second;
  auto values = all_of(answer.type);
  if (is_choice(answer.type)) {
    values.stretches.clear();
    for (auto const& written : effects_.answers[index(id)].values)
      values = join(values, range_of(*written));
    if (answer.otherwise)
      if (auto const number = number_of(*answer.otherwise))
        values = join(values, only(*number, true));
  }
  values.none = true;
  values.unknown = true;
  return answers_.emplace(id, values).first->second;
}

Values Terms::range_of(TableId id, std::uint32_t result) {
  auto const key = std::pair{id, result};
  if (auto const found = tables_.find(key); found != tables_.end()) return found->second;
  auto const& table = policy_.tables[index(id)];
  auto const& type = table.results[result].type;
  auto values = all_of(type);
  if (table.hit != Table::Hit::sum && type.kind != Kind::set && type.kind != Kind::text &&
      type.kind != Kind::list) {
    values = nothing(is_counted(type));
    if (!table.rows.empty()) values = range_of(*table.rows.front().results[result]);
    for (auto const& row : table.rows) values = join(values, range_of(*row.results[result]));
  }
  values.unknown = true;
  return tables_.emplace(key, values).first->second;
}

Values Terms::range_of(Expression const& value) {
  auto values = range_of_form(value);
  if (value.type.kind == Kind::money && value.type.currency && !values.currency)
    values.currency = value.type.currency;
  return values;
}

Values Terms::range_of_form(Expression const& value) {
  auto all = all_of(value.type);
  all.unknown = true;
  auto const from = [](Number const& low, Number const& high, bool whole) {
    auto values = make_values({low, high, true, true}, whole);
    values.unknown = true;
    return values;
  };
  auto counted = make_values({Number{}, {}, true, false}, true);
  counted.unknown = true;
  return std::visit(
      overloaded{
          [&](Constant const& it) {
            if (std::holds_alternative<None>(it.value)) {
              auto values = nothing(is_counted(value.type));
              values.none = true;
              return values;
            }
            auto const number = number_of(it.value);
            if (!number) return all;
            auto values = only(*number, is_counted(value.type));
            if (auto const* money = std::get_if<Money>(&it.value))
              values.currency = money->currency;
            return values;
          },
          [&](FactValue const& it) {
            auto const& fact = policy_.facts[index(it.fact)];
            all.unknown = !fact.otherwise;
            return all;
          },
          [&](DefineValue const& it) { return range_of(*policy_.defines[index(it.define)].value); },
          [&](TableValue const& it) { return range_of(it.table, it.result); },
          [&](AnswerValue const& it) { return range_of(it.answer); },
          [&](ScoreValue const& it) {
            auto const& score = policy_.scores[index(it.score)];
            return from(score.from, score.to, false);
          },
          [&](SeverityValue const& it) {
            auto values = from(Number{}, Number{}, true);
            for (int const severity : effects_.needs[index(it.need)].severities)
              values = join(values, only(Number{severity}, true));
            return values;
          },
          [&](NeedCount const& it) {
            return from(Number{}, Number{static_cast<std::int64_t>(it.needs.size())}, true);
          },
          [&](EventWindow const& it) { return it.count ? counted : all; },
          [&](Aggregate const& it) { return it.how == Aggregate::How::count ? counted : all; },
          [&](Conditional const& it) {
            auto values = join(range_of(*it.value), range_of(*it.otherwise));
            values.unknown = true;
            return values;
          },
          [&](auto const&) { return all; },
      },
      value.form);
}

std::optional<Number> Terms::number_of(Value const& constant) {
  using Answer = std::optional<Number>;
  return std::visit(overloaded{
                        [](None const&) { return Answer{}; },
                        [](bool it) { return Answer{Number{it ? 1 : 0}}; },
                        [](Number const& it) { return Answer{it}; },
                        [](Money const& it) { return Answer{it.amount}; },
                        [](Duration const& it) {
                          return it.months == 0 && !it.calendar ? Answer{it.seconds} : Answer{};
                        },
                        [](Date const& it) { return Answer{Number{it.days}}; },
                        [](Instant const& it) { return Answer{Number{it.micros}}; },
                        [&](std::string const& it) {
                          auto const next = static_cast<std::int64_t>(texts_.size());
                          return Answer{Number{texts_.try_emplace(it, next).first->second}};
                        },
                        [](Chosen it) { return Answer{Number{static_cast<std::int64_t>(it)}}; },
                        [](auto const&) { return Answer{}; },
                    },
                    constant);
}

std::string Terms::words(TermId id, Number const& number, std::optional<Currency> currency) const {
  auto const& [text, type, all, facts, derived] = (*this)[id];
  switch (type.kind) {
    case Kind::truth:
      return number == Number{} ? "no" : "yes";
    case Kind::choice:
      if (type.choice) return type.choice->values[static_cast<std::size_t>(number.numerator())];
      return {};
    case Kind::money:
      if (!currency) currency = all.currency;
      return to_text(number) + (currency ? " " + std::string{code_of(*currency)} : "");
    case Kind::duration:
      return duration_words(number);
    case Kind::date:
      return to_text(Date{static_cast<std::int32_t>(number.numerator())});
    case Kind::time:
      return policy_.zone.to_text(Instant{number.numerator()});
    case Kind::text:
      for (auto const& [known, its_number] : texts_)
        if (Number{its_number} == number) return quoted_value(known);
      return "another text";
    case Kind::whole:
    case Kind::number:
    case Kind::set:
    case Kind::list:
      break;
  }
  return to_text(number);
}

bool are_independent(Terms const& terms, std::vector<TermId> const& ids) {
  std::vector<FactId> seen;
  for (auto const id : ids) {
    auto const& term = terms[id];
    if (term.derived) return false;
    seen.insert(seen.end(), term.facts.begin(), term.facts.end());
  }
  std::sort(seen.begin(), seen.end());
  return std::adjacent_find(seen.begin(), seen.end()) == seen.end();
}

}  // namespace heed::analyse
