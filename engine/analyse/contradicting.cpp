#include <algorithm>
#include <map>
#include <set>

#include "engine/analyse/analyses.hpp"
#include "engine/analyse/meetings.hpp"
#include "engine/analyse/tell.hpp"
#include "engine/base/limits.hpp"
#include "engine/check/types.hpp"

namespace heed::analyse {
namespace {

/// One `do` that gives one parameter a constant; all that it gives besides is `rest`.
struct Gift {
  RuleId rule;
  Expression const* value;
};
struct Key {
  ActionId action;
  std::uint32_t parameter;
  std::string rest;
  auto operator<=>(Key const&) const = default;
};

/// Two amounts of one thing are seldom meant to be two things; two texts or choices often are.
bool could_join(Parameter const& parameter) {
  auto const kind = parameter.type.kind;
  bool const is_measured = kind == Kind::whole || kind == Kind::number || kind == Kind::money ||
                           kind == Kind::duration || kind == Kind::date || kind == Kind::time ||
                           kind == Kind::truth;
  return is_measured && parameter.join == Parameter::Join::none;
}

std::string rest_of(Do const& it, std::uint32_t parameter, Action const& action) {
  std::string text;
  for (auto const& argument : it.arguments)
    if (argument.parameter != parameter &&
        action.takes[argument.parameter].join == Parameter::Join::none)
      text += std::to_string(argument.parameter) + "=" + argument.value->text + ";";
  return text;
}

std::map<Key, std::vector<Gift>> find_gifts(Policy const& policy) {
  std::map<Key, std::vector<Gift>> gifts;
  for (std::uint32_t at = 0; at < policy.rules.size(); ++at)
    for (auto const& consequence : policy.rules[at].then) {
      auto const* it = std::get_if<Do>(&consequence);
      if (!it) continue;
      auto const& action = policy.actions[index(it->action)];
      for (auto const& [parameter, value] : it->arguments)
        if (could_join(action.takes[parameter]) && std::holds_alternative<Constant>(value->form))
          gifts[{it->action, parameter, rest_of(*it, parameter, action)}].push_back(
              {RuleId{at}, value.get()});
    }
  return gifts;
}

Value const& constant_of(Gift const& gift) {
  return std::get<Constant>(gift.value->form).value;
}

bool days_meet(Rule const& one, Rule const& other) {
  return !(one.until && other.from && *one.until < *other.from) &&
         !(other.until && one.from && *other.until < *one.from);
}

bool overrides(Rule const& one, RuleId other) {
  return std::find(one.overrides.begin(), one.overrides.end(), other) != one.overrides.end();
}

struct Search {
  Reader& reader;
  Diagnostics& found;
  std::size_t& effort;

  /// Whether a case can be made up in which both rules fire, and an example of it.
  std::optional<std::string> find_example(Situation const& one, Situation const& other) const {
    auto const shared = meet(one, other);
    auto const& terms = reader.terms();
    bool const is_free = are_independent(terms, terms_of(shared));
    if (!shared.precise) return std::nullopt;
    if (is_free) return ", for example where " + example_of(terms, shared);
    if (lies_within(terms, one, other) || lies_within(terms, other, one))
      return ": one of them fires only where the other does";
    return std::nullopt;
  }
  void tell(Key const& key, Gift const& one, Gift const& other, std::string const& example) {
    auto const& policy = reader.policy();
    auto const& action = policy.actions[index(key.action)];
    auto const& parameter = action.takes[key.parameter].name;
    auto const& type = action.takes[key.parameter].type;
    warn(found, other.value->where, "analysis.contradicting-parameters",
         "the rules " + quoted(policy.rules[index(one.rule)].name) + " and " +
             quoted(policy.rules[index(other.rule)].name) + " can do " + quoted(action.name) +
             " side by side, with " + quoted(parameter + " " + one.value->text) + " and with " +
             quoted(parameter + " " + other.value->text) + example,
         "let their conditions exclude each other, let one `overrides` the other, or say how the "
         "two join: " +
             quoted("takes " + parameter + " is " + check::words(type) + ", largest"));
  }

  void look_at(Key const& key, std::vector<Gift> const& gifts) {
    std::vector<Situation const*> situations;
    std::vector<std::size_t> gift_of;
    for (std::size_t at = 0; at < gifts.size(); ++at)
      for (auto const& situation : reader.of(gifts[at].rule)) {
        situations.push_back(&situation);
        gift_of.push_back(at);
      }
    std::set<std::size_t> told;
    each_meeting(situations, effort, [&](std::size_t i, std::size_t j) {
      auto const& one = gifts[gift_of[i]];
      auto const& other = gifts[gift_of[j]];
      if (told.contains(gift_of[j]) || one.rule == other.rule) return;
      if (constant_of(one) == constant_of(other)) return;
      auto const& rules = reader.policy().rules;
      auto const& first = rules[index(one.rule)];
      auto const& second = rules[index(other.rule)];
      if (!days_meet(first, second) || overrides(first, other.rule) || overrides(second, one.rule))
        return;
      auto const example = find_example(*situations[j], *situations[i]);
      if (!example) return;
      told.insert(gift_of[j]);
      tell(key, one, other, *example);
    });
  }
};

}  // namespace

void find_contradicting_parameters(Reader& reader, Diagnostics& found) {
  std::size_t effort = limits::analysed_pairs_max;
  Search search{reader, found, effort};
  for (auto const& [key, gifts] : find_gifts(reader.policy()))
    if (gifts.size() > 1) search.look_at(key, gifts);
}

}  // namespace heed::analyse
