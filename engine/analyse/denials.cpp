#include <algorithm>
#include <map>
#include <set>

#include "engine/analyse/analyses.hpp"
#include "engine/analyse/effects.hpp"
#include "engine/analyse/tell.hpp"
#include "engine/base/limits.hpp"

/// A denial is a `forbid` of something that the customer would have had: an action that is not
/// internal and that some rule does or offers. Beside it something must stand for the customer: the
/// rule itself, or one that fires whenever it does, does or offers another action that is not
/// internal, or escalates to a person who can decide otherwise.
namespace heed::analyse {
namespace {

struct Search {
  Reader& reader;
  Diagnostics& found;
  std::vector<Deeds> deeds = {};  // by rule
  std::map<TermId, std::size_t> counts = {};
  std::map<TermId, std::set<RuleId>> givers = {};  // by what they ask that is rarest
  std::set<RuleId> always_giving = {};
  std::size_t effort = limits::analysed_pairs_max;

  Policy const& policy() const { return reader.policy(); }
  Rule const& rule(RuleId id) const { return policy().rules[index(id)]; }

  bool is_for_customer(ActionId action) const {
    return policy().actions[index(action)].internal_to.empty();
  }
  /// Whether something stands for the customer, apart from what is `refused`.
  bool gives(Deeds const& what, std::vector<ActionId> const& refused) const {
    if (what.escalates) return true;
    return std::any_of(what.done.begin(), what.done.end(), [&](ActionId action) {
      return is_for_customer(action) &&
             std::find(refused.begin(), refused.end(), action) == refused.end();
    });
  }

  /// How many rules ask for a term: the rarer, the more it tells them apart.
  void count_terms() {
    for (std::uint32_t at = 0; at < policy().rules.size(); ++at)
      for (auto const& situation : reader.of(RuleId{at}))
        for (auto const& limit : situation.limits) ++counts[limit.term];
  }
  void note_givers(RuleId id) {
    if (!gives(deeds[index(id)], {})) return;
    for (auto const& situation : reader.of(id)) {
      auto const rarest = std::ranges::min_element(
          situation.limits, {}, [&](Limit const& limit) { return counts[limit.term]; });
      if (rarest == situation.limits.end())
        always_giving.insert(id);
      else
        givers[rarest->term].insert(id);
    }
  }

  /// Whether some rule that gives something fires whenever the rule does.
  bool is_helped(RuleId id) {
    auto const& condition = reader.of(id);
    auto candidates = always_giving;
    for (auto const& situation : condition)
      for (auto const& limit : situation.limits)
        if (auto const at = givers.find(limit.term); at != givers.end())
          candidates.insert(at->second.begin(), at->second.end());
    if (effort < candidates.size()) return true;  // enough was looked at
    effort -= candidates.size();
    return std::any_of(candidates.begin(), candidates.end(), [&](RuleId other) {
      return other != id && gives(deeds[index(other)], deeds[index(id)].forbidden) &&
             lasts_as_long(rule(id), rule(other)) &&
             lies_within(reader.terms(), condition, reader.of(other));
    });
  }

  /// The action that a rule denies and the customer would have had, if any.
  std::optional<ActionId> find_denied(Deeds const& what) const {
    auto const& effects = reader.terms().effects().actions;
    for (auto const action : what.forbidden) {
      auto const& of = effects[index(action)];
      if (is_for_customer(action) && !(of.done.empty() && of.offered.empty())) return action;
    }
    return std::nullopt;
  }
};

}  // namespace

void find_bare_denials(Reader& reader, Diagnostics& found) {
  Search search{reader, found};
  auto const& rules = reader.policy().rules;
  for (auto const& rule : rules) search.deeds.push_back(find_deeds(rule));
  search.count_terms();
  for (std::uint32_t at = 0; at < rules.size(); ++at) search.note_givers(RuleId{at});
  for (std::uint32_t at = 0; at < rules.size(); ++at) {
    auto const denied = search.find_denied(search.deeds[at]);
    if (!denied || search.gives(search.deeds[at], search.deeds[at].forbidden)) continue;
    if (search.is_helped(RuleId{at})) continue;
    auto const& name = reader.policy().actions[index(*denied)].name;
    warn(found, rules[at].where, "analysis.denial-without-alternative",
         "the rule " + quoted(rules[at].name) + " refuses " + quoted(name) +
             ", and nothing is done or offered to the customer in its place",
         "add what can be done: " + quoted("forbid " + name + ", instead do …") +
             ", `offer one of …` or `escalate to …`");
  }
}

}  // namespace heed::analyse
