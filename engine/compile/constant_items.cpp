#include "engine/compile/constant_items.hpp"

#include <algorithm>

#include "engine/compile/plain.hpp"

namespace heed::compiling {
namespace {

/// What an item gives, by parameter; null: not given.
using GivenValues = std::vector<Value const*>;

bool comes_before(Value const* left, Value const* right) {
  if (left == nullptr || right == nullptr) return left == nullptr && right != nullptr;
  return heed::comes_before(*left, *right);
}

bool gives_less(GivenValues const& left, GivenValues const& right) {
  return std::ranges::lexicographical_compare(
      left, right, [](Value const* one, Value const* other) { return comes_before(one, other); });
}

GivenValues find_given(Action const& action, Do const& what) {
  GivenValues given(action.takes.size());
  for (auto const& argument : what.arguments)
    given[argument.parameter] = &std::get<Constant>(argument.value->form).value;
  return given;
}

struct Ranked {
  GivenValues given;
  ConstantItem* item = nullptr;
};

void rank(std::vector<Ranked>& of_action) {
  std::ranges::stable_sort(of_action, gives_less, &Ranked::given);
  for (std::size_t at = 1; at < of_action.size(); ++at) {
    auto const& before = of_action[at - 1];
    auto const is_more = gives_less(before.given, of_action[at].given);
    of_action[at].item->rank = before.item->rank + (is_more ? 1 : 0);
  }
}

}  // namespace

bool is_constant_item(Policy const& policy, Consequence const& consequence) {
  auto const* what = std::get_if<Do>(&consequence);
  if (what == nullptr || !is_plain_deed(policy, *what)) return false;
  auto const joins = [](Parameter const& parameter) {
    return parameter.join != Parameter::Join::none;
  };
  return std::ranges::none_of(policy.actions[index(what->action)].takes, joins) &&
         !std::ranges::binary_search(policy.authorities, what->action, {}, &Authority::action);
}

void rank(std::vector<ConstantItem>& items, Policy const& policy) {
  std::vector<std::vector<Ranked>> of_actions(policy.actions.size());
  for (auto& item : items) {
    auto const& what = std::get<Do>(policy.rules[index(item.rule)].then[item.consequence]);
    auto const action = index(what.action);
    of_actions[action].push_back({find_given(policy.actions[action], what), &item});
  }
  for (auto& of_action : of_actions) rank(of_action);
}

}  // namespace heed::compiling
