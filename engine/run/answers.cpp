#include <algorithm>
#include <iterator>

#include "engine/run/deeds.hpp"
#include "engine/run/targets.hpp"

/// Answers: by their join, with the bounds that pending rules leave.
namespace heed::run {
namespace {

using Values = Growing<Value const*>;

/// What rules write to one answer; `unknown` where a value is.
struct Written {
  explicit Written(Frame& frame) : fired{frame.room}, pending{frame.room} {}

  Values fired, pending;
  bool fired_unknown = false, pending_unknown = false;

  bool is_empty() const {
    return fired.empty() && pending.empty() && !fired_unknown && !pending_unknown;
  }
};

Written find_written(Frame& frame, AnswerId id) {
  Written written{frame};
  for (auto const& writing : frame.writers.of_answers[index(id)]) {
    auto const fired = frame.has_fired(writing.rule);
    if (!fired && !frame.is_pending(writing.rule)) continue;
    auto const* value = settled_value_of(frame, *consequence_of<SetAnswer>(frame, writing).value);
    if (value == nullptr)
      (fired ? written.fired_unknown : written.pending_unknown) = true;
    else
      (fired ? written.fired : written.pending).push_back(value);
  }
  return written;
}

Values concatenate(Frame& frame, Values const& one, Values const& other) {
  Values both{frame.room};
  for (auto const& values : {one, other})
    for (auto const* value : values) both.push_back(value);
  return both;
}

std::vector<Value const*> listed(Values const& values) {
  return {values.begin(), values.end()};
}

bool are_equal(Values const& values) {
  return std::ranges::all_of(values, [&](Value const* one) { return *one == *values[0]; });
}

/// The one value that all of them are; null where there are two, or none.
Value const* find_one(Values const& values) {
  return !values.empty() && are_equal(values) ? values[0] : nullptr;
}

AnswerBounds find_single(Frame& frame, Value const* start, Written const& written) {
  AnswerBounds answer;
  auto const everything = concatenate(frame, written.fired, written.pending);
  answer.is_conflict = !written.fired.empty() && !are_equal(written.fired);
  if (!written.fired_unknown)
    answer.value = written.fired.empty() ? start : find_one(written.fired);
  auto const has_unknown = written.fired_unknown || written.pending_unknown;
  if (!has_unknown) answer.could_be = find_one(everything);
  if (has_unknown || answer.value == nullptr) return answer;
  auto const is_settled =
      std::ranges::all_of(written.pending, [&](Value const* one) { return *one == *answer.value; });
  if (is_settled) answer.seen = make_known(answer.value);
  return answer;
}

/// Nothing can be said of none beside rules that wait.
Outcome find_between(Value const* one, Value const* other, bool largest, bool is_settled) {
  if (is_settled) return make_known(one);
  if (std::holds_alternative<None>(*one) || std::holds_alternative<None>(*other)) return {};
  return largest ? make_bounds(one, other) : make_bounds(other, one);
}

/// The bounds of an answer to which a pending rule writes something unknown: those of its type,
/// held on one side by what rules that fired wrote. Unknown where what comes may not compare.
Outcome find_open(Frame& frame, Answer const& answer, Written const& written, Value const* value) {
  auto const& type = answer.type;
  auto const is_silent = written.fired.empty();
  auto const compares =
      type.kind == Kind::money ? type.currency.has_value() : type.kind != Kind::duration;
  if (!compares || std::holds_alternative<None>(*value) || (is_silent && type.or_none)) return {};
  Outcome open;
  if (type.kind == Kind::choice) {
    auto const last = static_cast<std::uint32_t>(type.choice->values.size() - 1);
    open = {frame.keep(Chosen{0}), frame.keep(Chosen{last})};
  }
  if (!is_silent) (answer.join == Answer::Join::largest ? open.least : open.most) = value;
  if (open.least != nullptr && open.most != nullptr) return make_bounds(open.least, open.most);
  return open;
}

/// The bounds where rules that wait are all that writes an answer: its start, or what they write.
Outcome find_silent(Value const* start, std::vector<Value const*> pending) {
  pending.push_back(start);
  auto const has_none = std::ranges::any_of(
      pending, [](Value const* value) { return std::holds_alternative<None>(*value); });
  if (has_none) return {};
  auto const* least = join_written(false, pending);
  auto const* most = join_written(true, pending);
  return least == nullptr || most == nullptr ? Outcome{} : make_bounds(least, most);
}

AnswerBounds find_joined(Frame& frame, Answer const& declared, Value const* start,
                         Written const& written) {
  auto const largest = declared.join == Answer::Join::largest;
  AnswerBounds answer;
  if (!written.fired_unknown)
    answer.value = written.fired.empty() ? start : join_written(largest, listed(written.fired));
  if (answer.value == nullptr) {
    if (!written.fired_unknown) answer.flaw = find_join_flaw(listed(written.fired));
    return answer;
  }
  if (written.pending_unknown) {
    answer.seen = find_open(frame, declared, written, answer.value);
    return answer;
  }
  answer.could_be =
      join_written(largest, listed(concatenate(frame, written.fired, written.pending)));
  if (written.fired.empty())
    answer.seen = find_silent(start, listed(written.pending));
  else if (answer.could_be != nullptr)
    answer.seen = find_between(answer.value, answer.could_be, largest, written.pending.empty());
  return answer;
}

std::vector<Scalar> items_of(Value const& value) {
  if (auto const* set = std::get_if<SetValue>(&value)) return set->items;
  auto const item = make_item(value);
  return item ? std::vector<Scalar>{*item} : std::vector<Scalar>{};
}

template <class Several>
Value unite(Several const& values) {
  std::vector<Scalar> items;
  for (auto const* value : values) std::ranges::copy(items_of(*value), std::back_inserter(items));
  return make_set(std::move(items));
}

Value intersect(Value const& one, Value const& other) {
  auto const items = items_of(one);
  auto const others = unite(std::vector{&other});
  auto const in_both = [&](Scalar const& item) {
    auto const& all = std::get<SetValue>(others).items;
    return std::ranges::find(all, item) != all.end();
  };
  std::vector<Scalar> kept;
  std::ranges::copy_if(items, std::back_inserter(kept), in_both);
  return make_set(std::move(kept));
}

/// What a set is surely and possibly where only pending rules would write it.
Outcome find_possible_set(Frame& frame, Value const* start, Written const& written) {
  auto const start_is_none = std::holds_alternative<None>(*start);
  Outcome seen;
  Value surely = start_is_none ? Value{SetValue{}} : *start;
  for (auto const* value : written.pending) surely = intersect(surely, *value);
  if (written.pending_unknown) surely = SetValue{};
  seen.least = frame.keep(std::move(surely));
  if (!written.pending_unknown) {
    auto pending = listed(written.pending);
    pending.push_back(start);
    seen.most = frame.keep(unite(pending));
  }
  seen.perhaps_none = start_is_none;
  if (seen.most != nullptr && *seen.most == *seen.least) seen.most = seen.least;
  return seen;
}

AnswerBounds find_united(Frame& frame, Value const* start, Written const& written) {
  AnswerBounds answer;
  auto const has_unknown = written.fired_unknown || written.pending_unknown;
  auto const has_fired = !written.fired.empty() || written.fired_unknown;
  auto const everything = concatenate(frame, written.fired, written.pending);
  if (!written.fired_unknown) answer.value = has_fired ? frame.keep(unite(written.fired)) : start;
  if (!has_unknown) answer.could_be = frame.keep(unite(everything));
  if (!has_fired) {
    answer.seen = find_possible_set(frame, start, written);
    return answer;
  }
  answer.seen.least = frame.keep(unite(written.fired));
  if (!has_unknown) answer.seen = make_bounds(answer.seen.least, answer.could_be);
  return answer;
}

AnswerBounds compute_answer(Frame& frame, AnswerId id) {
  static Value const none{None{}};
  auto const& answer = frame.policy().answers[index(id)];
  if (answer.reports) {
    auto const seen = value_of(frame, *answer.reports);
    auto const* value = seen.is_known() ? seen.least : nullptr;
    return {seen, value, value};
  }
  auto const* start = answer.otherwise ? &*answer.otherwise : &none;
  auto const written = find_written(frame, id);
  if (written.is_empty()) return {make_known(start), start, start};
  switch (answer.join) {
    case Answer::Join::none:
      return find_single(frame, start, written);
    case Answer::Join::largest:
    case Answer::Join::smallest:
      return find_joined(frame, answer, start, written);
    case Answer::Join::united:
      return find_united(frame, start, written);
  }
  return {};
}

/// What rules give for a parameter, each saying once.
Written find_given(Frame& frame, ActionId action, std::uint32_t parameter) {
  Written written{frame};
  for (auto const& writing : frame.writers.doing[index(action)]) {
    if (writing.is_repeated) continue;
    auto const& arguments = what_is_done(frame, writing).arguments;
    auto const argument = std::ranges::find(arguments, parameter, &Argument::parameter);
    if (argument == arguments.end()) continue;
    auto const is_known = for_each_deed(frame, writing, [&](Truth sure) {
      auto const* value = settled_value_of(frame, *argument->value);
      auto const fired = sure == Truth::yes;
      if (value == nullptr)
        (fired ? written.fired_unknown : written.pending_unknown) = true;
      else
        (fired ? written.fired : written.pending).push_back(value);
    });
    if (!is_known) written.pending_unknown = true;
  }
  return written;
}

/// The sum of what rules that fired give, and with it what pending ones would take from or add to
/// it.
AnswerBounds find_sum(Frame& frame, Parameter const& parameter, Value const* start,
                      Written const& written) {
  AnswerBounds sum;
  if (written.fired_unknown) return sum;
  if (written.fired.empty()) {
    sum.value = start;
    return sum;
  }
  auto const fired = join(frame, parameter, listed(written.fired));
  if (!fired) {
    sum.flaw = fired.error();
    return sum;
  }
  sum.value = fired.value();
  if (written.pending.empty() && !written.pending_unknown) sum.seen = make_known(sum.value);
  if (written.pending.empty() || written.pending_unknown || *sum.value == Value{None{}}) return sum;
  auto const without = compute(Operator::subtract, *sum.value, *sum.value, frame.policy().zone);
  std::vector<Value const*> least{sum.value}, most{sum.value};
  for (auto const* value : written.pending) {
    if (std::holds_alternative<None>(*value)) continue;
    auto const takes = compare(Relation::less, *value, without.value());
    if (!takes) return sum;
    (takes.value() ? least : most).push_back(value);
  }
  auto const low = join(frame, parameter, least);
  auto const high = join(frame, parameter, most);
  if (low && high) sum.seen = make_bounds(low.value(), high.value());
  return sum;
}

AnswerBounds compute_joined(Frame& frame, ActionId action, std::uint32_t at) {
  static Value const none{None{}};
  auto const& parameter = frame.policy().actions[index(action)].takes[at];
  auto const written = find_given(frame, action, at);
  if (written.is_empty()) return {make_known(&none), &none, &none};
  if (parameter.join == Parameter::Join::sum) return find_sum(frame, parameter, &none, written);
  Answer like;
  like.type = parameter.type;
  like.join =
      parameter.join == Parameter::Join::largest ? Answer::Join::largest : Answer::Join::smallest;
  return find_joined(frame, like, &none, written);
}

}  // namespace

AnswerBounds const& joined_of(Frame& frame, ActionId action, std::uint32_t parameter) {
  std::pair const key{action, parameter};
  auto known = frame.joined.find(key);
  if (known == frame.joined.end())
    known = frame.joined.emplace(key, compute_joined(frame, action, parameter)).first;
  return known->second;
}

std::optional<Flaw> find_joined_flaw(Frame& frame, ActionId action, std::uint32_t parameter) {
  auto const written = find_given(frame, action, parameter);
  if (written.fired_unknown || written.fired.empty()) return std::nullopt;
  auto const& takes = frame.policy().actions[index(action)].takes;
  auto const joined = join(frame, takes[parameter], listed(written.fired));
  return joined ? std::nullopt : std::optional{joined.error()};
}

AnswerBounds const& answer_of(Frame& frame, AnswerId answer) {
  if (auto const* memo = frame.answers.find(index(answer))) return *memo;
  return frame.answers.keep(index(answer), compute_answer(frame, answer));
}

}  // namespace heed::run
