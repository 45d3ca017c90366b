#include <algorithm>
#include <map>
#include <tuple>

#include "tests/support/oracle_plan.hpp"
#include "tests/support/oracle_texts.hpp"

/// What is offered and what is to be checked.
namespace heed::oracle {

namespace {

using Option = std::pair<ActionId, Given>;

bool before(Option const& left, Option const& right) {
  if (left.first != right.first) return left.first < right.first;
  return given_before(left.second, right.second);
}

/// What can still be chosen of an offer.
std::vector<Option> left_of(World const& world, Offer const& offer) {
  std::vector<Option> options;
  for (auto const& one : offer.actions) {
    bool const forbidden = !rules_that_forbid(world, Status::fired, one.action).empty();
    auto const& requires_ = world.policy.actions[index(one.action)].requires_;
    if (forbidden || holds(world, requires_) == Kleene::no) continue;
    Option const option{one.action, given_by(world, one.arguments)};
    if (std::find(options.begin(), options.end(), option) == options.end())
      options.push_back(option);
  }
  std::sort(options.begin(), options.end(), before);
  return options;
}

Offering::Option shown(World const& world, Option const& option) {
  auto const& action = world.policy.actions[index(option.first)];
  Offering::Option out;
  out.action = action.name;
  for (auto const& [parameter, value] : option.second) {
    auto const& takes = action.takes[parameter];
    out.with.emplace_back(takes.name, show_value(value, takes.type, world.policy.zone));
  }
  if (holds(world, action.requires_) == Kleene::unknown) out.requires_ = action.requires_->text;
  out.unless = rules_that_forbid(world, Status::pending, option.first);
  return out;
}

}  // namespace

std::vector<Offering> find_choices(World const& world) {
  std::vector<std::pair<std::vector<Option>, std::set<std::string>>> found;
  each_written<Offer>(world, Status::fired, [&](Offer const& offer, Rule const& rule) {
    auto const options = left_of(world, offer);
    if (options.empty()) return;
    auto const same = [&](auto const& one) { return one.first == options; };
    auto at = std::find_if(found.begin(), found.end(), same);
    if (at == found.end()) at = found.insert(at, {options, {}});
    at->second.insert(rule.name);
  });
  std::sort(found.begin(), found.end(), [](auto const& a, auto const& b) {
    return std::lexicographical_compare(a.first.begin(), a.first.end(), b.first.begin(),
                                        b.first.end(), before);
  });
  std::vector<Offering> offerings;
  for (auto const& [options, rules] : found) {
    auto& one = offerings.emplace_back();
    for (auto const& option : options) one.options.push_back(shown(world, option));
    one.rules.assign(rules.begin(), rules.end());
  }
  return offerings;
}

std::vector<CheckFinding> find_checks(World const& world) {
  auto const& first = world.policy.languages.front();
  std::map<std::tuple<std::string, std::string, Texts, Texts>, std::set<std::string>> found;
  each_written<Check>(world, Status::fired, [&](Check const& check, Rule const& rule) {
    auto const texts = texts_of(world, check.text);
    Texts written;
    for (auto const& [language, wording] : check.text) written[language] = wording.written;
    auto text = texts.find(first);
    if (text == texts.end()) text = texts.begin();
    auto const& phase = world.policy.phases[check.before];
    found[{phase, text == texts.end() ? std::string{} : text->second, texts, written}].insert(
        rule.name);
  });
  std::vector<CheckFinding> checks;
  for (auto const& [key, rules] : found)
    checks.push_back({std::get<0>(key), std::get<2>(key), {rules.begin(), rules.end()}});
  return checks;
}

}  // namespace heed::oracle
