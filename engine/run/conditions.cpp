#include <algorithm>

#include "engine/compile/phrases.hpp"
#include "engine/run/evaluate.hpp"
#include "engine/run/kleene.hpp"
#include "engine/run/targets.hpp"

namespace heed::run {
namespace {

/// A test that is never unknown when read plainly. Where what is inside is unknown, remembers that
/// the questions are to be computed on their own.
Truth read_open(Frame& frame, bool is_inside_unknown, Truth plainly, Truth left_open) {
  if (frame.reading == Reading::left_open) return left_open;
  if (is_inside_unknown) frame.read_something_open = true;
  return plainly;
}

}  // namespace

Truth test_need(NeedBounds const& need, bool at_least, NeedState state) {
  if (at_least) {
    if (need.state >= state) return Truth::yes;
    return need.could_be < state ? Truth::no : Truth::unknown;
  }
  if (state < need.state || state > need.could_be) return Truth::no;
  return need.state == need.could_be ? Truth::yes : Truth::unknown;
}

Truth evaluate(Frame& frame, NeedTest const& form) {
  return test_need(frame.needs[index(form.need)], form.at_least, form.state);
}

Truth evaluate(Frame& frame, AnyNeedTest const& form) {
  auto truth = truth_from(form.every);
  for (auto const need : form.needs) {
    auto const one = test_need(frame.needs[index(need)], form.at_least, form.state);
    truth = form.every ? both(truth, one) : either(truth, one);
  }
  return truth;
}

Truth evaluate(Frame& frame, AdvisedTest const& form) {
  return is_advised(frame, form.action);
}

Truth evaluate(Frame& frame, Comparison const& form) {
  auto left = value_of(frame, *form.left);
  auto right = value_of(frame, *form.right);
  auto const count_both = [&frame](Outcome& outcome) {
    bool const is_one = outcome.least == outcome.most;
    outcome.least = count_from_now(frame, outcome.least);
    outcome.most = is_one ? outcome.least : count_from_now(frame, outcome.most);
  };
  if (counts_from_now(frame.policy(), *form.left)) count_both(right);
  if (counts_from_now(frame.policy(), *form.right)) count_both(left);
  return compare(form.relation, left, right);
}

Truth evaluate(Frame& frame, Membership const& form) {
  std::vector<Outcome> values;
  values.reserve(form.values.size());
  for (auto const& value : form.values) values.push_back(value_of(frame, *value));
  return is_one_of(value_of(frame, *form.subject), values, form.subject->type);
}

Truth evaluate(Frame& frame, Containment const& form) {
  return contains(value_of(frame, *form.set), value_of(frame, *form.item));
}

Truth evaluate(Frame& frame, Mention const& form) {
  auto const* text = settled_value_of(frame, *form.text);
  if (text == nullptr) return Truth::unknown;
  auto const& rules = frame.inputs.rules;
  if (auto const* fact = std::get_if<FactValue>(&form.text->form)) {
    Mentioned const mentioned{fact->fact, form.phrases};
    auto const known = std::ranges::lower_bound(rules.mentions, mentioned);
    if (known != rules.mentions.end() && *known == mentioned)
      return truth_from(
          frame.inputs.mentioned[static_cast<std::size_t>(known - rules.mentions.begin())]);
  }
  auto const* sent = std::get_if<std::string>(text);
  if (sent == nullptr) return Truth::no;
  auto const found = rules.phrases->find(*sent);
  return truth_from(std::ranges::any_of(
      found, [&form](PhraseMatcher::Found const& one) { return one.phrases == form.phrases; }));
}

Truth evaluate(Frame& frame, KnownTest const& form) {
  auto const is_known = value_of(frame, *form.subject).is_known();
  return read_open(frame, !is_known, truth_from(is_known), is_known ? Truth::yes : Truth::unknown);
}

Truth evaluate(Frame& frame, NoneTest const& form) {
  auto const outcome = value_of(frame, *form.subject);
  if (outcome.is_known()) return truth_from(std::holds_alternative<None>(*outcome.least));
  return outcome.is_unknown() || outcome.perhaps_none ? Truth::unknown : Truth::no;
}

Truth evaluate(Frame& frame, AllOf const& form) {
  auto truth = Truth::yes;
  for (auto const& part : form.parts) {
    truth = both(truth, truth_of(frame, *part));
    if (truth == Truth::no) break;
  }
  return truth;
}

Truth evaluate(Frame& frame, AnyOf const& form) {
  auto truth = Truth::no;
  for (auto const& part : form.parts) {
    truth = either(truth, truth_of(frame, *part));
    if (truth == Truth::yes) break;
  }
  return truth;
}

Truth evaluate(Frame& frame, AndThen const& form) {
  auto const first = truth_of(frame, *form.first);
  return first == Truth::yes ? truth_of(frame, *form.second) : first;
}

Truth evaluate(Frame& frame, Not const& form) {
  return negate(truth_of(frame, *form.operand));
}

Truth evaluate(Frame& frame, Possibly const& form) {
  auto const inside = truth_of(frame, *form.operand);
  return read_open(frame, inside == Truth::unknown, truth_from(inside != Truth::no), inside);
}

Truth evaluate(Frame& frame, Certainly const& form) {
  auto const inside = truth_of(frame, *form.operand);
  return read_open(frame, inside == Truth::unknown, truth_from(inside == Truth::yes), inside);
}

Truth evaluate(Frame& frame, AtLeastOf const& form) {
  std::int64_t sure = 0;
  std::int64_t possible = 0;
  for (auto const& part : form.parts) {
    auto const truth = truth_of(frame, *part);
    if (truth == Truth::yes) ++sure;
    if (truth != Truth::no) ++possible;
  }
  if (sure >= form.count) return Truth::yes;
  return possible < form.count ? Truth::no : Truth::unknown;
}

}  // namespace heed::run
