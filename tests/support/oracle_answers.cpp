#include <algorithm>

#include "engine/base/ensure.hpp"
#include "tests/support/oracle_world.hpp"

/// Answers, by their joins.
namespace heed::oracle {

namespace {

/// What rules write to an answer; a value that is not known is empty.
struct Writes {
  std::vector<std::optional<Value>> fired, pending;
  Value start;  // its default, or none
};

Values written(World const& world, Status status, AnswerId answer) {
  Values found;
  each_written<SetAnswer>(world, status, [&](SetAnswer const& write, Rule const&) {
    if (write.answer == answer) found.push_back(value_of(world, *write.value));
  });
  return found;
}

Values operator+(Values left, Values const& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

// One value.

/// The one value that all of these are; nothing where two differ or one is unknown.
std::optional<Value> the_one(Values const& values) {
  auto const known = all_known(values);
  if (!known) return std::nullopt;
  bool const same = std::all_of(known->begin(), known->end(),
                                [&](Value const& value) { return value == known->front(); });
  return same ? std::optional{known->front()} : std::nullopt;
}

bool two_differ(Values const& values) {
  for (auto const& left : values) {
    for (auto const& right : values) {
      if (left && right && !(*left == *right)) return true;
    }
  }
  return false;
}

AnswerState one_value(Writes const& writes) {
  AnswerState state;
  bool const silent = writes.fired.empty();
  auto const now = silent ? Values{writes.start} : writes.fired;
  state.conflict = two_differ(now);
  state.value = the_one(now);
  auto const in_the_end = writes.fired + writes.pending;
  state.could_be = in_the_end.empty() ? state.value : the_one(in_the_end);
  auto const always = the_one(now + writes.pending);
  if (always) state.outcome = settled(*always);
  return state;
}

// The largest or smallest.

/// The last value of the type, or the first; nothing where there is none.
std::optional<Value> end_of(Type const& type, bool last) {
  if (type.kind != Kind::choice) return std::nullopt;
  return Chosen{last ? static_cast<std::uint32_t>(type.choice->values.size() - 1) : 0};
}

/// Whether any two values of the type can be compared.
bool always_comparable(Type const& type) {
  if (type.kind == Kind::money) return type.currency.has_value();
  return type.kind != Kind::duration;
}

AnswerState extreme_value(Answer const& answer, Writes const& writes) {
  bool const largest = answer.join == Answer::Join::largest;
  AnswerState state;
  bool const silent = writes.fired.empty();
  auto const in_the_end = writes.fired + writes.pending;
  state.value = silent ? std::optional{writes.start} : joined(largest, writes.fired);
  state.could_be = in_the_end.empty() ? state.value : joined(largest, in_the_end);
  if (!state.value) state.incomparable = all_known(writes.fired).value_or(std::vector<Value>{});
  if (!state.value || writes.pending.empty()) {
    if (state.value) state.outcome = settled(*state.value);
    return state;
  }
  if (std::holds_alternative<None>(*state.value)) return state;
  bool const none_pending = std::find(writes.pending.begin(), writes.pending.end(),
                                      std::optional{Value{None{}}}) != writes.pending.end();
  bool const may_become_none = none_pending || (answer.type.or_none && !all_known(writes.pending));
  if (silent && may_become_none) return state;
  auto const all = Values{*state.value} + writes.pending;
  auto least = joined(false, all), most = joined(true, all);
  if (!least || !most) {
    bool const unknown = !all_known(writes.pending);
    if (!unknown || !always_comparable(answer.type)) return state;
    least = end_of(answer.type, false);
    most = end_of(answer.type, true);
  }
  if (!silent) (largest ? least : most) = state.value;
  state.outcome = from_bounds(least, most);
  return state;
}

// Sets that unite.

SetValue as_set(Value const& value) {
  if (auto const* set = std::get_if<SetValue>(&value)) return *set;
  return std::visit(
      []<class T>(T const& item) {
        if constexpr (std::is_same_v<T, None> || std::is_same_v<T, SetValue> ||
                      std::is_same_v<T, ListValue>) {
          return SetValue{};
        } else {
          return make_set({Scalar{item}});
        }
      },
      value);
}

SetValue unite(SetValue left, SetValue const& right) {
  left.items.insert(left.items.end(), right.items.begin(), right.items.end());
  return make_set(std::move(left.items));
}

SetValue intersect(SetValue const& left, SetValue const& right) {
  std::vector<Scalar> items;
  for (auto const& item : left.items) {
    if (std::find(right.items.begin(), right.items.end(), item) != right.items.end()) {
      items.push_back(item);
    }
  }
  return make_set(std::move(items));
}

SetValue union_of_known(Values const& values) {
  SetValue all;
  for (auto const& value : values) {
    if (value) all = unite(std::move(all), as_set(*value));
  }
  return all;
}

std::optional<Value> united(Values const& values) {
  if (!all_known(values)) return std::nullopt;
  return Value{union_of_known(values)};
}

AnswerState united_sets(Writes const& writes) {
  AnswerState state;
  bool const silent = writes.fired.empty();
  auto const in_the_end = writes.fired + writes.pending;
  state.value = silent ? std::optional{writes.start} : united(writes.fired);
  state.could_be = in_the_end.empty() ? state.value : united(in_the_end);
  if (writes.pending.empty() && state.value) {
    state.outcome = settled(*state.value);
    return state;
  }
  SetBounds bounds{union_of_known(writes.fired), union_of_known(in_the_end),
                   !all_known(in_the_end)};
  if (silent) {  // the default stands only while none of the pending rules fires
    bounds.surely = as_set(writes.start);
    bounds.possibly = unite(bounds.possibly, bounds.surely);
    for (auto const& value : writes.pending) {
      bounds.surely = intersect(bounds.surely, value ? as_set(*value) : SetValue{});
    }
  }
  bool const may_be_none = silent && std::holds_alternative<None>(writes.start);
  if (may_be_none) {
    state.outcome.set = std::move(bounds);
  } else {
    state.outcome = from_set(std::move(bounds));
  }
  return state;
}

AnswerState reported(World const& world, ExpressionPtr const& reports) {
  AnswerState state;
  state.outcome = evaluate(world, *reports);
  state.value = state.could_be = state.outcome.known;
  return state;
}

// Sums.

Computed<Value> summed(World const& world, std::vector<Value> values) {
  std::erase_if(values, [](Value const& value) { return std::holds_alternative<None>(value); });
  if (values.empty()) return Value{None{}};
  auto sum = values.front();
  for (std::size_t i = 1; i < values.size(); ++i) {
    auto const more = calculate(Operator::add, sum, values[i], world.policy.zone);
    auto const known = success(more);
    if (!known) return more;
    sum = *known;
  }
  return sum;
}

bool is_negative(Value const& value) {
  if (auto const* number = std::get_if<Number>(&value)) return *number < Number{};
  if (auto const* money = std::get_if<Money>(&value)) return money->amount < Number{};
  auto const& duration = std::get<Duration>(value);
  auto const order = heed::compare(duration, Duration{0, Number{}, duration.calendar, 0});
  return order && *order < 0;
}

/// What pending rules would take from the sum of those that fired, and what they would add to it.
AnswerState sum_state(World const& world, Parameter const& parameter, Writes const& writes) {
  AnswerState state;
  if (writes.fired.empty()) {
    state.value = writes.start;
    if (writes.pending.empty()) state.outcome = settled(writes.start);
    return state;
  }
  auto const total = joined_as(world, parameter, writes.fired);
  if (total) state.value = success(*total);
  if (!state.value) return state;
  if (writes.pending.empty()) state.outcome = settled(*state.value);
  auto const pending = all_known(writes.pending);
  bool const none = std::holds_alternative<None>(*state.value);
  if (writes.pending.empty() || !pending || none) return state;
  std::vector<Value> low{*state.value}, high{*state.value};
  for (auto const& value : *pending) {
    if (std::holds_alternative<None>(value)) continue;
    (is_negative(value) ? low : high).push_back(value);
  }
  auto const least = success(summed(world, low)), most = success(summed(world, high));
  if (least && most) state.outcome = from_bounds(least, most);
  return state;
}

}  // namespace

std::optional<Computed<Value>> joined_as(World const& world, Parameter const& parameter,
                                         Values const& values) {
  auto const known = all_known(values);
  if (!known) return std::nullopt;
  if (parameter.join == Parameter::Join::sum) return summed(world, *known);
  auto some = *known;
  std::erase_if(some, [](Value const& value) { return std::holds_alternative<None>(value); });
  if (some.empty()) return Value{None{}};
  return extreme(parameter.join == Parameter::Join::largest, some);
}

AnswerState joined_state(World const& world, ActionId action, std::uint32_t at) {
  auto const& parameter = world.policy.actions[index(action)].takes[at];
  Writes writes{{}, {}, Value{None{}}};
  for (auto const& deed : deeds_of(world, action)) {
    for (auto const& argument : deed.what->arguments) {
      if (argument.parameter != at || deed.again) continue;
      auto& into = deed.sure == Kleene::yes ? writes.fired : writes.pending;
      bool const nowhere = deed.what->for_each && !deed.item;  // of a list that is not known
      into.push_back(nowhere ? std::nullopt : value_of(seen_by(world, deed), *argument.value));
    }
  }
  if (parameter.join == Parameter::Join::sum) return sum_state(world, parameter, writes);
  Answer answer;
  answer.type = parameter.type;
  bool const largest = parameter.join == Parameter::Join::largest;
  answer.join = largest ? Answer::Join::largest : Answer::Join::smallest;
  return extreme_value(answer, writes);
}

AnswerState answer_state(World const& world, AnswerId id) {
  auto const& answer = world.policy.answers[index(id)];
  if (answer.reports) return reported(world, answer.reports);
  Writes const writes{written(world, Status::fired, id), written(world, Status::pending, id),
                      answer.otherwise.value_or(Value{None{}})};
  switch (answer.join) {
    case Answer::Join::none:
      return one_value(writes);
    case Answer::Join::largest:
    case Answer::Join::smallest:
      return extreme_value(answer, writes);
    case Answer::Join::united:
      return united_sets(writes);
  }
  return {};
}

}  // namespace heed::oracle
