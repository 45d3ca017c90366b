#include <algorithm>

#include "engine/run/assemble.hpp"
#include "engine/run/planned.hpp"
#include "engine/run/targets.hpp"

/// What the customer may choose between.
namespace heed::run {
namespace {

/// One action of an offer.
struct Option {
  ActionId action{};
  AllGiven given;
};

bool is_same(Option const& left, Option const& right) {
  return left.action == right.action && are_equal(left.given, right.given);
}

bool comes_before(Option const& left, Option const& right) {
  if (left.action != right.action) return left.action < right.action;
  return comes_before(left.given, right.given);
}

/// What an offer still holds: each once, without what is forbidden or withheld.
Growing<Option> find_options(Frame& frame, Offer const& offer) {
  Growing<Option> options{frame.room};
  for (auto const& offered : offer.actions) {
    if (is_forbidden(frame, offered.action)) continue;
    if (may_be_done(frame, offered.action) == Truth::no) continue;
    auto const count = frame.policy().actions[index(offered.action)].takes.size();
    options.push_back({offered.action, find_given(frame, offered.arguments, count)});
  }
  std::ranges::sort(
      options, [](Option const& one, Option const& other) { return comes_before(one, other); });
  auto const* end = std::unique(options.begin(), options.end(), is_same);
  options.shorten(static_cast<std::size_t>(end - options.begin()));
  return options;
}

lent::Offering::Option show(Frame& frame, Option const& option) {
  auto const& policy = frame.policy();
  auto const& action = policy.actions[index(option.action)];
  auto const& forbidding = frame.writers.forbidding[index(option.action)];
  lent::Offering::Option shown;
  shown.action = action.name;
  shown.with = show_given(frame, option.given, action.takes);
  if (may_be_done(frame, option.action) == Truth::unknown) shown.requires_ = action.requires_->text;
  shown.unless = names_of(frame, rules_at(frame, forbidding, RuleStatus::pending));
  return shown;
}

/// Equal offers are one, of several rules.
struct Choice {
  Growing<Option> options;
  Rules rules;
};

}  // namespace

List<lent::Offering> list_choices(Frame& frame) {
  Growing<Choice> choices{frame.room};
  for (auto const& writing : frame.writers.offering) {
    if (!frame.has_fired(writing.rule)) continue;
    auto const options = find_options(frame, consequence_of<Offer>(frame, writing));
    if (options.empty()) continue;
    auto const same = std::ranges::find_if(choices, [&](Choice const& choice) {
      return std::ranges::equal(choice.options, options, is_same);
    });
    auto& choice = same == choices.end() ? choices.push_back({options, Rules{frame.room}}) : *same;
    choice.rules.push_back(writing.rule);
  }
  std::ranges::sort(choices, [](Choice const& left, Choice const& right) {
    return std::ranges::lexicographical_compare(
        left.options, right.options,
        [](Option const& one, Option const& other) { return comes_before(one, other); });
  });
  Growing<lent::Offering> list{frame.room};
  for (auto const& choice : choices) {
    Growing<lent::Offering::Option> options{frame.room};
    for (auto const& option : choice.options) options.push_back(show(frame, option));
    list.push_back({options.list(), names_of(frame, choice.rules)});
  }
  return list.list();
}

}  // namespace heed::run
