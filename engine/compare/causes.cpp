#include "engine/compare/causes.hpp"

#include <algorithm>

namespace heed::comparing {
namespace {

enum class Standing { absent, silent, pending, fired };

class Tracing {
 public:
  Tracing(Both const& both, Decision const& before, Decision const& after,
          std::set<std::string> const& differing)
      : both_{both}, before_{before}, after_{after}, differing_{differing} {}

  void into_point(std::string const& point) {
    if (!points_.insert(point).second) return;
    if (auto const writers = both_.writers.find(point); writers != both_.writers.end())
      for (auto const& rule : writers->second) into_rule(rule);
    auto const colon = point.find(':');
    if (colon != std::string::npos) add({point.substr(0, colon), point.substr(colon + 1)});
  }

  /// What no rule reads, but every one rests on.
  void into_whole() {
    for (auto const& [declaration, place] : both_.changed)
      if (declaration.first == "policy" || declaration.first == "source")
        causes.changes.insert(place);
  }

  Causes causes;

 private:
  /// Whether an answer that reports something stands for a rule here.
  static bool reports(std::string const& rule) { return rule.find(':') != std::string::npos; }
  static Standing standing_in(Decision const& decision,
                              std::map<std::string, RuleReads> const& rules,
                              std::string const& rule) {
    if (!rules.contains(rule)) return Standing::absent;
    if (reports(rule)) return Standing::fired;
    if (std::ranges::binary_search(decision.fired, rule)) return Standing::fired;
    return std::ranges::binary_search(decision.pending, rule) ? Standing::pending
                                                              : Standing::silent;
  }
  static bool matters(Standing standing) {
    return standing == Standing::fired || standing == Standing::pending;
  }

  /// False where the declaration has not changed.
  bool add(Declaration const& declaration) {
    auto const found = both_.changed.find(declaration);
    if (found == both_.changed.end()) return false;
    causes.changes.insert(found->second);
    return true;
  }

  RuleReads const* find(std::map<std::string, RuleReads> const& rules, std::string const& rule) {
    auto const found = rules.find(rule);
    return found == rules.end() ? nullptr : &found->second;
  }

  /// A rule that writes the point counts where it took part in one of the decisions. Where it is
  /// written otherwise, but stands otherwise under the very same condition, what it reads counts.
  void into_rule(std::string const& rule) {
    auto const old = standing_in(before_, both_.before, rule);
    auto const now = standing_in(after_, both_.after, rule);
    if (!matters(old) && !matters(now)) return;  // also one that is overridden
    if (!rules_.insert(rule).second) return;
    auto const* was = find(both_.before, rule);
    auto const* is = find(both_.after, rule);
    auto const same_condition = was != nullptr && is != nullptr && was->when == is->when;
    auto const may_be_read = old != now && same_condition;
    auto const is_changed = both_.changed.contains({"rule", rule});
    auto is_cause = false;
    if (!is_changed || may_be_read)
      for (auto const* side : {was, is})
        if (side != nullptr) is_cause = into_reads(*side, old, now) || is_cause;
    if (is_changed && !is_cause && !(may_be_read && (leads_on(*was) || leads_on(*is))))
      is_cause = add({"rule", rule});
    if (is_cause && !reports(rule)) causes.rules.insert(rule);
  }

  /// Whether the condition reads something that differs, or what overrides it stands otherwise.
  bool leads_on(RuleReads const& rule) const {
    auto const differs = [this](std::string const& read) { return differing_.contains(read); };
    auto const stands_otherwise = [this](std::string const& other) {
      return standing_in(before_, both_.before, other) != standing_in(after_, both_.after, other);
    };
    return std::ranges::any_of(rule.condition.reads, differs) ||
           std::ranges::any_of(rule.overridden_by, stands_otherwise);
  }

  /// What makes a rule stand otherwise is in its condition; what makes it say otherwise, in its
  /// values. True where something that it reads or names itself has changed.
  bool into_reads(RuleReads const& rule, Standing old, Standing now) {
    auto const waits = old == Standing::pending || now == Standing::pending;
    auto is_cause = false;
    if (old != now || waits) is_cause = into_rests(rule.condition);
    if (old == now || waits) is_cause = into_rests(rule.values) || is_cause;
    if (old != now)
      for (auto const& other : rule.overridden_by) into_rule(other);
    return is_cause;
  }

  bool into_rests(Rests const& rests) {
    auto is_cause = false;
    for (auto const& declaration : rests.declarations) is_cause = add(declaration) || is_cause;
    for (auto const& read : rests.reads)
      if (differing_.contains(read)) into_point(read);
    return is_cause;
  }

  Both const& both_;
  Decision const& before_;
  Decision const& after_;
  std::set<std::string> const& differing_;
  std::set<std::string> points_, rules_;
};

}  // namespace

Both make_both(RuleSet const& before, RuleSet const& after,
               std::vector<DeclarationChange> const& changes) {
  Both both{find_reads(before), find_reads(after), {}, {}};
  for (auto const* side : {&both.before, &both.after})
    for (auto const& [rule, reads] : *side)
      for (auto const& point : reads.writes) both.writers[point].insert(rule);
  for (std::size_t at = 0; at < changes.size(); ++at)
    both.changed.emplace(Declaration{changes[at].kind, changes[at].name}, at);
  return both;
}

Causes find_causes(Both const& both, Decision const& before, Decision const& after,
                   std::set<std::string> const& differing, std::string const& point) {
  Tracing tracing{both, before, after, differing};
  tracing.into_point(point);
  if (tracing.causes.changes.empty()) tracing.into_whole();
  return std::move(tracing.causes);
}

}  // namespace heed::comparing
