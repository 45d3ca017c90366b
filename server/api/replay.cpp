#include "server/api/replay.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <thread>

#include "server/api/loaded_policies.hpp"
#include "server/api/replay_case.hpp"
#include "server/store/kinds.hpp"

namespace heed::api {
namespace {

constexpr std::size_t records_at_a_time = 512;

using Groups = std::map<std::string, pages::ReplayGroup, std::less<>>;

void count(Groups& groups, std::string const& what, CaseName const& name) {
  auto& group = groups[what];
  group.what = what;
  ++group.cases;
  if (group.names.size() < replay_named_max) group.names.push_back(name);
}

/// The most cases first.
std::vector<pages::ReplayGroup> sorted(Groups groups) {
  std::vector<pages::ReplayGroup> list;
  for (auto& [what, group] : groups) list.push_back(std::move(group));
  std::ranges::stable_sort(list, std::ranges::greater{}, &pages::ReplayGroup::cases);
  return list;
}

/// A revision that decided, and how its decisions compare.
struct Then {
  std::optional<store::StoredPolicy> stored;
  std::shared_ptr<RuleSet const> rules;  // null where it cannot be loaded
  std::unique_ptr<Comparer> comparer;
  std::uint64_t same = 0;  // that the comparer was not asked about
};

class Replaying {
 public:
  Replaying(store::Reader& reader, PolicySide const& policy, ReplayOptions const& options)
      : reader_{&reader}, policy_{policy}, options_{&options} {
    auto const& rules = policy.rules;
    found_.policy = {rules.policy.name, rules.revision, rules.policy.title};
    found_.zone = rules.policy.zone;
  }

  Expected<pages::Replay, Error> run();

 private:
  Expected<Done, Error> know_policies(std::vector<store::Record> const& records);
  std::vector<ReplayedCase> decide_all(std::vector<store::Record> const& records);
  void add(store::Record const& record, ReplayedCase const& replayed);
  void compare(store::Record const& record, ReplayedCase const& replayed, CaseName const& name);
  void finish();

  store::Reader* reader_;
  PolicySide policy_;
  ReplayOptions const* options_;
  EngineVersion engine_ = engine_version();
  LoadedPolicies loaded_;
  std::map<std::string, Then, std::less<>> thens_;  // by revision
  std::vector<std::string> order_;                  // revisions as they came
  Groups refusals_, passed_over_, short_history_, no_figures_;
  pages::Replay found_;
};

Expected<Done, Error> Replaying::know_policies(std::vector<store::Record> const& records) {
  for (auto const& record : records) {
    auto const& revision = record.entry.revision;
    if (thens_.contains(revision)) continue;
    auto stored = reader_->policy(revision);
    if (!stored) return Failure<Error>{stored.error()};
    auto& then = thens_[revision];
    order_.push_back(revision);
    then.stored = std::move(stored).value();
    if (then.stored) then.rules = loaded_.rules_of(*then.stored);
    if (then.rules)
      then.comparer = std::make_unique<Comparer>(PolicySide{then.stored->sources, *then.rules},
                                                 policy_, options_->examples);
  }
  return Done{};
}

/// In the order of the records, whoever decided which.
std::vector<ReplayedCase> Replaying::decide_all(std::vector<store::Record> const& records) {
  std::vector<ReplayedCase> replayed(records.size());
  std::atomic<std::size_t> next = 0;
  auto const work = [&] {
    for (auto at = next++; at < records.size(); at = next++) {
      auto const& then = thens_.find(records[at].entry.revision)->second;
      replayed[at] = replay_case(records[at], then.rules.get(), policy_.rules, engine_);
    }
  };
  auto const jobs =
      options_->jobs != 0 ? options_->jobs : std::max(1u, std::thread::hardware_concurrency());
  std::vector<std::thread> threads;
  for (unsigned job = 1; job < jobs; ++job) threads.emplace_back(work);
  work();
  for (auto& thread : threads) thread.join();
  return replayed;
}

void Replaying::compare(store::Record const& record, ReplayedCase const& replayed,
                        CaseName const& name) {
  auto& then = thens_.find(record.entry.revision)->second;
  ++found_.compared;
  if (replayed.how == ReplayedCase::How::same) {
    ++then.same;
    return;
  }
  if (!then.comparer->add(name, *replayed.before, *replayed.after)) return;
  ++found_.changed;
  if (found_.changes.size() < replay_listed_max)
    found_.changes.push_back({record.sequence, record.entry.id, record.entry.subject,
                              record.entry.revision, Instant{record.entry.at_us}});
}

void Replaying::add(store::Record const& record, ReplayedCase const& replayed) {
  using How = ReplayedCase::How;
  CaseName const name{static_cast<std::uint64_t>(record.sequence), record.entry.subject};
  ++found_.decisions;
  switch (replayed.how) {
    case How::dropped:
      ++found_.dropped;
      return;
    case How::without_policy:
      ++found_.without_policy;
      return;
    case How::unreadable:
      ++found_.unreadable;
      count(refusals_, replayed.refusal, name);
      return;
    case How::same:
    case How::changed:
      break;
  }
  if (replayed.by_another_engine) ++found_.by_another_engine;
  if (replayed.not_as_logged) ++found_.not_as_logged;
  for (auto const& what : replayed.passed_over) count(passed_over_, what, name);
  for (auto const& what : replayed.short_history) count(short_history_, what, name);
  for (auto const& what : replayed.no_figures) count(no_figures_, what, name);
  compare(record, replayed, name);
}

void Replaying::finish() {
  for (auto const& revision : order_) {
    auto& then = thens_.find(revision)->second;
    if (!then.comparer) continue;
    auto comparison = std::move(*then.comparer).finish();
    comparison.cases += then.same;
    comparison.same += then.same;
    if (comparison.cases > 0) found_.comparisons.push_back(std::move(comparison));
  }
  found_.refusals = sorted(std::move(refusals_));
  found_.passed_over = sorted(std::move(passed_over_));
  found_.short_history = sorted(std::move(short_history_));
  found_.no_figures = sorted(std::move(no_figures_));
}

Expected<pages::Replay, Error> Replaying::run() {
  auto filter = options_->filter;
  filter.kind = store::kinds::decision;
  store::PageRequest request{.order = store::Order::oldest_first, .limit = records_at_a_time};
  std::uint64_t so_far = 0;
  do {
    auto page = reader_->list(filter, request);
    if (!page) return Failure<Error>{page.error()};
    auto const& records = page.value().records;
    if (auto known = know_policies(records); !known) return Failure<Error>{known.error()};
    auto const replayed = decide_all(records);
    for (std::size_t at = 0; at < records.size(); ++at) add(records[at], replayed[at]);
    so_far += records.size();
    if (options_->progress) options_->progress(so_far);
    request.cursor = page.value().next;
  } while (!request.cursor.empty());
  finish();
  return std::move(found_);
}

}  // namespace

Expected<pages::Replay, Error> replay(store::Reader& reader, PolicySide const& policy,
                                      ReplayOptions const& options) {
  return Replaying{reader, policy, options}.run();
}

}  // namespace heed::api
