#include "engine/run/waits.hpp"

#include <algorithm>
#include <iterator>

#include "engine/compile/parts.hpp"
#include "engine/run/authority.hpp"
#include "engine/run/deadlines.hpp"
#include "engine/run/evaluate.hpp"
#include "engine/run/targets.hpp"
#include "engine/run/walk.hpp"

namespace heed::run {

void FactSet::add(FactId fact) {
  auto const word = index(fact) / 64;
  if (words_.size() <= word) words_.resize(word + 1);
  words_[word] |= std::uint64_t{1} << (index(fact) % 64);
}

bool FactSet::add(FactSet const& other) {
  if (words_.size() < other.words_.size()) words_.resize(other.words_.size());
  bool grew = false;
  for (std::size_t at = 0; at < other.words_.size(); ++at) {
    auto const together = words_[at] | other.words_[at];
    grew = grew || together != words_[at];
    words_[at] = together;
  }
  return grew;
}

namespace {

/// What is added or set counts even where the rule only waits: the bounds depend on it.
void walk_bounds(Walk& walk, Rule const& rule) {
  for (auto const& consequence : rule.then) {
    if (auto const* add = std::get_if<AddToScore>(&consequence)) walk.into_addend(*add->value);
    if (auto const* set = std::get_if<SetAnswer>(&consequence)) walk.into(*set->value);
  }
}

/// Whether a decision shows why the rule fired.
bool gives_reasons(Rule const& rule) {
  return std::ranges::any_of(rule.then, [](Consequence const& consequence) {
    return std::holds_alternative<WriteNeed>(consequence) ||
           std::holds_alternative<Escalate>(consequence);
  });
}

void walk_texts(Walk& walk, Policy const& policy, Rule const& rule) {
  for (auto const& consequence : rule.then) {
    if (auto const* check = std::get_if<Check>(&consequence))
      walk.into_texts(check->text, "a check");
    auto const* say = std::get_if<Say>(&consequence);
    if (say == nullptr) continue;
    if (!say->script)
      walk.into_texts(say->text, "what is said");
    else if (std::ranges::any_of(say->text,
                                 [](auto const& text) { return has_slots(text.second); }))
      walk.into_texts(say->text, "the script `" + policy.scripts[index(*say->script)].name + "`");
  }
  if (gives_reasons(rule)) walk.into_texts(rule.because, "`because`");
}

void walk_values(Walk& walk, Rule const& rule) {
  for (auto const& consequence : rule.then) {
    if (auto const* instead = std::get_if<Instead>(&consequence)) {
      if (walk.into_cause(*instead) == Truth::yes) walk.into_deed(instead->what);
      continue;
    }
    if (auto const* what = std::get_if<Do>(&consequence)) {
      walk.into_deed(*what);
      continue;
    }
    compiling::for_each_value(consequence, [&](Expression const& value) { walk.into(value); });
    if (auto const* offer = std::get_if<Offer>(&consequence))
      for (auto const& offered : offer->actions) walk.into_requires(offered.action);
    if (auto const* add = std::get_if<AddToScore>(&consequence)) walk.into_addend(*add->value);
  }
}

/// Where a rule stands in `rules`; nothing where it does not.
std::optional<std::size_t> find(std::vector<RuleId> const& rules, RuleId rule) {
  auto const found = std::ranges::lower_bound(rules, rule);
  if (found == rules.end() || *found != rule) return std::nullopt;
  return static_cast<std::size_t>(found - rules.begin());
}

/// A rule that waits for all that another waits for: places in Waits::rules.
struct Edge {
  std::size_t at = 0, from = 0;
};

void add_edges(Growing<Edge>& edges, std::vector<RuleId> const& rules, std::size_t at,
               std::vector<RuleId> const& others) {
  for (auto const other : others)
    if (auto const from = find(rules, other)) edges.push_back({at, *from});
}

/// Rules wait for all that the pending rules wait for whose targets they read: mostly rules of
/// earlier layers.
void wait_for_others(Waits& waits, Growing<Edge> const& edges) {
  for (bool grows = true; grows;) {
    grows = false;
    for (auto const& [at, from] : edges)
      grows = waits.of_rules[at].add(waits.of_rules[from]) || grows;
  }
}

void clear(std::vector<FactSet>& sets, std::size_t count) {
  if (sets.size() < count) sets.resize(count);
  for (std::size_t at = 0; at < count; ++at) sets[at].clear();
}

void add_warnings(std::vector<Warning>& found, std::string const& rule,
                  std::vector<Warning>& warnings) {
  for (auto& warning : found) {
    warning.rule = rule;
    warnings.push_back(std::move(warning));
  }
}

void warn_of_answer(Frame& frame, AnswerId id, std::vector<Warning>& warnings) {
  auto const& answer = answer_of(frame, id);
  auto const& declared = frame.policy().answers[index(id)];
  if (answer.flaw) {
    warnings.push_back({std::string{code_of(*answer.flaw)}, "",
                        "joining `" + declared.name + "` " + std::string{words_of(*answer.flaw)}});
  }
  if (!answer.is_conflict) return;
  std::string names;
  for (auto const& writing : frame.writers.of_answers[index(id)]) {
    if (!frame.has_fired(writing.rule)) continue;
    auto const name = "`" + frame.policy().rules[index(writing.rule)].name + "`";
    if (!names.ends_with(name)) names += (names.empty() ? "" : ", ") + name;
  }
  warnings.push_back(
      {"answer.conflict", "", "rules set `" + declared.name + "` to different values: " + names});
}

void warn_of_targets(Frame& frame, std::vector<Warning>& warnings) {
  auto const& policy = frame.policy();
  for (std::uint32_t at = 0; at < policy.answers.size(); ++at)
    warn_of_answer(frame, AnswerId(at), warnings);
  for (std::uint32_t at = 0; at < policy.scores.size(); ++at) {
    if (score_of(frame, ScoreId(at)).overflows)
      warnings.push_back({"computation.number-out-of-range", "",
                          "the sum of `" + policy.scores[at].name +
                              "` leads to a number that is too large or too fine"});
  }
}

}  // namespace

FactSet const* Waits::of(RuleId rule) const {
  auto const at = find(rules, rule);
  return at ? &of_rules[*at] : nullptr;
}

void find_waits(Waits& waits, Frame& plain, Frame& left_open) {
  auto const& policy = left_open.policy();
  SharedWalks shared;
  waits.rules.clear();
  waits.warnings.clear();
  std::ranges::set_union(plain.active, left_open.active, std::back_inserter(waits.rules));
  clear(waits.of_rules, waits.rules.size());
  clear(waits.of_answers, policy.answers.size());
  Growing<Edge> edges{plain.room}, edges_of_answers{plain.room};
  auto const authority = find_open_authority(plain, left_open);
  auto open = authority.begin();
  for (std::size_t at = 0; at < waits.rules.size(); ++at) {
    auto const id = waits.rules[at];
    auto const fires = plain.has_fired(id);
    auto const is_pending = left_open.is_pending(id);
    if (!fires && !is_pending) continue;
    auto const is_authority_open = open != authority.end() && open->rule == id;
    if (fires && !is_pending && !is_authority_open &&
        left_open.inputs.rules.briefs[index(id)].is_plain)
      continue;
    auto const& rule = policy.rules[index(id)];
    Walk walk{plain, left_open, shared};
    if (is_pending && rule.when) walk.into(*rule.when);
    if (is_pending) walk.into_overriding(id);
    if (fires) {
      walk_values(walk, rule);
      walk_texts(walk, policy, rule);
      std::ranges::move(find_missed_dues(plain, id), std::back_inserter(waits.warnings));
    } else {
      walk_bounds(walk, rule);
    }
    for (; open != authority.end() && open->rule == id; ++open) walk.into(*open->open);
    waits.of_rules[at].add(walk.found.facts);
    add_edges(edges, waits.rules, at, walk.found.rules);
    add_warnings(walk.found.warnings, rule.name, waits.warnings);
  }
  for (std::uint32_t at = 0; at < policy.answers.size(); ++at) {
    if (!policy.answers[at].reports) continue;
    Walk walk{plain, left_open, shared};
    walk.into(*policy.answers[at].reports);
    waits.of_answers[at].add(walk.found.facts);
    add_edges(edges_of_answers, waits.rules, at, walk.found.rules);
    add_warnings(walk.found.warnings, {}, waits.warnings);
  }
  wait_for_others(waits, edges);
  for (auto const& [at, from] : edges_of_answers) waits.of_answers[at].add(waits.of_rules[from]);
  warn_of_targets(plain, waits.warnings);
}

}  // namespace heed::run
