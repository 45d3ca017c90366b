#include <algorithm>
#include <iterator>

#include "engine/run/assemble.hpp"
#include "engine/run/planned.hpp"
#include "engine/run/targets.hpp"

/// What the customer may choose between.
namespace heed::run {
namespace {

/// One action of an offer.
struct Option {
  ActionId action{};
  std::vector<Given> given;
};

bool is_same(Option const& left, Option const& right) {
  return left.action == right.action && left.given == right.given;
}

bool comes_before(Option const& left, Option const& right) {
  if (left.action != right.action) return left.action < right.action;
  return comes_before(left.given, right.given);
}

/// What an offer still holds: each once, without what is forbidden or withheld.
std::vector<Option> find_options(Frame& frame, Offer const& offer) {
  std::vector<Option> options;
  for (auto const& offered : offer.actions) {
    if (is_forbidden(frame, offered.action)) continue;
    if (may_be_done(frame, offered.action) == Truth::no) continue;
    auto const count = frame.policy().actions[index(offered.action)].takes.size();
    options.push_back({offered.action, find_given(frame, offered.arguments, count)});
  }
  std::ranges::sort(
      options, [](Option const& one, Option const& other) { return comes_before(one, other); });
  options.erase(std::unique(options.begin(), options.end(), is_same), options.end());
  return options;
}

Offering::Option show(Frame& frame, Option const& option) {
  auto const& policy = frame.policy();
  auto const& action = policy.actions[index(option.action)];
  auto const& forbidding = frame.writers.forbidding[index(option.action)];
  Offering::Option shown;
  shown.action = action.name;
  shown.with = show_given(option.given, action.takes, policy.zone);
  if (may_be_done(frame, option.action) == Truth::unknown) shown.requires_ = action.requires_->text;
  shown.unless = names_of(policy, rules_at(frame, forbidding, RuleStatus::pending));
  return shown;
}

/// Equal offers are one, of several rules.
struct Choice {
  std::vector<Option> options;
  std::vector<RuleId> rules;
};

}  // namespace

std::vector<Offering> list_choices(Frame& frame) {
  std::vector<Choice> choices;
  for (auto const& writing : frame.writers.offering) {
    if (!frame.has_fired(writing.rule)) continue;
    auto options = find_options(frame, consequence_of<Offer>(frame, writing));
    if (options.empty()) continue;
    auto const same = std::ranges::find_if(choices, [&](Choice const& choice) {
      return std::ranges::equal(choice.options, options, is_same);
    });
    if (same != choices.end())
      same->rules.push_back(writing.rule);
    else
      choices.push_back({std::move(options), {writing.rule}});
  }
  std::ranges::sort(choices, [](Choice const& left, Choice const& right) {
    return std::ranges::lexicographical_compare(
        left.options, right.options,
        [](Option const& one, Option const& other) { return comes_before(one, other); });
  });
  std::vector<Offering> list;
  for (auto& choice : choices) {
    auto& offering = list.emplace_back();
    std::ranges::transform(choice.options, std::back_inserter(offering.options),
                           [&](Option const& option) { return show(frame, option); });
    offering.rules = names_of(frame.policy(), std::move(choice.rules));
  }
  return list;
}

}  // namespace heed::run
