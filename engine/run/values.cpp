#include "engine/run/evaluate.hpp"
#include "engine/run/kleene.hpp"
#include "engine/run/targets.hpp"

namespace heed::run {
namespace {

Outcome make_outcome(Value const* value) {
  return {value, value};
}

Outcome keep(Frame& frame, Expected<Value, Flaw> const& result) {
  return result ? make_known(frame.keep(result.value())) : Outcome{};
}

/// A severity or a small count, as a value that lives as long as the program.
Value const* find_whole(Frame& frame, int number) {
  static Value const small[] = {Number{0}, Number{1}, Number{2}, Number{3}, Number{4}, Number{5}};
  if (number >= 0 && number <= 5) return &small[number];
  return frame.keep(Number{number});
}

}  // namespace

Outcome evaluate(Frame&, Constant const& form) {
  return make_known(&form.value);
}

Outcome evaluate(Frame& frame, FactValue const& form) {
  return make_outcome(frame.inputs.facts[index(form.fact)]);
}

Outcome evaluate(Frame& frame, DefineValue const& form) {
  if (auto const* memo = frame.defines.find(index(form.define))) return *memo;
  return frame.defines.keep(index(form.define),
                            value_of(frame, *frame.policy().defines[index(form.define)].value));
}

Outcome evaluate(Frame& frame, TableValue const& form) {
  return result_of(frame, form.table).results[form.result];
}

Outcome evaluate(Frame& frame, AnswerValue const& form) {
  return answer_of(frame, form.answer).seen;
}

Outcome evaluate(Frame& frame, ScoreValue const& form) {
  auto const& score = score_of(frame, form.score);
  auto const* least = frame.keep(score.least);
  return score.least == score.most ? make_known(least) : Outcome{least, frame.keep(score.most)};
}

Outcome evaluate(Frame& frame, SeverityValue const& form) {
  auto const& need = frame.needs[index(form.need)];
  return make_bounds(find_whole(frame, need.severity), find_whole(frame, need.could_be_severity));
}

Outcome evaluate(Frame& frame, JoinedValue const& form) {
  return joined_of(frame, form.action, form.parameter).seen;
}

Outcome evaluate(Frame& frame, NeedCount const& form) {
  int sure = 0;
  int possible = 0;
  for (auto const need : form.needs) {
    auto const truth = test_need(frame.needs[index(need)], form.at_least, form.state);
    if (truth == Truth::yes) ++sure;
    if (truth != Truth::no) ++possible;
  }
  return make_bounds(find_whole(frame, sure), find_whole(frame, possible));
}

Outcome evaluate(Frame& frame, NowValue const&) {
  return make_known(&frame.inputs.now_value);
}

Outcome evaluate(Frame& frame, TodayValue const&) {
  return make_known(&frame.inputs.today_value);
}

Outcome evaluate(Frame& frame, Conditional const& form) {
  auto const truth = truth_of(frame, *form.condition);
  if (truth == Truth::yes) return value_of(frame, *form.value);
  if (truth == Truth::no) return value_of(frame, *form.otherwise);
  auto const* one = settled_value_of(frame, *form.value);
  auto const* other = settled_value_of(frame, *form.otherwise);
  auto const agree = one != nullptr && other != nullptr && *one == *other;
  return agree ? make_known(one) : Outcome{};
}

Outcome evaluate(Frame& frame, Arithmetic const& form) {
  auto const* left = settled_value_of(frame, *form.left);
  auto const* right = settled_value_of(frame, *form.right);
  if (left == nullptr || right == nullptr) return {};
  return keep(frame, compute(form.op, *left, *right, frame.policy().zone));
}

Outcome evaluate(Frame& frame, Negative const& form) {
  auto const* value = settled_value_of(frame, *form.operand);
  return value == nullptr ? Outcome{} : keep(frame, negate(*value));
}

Outcome evaluate(Frame& frame, Extreme const& form) {
  std::vector<Value const*> values;
  values.reserve(form.parts.size());
  for (auto const& part : form.parts) {
    auto const* value = settled_value_of(frame, *part);
    if (value == nullptr) return {};
    values.push_back(value);
  }
  auto const extreme = find_extreme(form.largest, values);
  return extreme ? make_known(extreme.value()) : Outcome{};
}

Outcome evaluate(Frame& frame, DateOf const& form) {
  auto const* value = settled_value_of(frame, *form.time);
  auto const* at = value == nullptr ? nullptr : std::get_if<Instant>(value);
  if (at == nullptr) return {};
  return make_known(frame.keep(frame.policy().zone.date_of(*at)));
}

Outcome evaluate(Frame& frame, DaysBetween const& form) {
  auto const* from_value = settled_value_of(frame, *form.from);
  auto const* to_value = settled_value_of(frame, *form.to);
  if (from_value == nullptr || to_value == nullptr) return {};
  auto const* from = std::get_if<Date>(from_value);
  auto const* to = std::get_if<Date>(to_value);
  if (from == nullptr || to == nullptr) return {};
  return make_known(frame.keep(Number{std::int64_t{to->days} - from->days}));
}

}  // namespace heed::run
