#pragma once
#include <compare>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/check/policy.hpp"

/// What a policy becomes to decide cases quickly. Immutable: any number of threads may read one.
namespace heed {

class PhraseMatcher;  // engine/compile/phrases.hpp
class Speech;         // engine/compile/speech.hpp
struct RuleIndex;     // engine/compile/index.hpp

/// Rules that are settled together; see Policy::layers.
struct Layer {
  std::vector<RuleId> rules;
  bool repeats = false;  // applied until nothing changes: they read needs that they write
};

/// A consequence that writes a target: `rules[rule].then[consequence]`.
struct Writing {
  RuleId rule{};
  std::uint32_t consequence = 0;
  std::uint32_t list = 0;        // number of the list of Writers that it is written into
  bool is_repeated = false;      // the rule says the same in an earlier consequence
  bool is_plain = false;         // a Do that is done once, whenever its rule fires
  std::uint32_t item = no_item;  // number of the plan item that it comes to, where that is constant

  static constexpr std::uint32_t no_item = ~std::uint32_t{0};
};
using Writings = std::vector<Writing>;  // by rule, then consequence

/// Who writes each target, by the target's id.
template <class List>
struct WritersIn {
  std::vector<List> of_needs, of_scores, of_answers;
  std::vector<List> doing, forbidding;  // by ActionId; doing: each a Do or an Instead
  List asking, offering, escalating, saying, checking, alerting, recording;
};
using Writers = WritersIn<Writings>;

/// A text fact and phrases that some condition of the policy looks for in it.
struct Mentioned {
  FactId fact{};
  PhrasesId phrases{};
  auto operator<=>(Mentioned const&) const = default;
};

/// An expression that reads the past; one of the two is not null.
struct HistoryRead {
  EventId event{};
  EventWindow const* window = nullptr;
  TimeSince const* since = nullptr;
};

/// A list for each target, and nobody who writes it.
template <class List>
WritersIn<List> make_writers(Policy const& policy) {
  WritersIn<List> writers;
  writers.of_needs.resize(policy.needs.size());
  writers.of_scores.resize(policy.scores.size());
  writers.of_answers.resize(policy.answers.size());
  writers.doing.resize(policy.actions.size());
  writers.forbidding.resize(policy.actions.size());
  return writers;
}

/// Calls `visit(list)` for each list, in the order of their numbers.
template <class AnyWriters, class Visit>
void for_each_list(AnyWriters& writers, Visit const& visit) {
  for (auto* lists : {&writers.of_needs, &writers.of_scores, &writers.of_answers, &writers.doing,
                      &writers.forbidding})
    for (auto& list : *lists) visit(list);
  for (auto* list : {&writers.asking, &writers.offering, &writers.escalating, &writers.saying,
                     &writers.checking, &writers.alerting, &writers.recording})
    visit(*list);
}

/// What a rule does, in short: from its own beginnings up to those of the next rule.
struct Brief {
  std::uint32_t writings = 0, need_writes = 0;
  bool is_overridden = false;  // by some rule
  bool is_plain = false;       // nothing of what it brings about can be unknown or fail
};

/// A plan item that is the same whenever the rule fires of which it is, and none that fires with it
/// gives the same: nothing of it is computed, joined, judged or required.
struct ConstantItem {
  RuleId rule{};
  std::uint32_t consequence = 0;
  std::uint32_t rank = 0;  // among those of its action, by what is given: equal where that is
};

struct RuleSet {
  Policy policy;
  std::string revision;  // hash of the sources, as the caller computed it
  std::vector<Layer> layers;
  std::shared_ptr<PhraseMatcher const> phrases;
  /// By language: of those in which some text has slots.
  std::map<std::string, std::shared_ptr<Speech const>, std::less<>> speech;
  Writers writers;
  std::vector<Brief> briefs;           // by rule, and one behind the last
  std::vector<Writing> writings;       // all of them, rule by rule
  std::vector<WriteNeed> need_writes;  // likewise
  std::vector<ConstantItem> constant_items;
  std::shared_ptr<RuleIndex const> index;       // null: each rule is asked
  std::vector<std::vector<RuleId>> overriding;  // by rule: those that override it, ascending
  std::vector<Mentioned> mentions;              // ascending, each once
  std::vector<HistoryRead>
      history;  // every expression of rules and what they read that reads the past
  std::vector<bool> events_read;            // by EventId: by those, or in an expectation of a test
  std::vector<std::vector<NeedId>> serves;  // by rule: the needs that it reads or writes
  std::vector<std::string> changes;         // what rules can change: `need:respect`, …, by name
  std::vector<std::vector<std::uint32_t>> changes_of_rule;  // indexes into `changes`, ascending
  std::vector<std::uint32_t> changes_of_answer;             // of answers that report, by AnswerId
  /// Who does what no rule gives to anyone: the lowest role of the line with the most roles. The
  /// first of Policy::roles where there are none.
  RoleId lowest_role{};

  std::span<Writing const> writings_of(RuleId rule) const {
    return {writings.data() + briefs[heed::index(rule)].writings,
            writings.data() + briefs[heed::index(rule) + 1].writings};
  }
  std::span<WriteNeed const> need_writes_of(RuleId rule) const {
    return {need_writes.data() + briefs[heed::index(rule)].need_writes,
            need_writes.data() + briefs[heed::index(rule) + 1].need_writes};
  }
};

/// Whether rules are looked up by what is known. What is decided is the same.
enum class Indexing { on, off };

/// Compiles a policy that has no errors. Never fails.
std::shared_ptr<RuleSet const> compile(Policy policy, std::string revision,
                                       Indexing indexing = Indexing::on);

}  // namespace heed
