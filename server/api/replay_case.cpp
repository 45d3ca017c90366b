#include "server/api/replay_case.hpp"

#include <algorithm>
#include <set>

#include "server/api/logged_case.hpp"
#include "server/api/verify.hpp"
#include "server/json/decision.hpp"
#include "server/json/exact.hpp"
#include "server/json/resolved.hpp"

namespace heed::api {
namespace {

std::string canonical_decision(Decision const& decision, EngineVersion const& engine,
                               std::string const& id) {
  std::string text;
  json::write_canonical_decision(text, decision, engine, id);
  return text;
}

/// `/history/3/channel` as `/history/…/channel`: which event it was makes no group of its own.
std::string without_index(std::string const& pointer) {
  constexpr std::string_view history = "/history/";
  if (!pointer.starts_with(history)) return pointer;
  auto const end = std::min(pointer.find('/', history.size()), pointer.size());
  return std::string{history} + "…" + pointer.substr(end);
}

/// What `after` passes over and `before` did not.
std::vector<std::string> find_passed_over(Case const& before, Case const& after) {
  std::set<std::string> found;
  for (auto const& pointer : after.ignored)
    if (!std::ranges::binary_search(before.ignored, pointer)) found.insert(without_index(pointer));
  return {found.begin(), found.end()};
}

/// A condition that narrows which events are needed, so that those of two policies can be compared.
std::set<std::string> narrowing_of(RuleSet const& rules, EventsNeeded const& needed) {
  auto const& event = rules.policy.events[index(needed.event)];
  std::set<std::string> texts;
  for (auto const& [number, value] : needed.only) {
    auto text = event.fields[number].name + "=";
    if (!json::append_exact(text, value, event.fields[number].type)) text += "?";
    texts.insert(std::move(text));
  }
  return texts;
}

/// What was kept for `old` holds all that `fresh` needs.
bool covers(RuleSet const& before, EventsNeeded const& old, RuleSet const& after,
            EventsNeeded const& fresh) {
  if (old.across_customers) return false;
  auto const& then = before.policy.events[index(old.event)].name;
  auto const& now = after.policy.events[index(fresh.event)].name;
  bool const reaches = !old.after || (fresh.after && *old.after <= *fresh.after);
  if (then != now || !reaches) return false;
  return old.only.empty() || narrowing_of(before, old) == narrowing_of(after, fresh);
}

void find_missing(ReplayedCase& found, RuleSet const& before, Case const& old, RuleSet const& after,
                  Case const& fresh, Instant now) {
  auto const kept = find_events_needed(before, old, now);
  for (auto const& needed : find_events_needed(after, fresh, now)) {
    if (needed.across_customers) {
      found.no_figures.push_back(needed.figure);
      continue;
    }
    bool const is_kept = std::ranges::any_of(
        kept, [&](EventsNeeded const& each) { return covers(before, each, after, needed); });
    if (!is_kept) found.short_history.push_back(after.policy.events[index(needed.event)].name);
  }
}

std::string first_mistake(json::CaseMistakes const& mistakes) {
  if (mistakes.mistakes.empty()) return "it is no case";
  auto const& mistake = mistakes.mistakes.front();
  return (mistake.pointer.empty() ? "" : without_index(mistake.pointer) + ": ") + mistake.message;
}

bool is_by(std::string_view decision, EngineVersion const& engine) {
  return decision.find(engine_member(engine)) != std::string_view::npos;
}

}  // namespace

ReplayedCase replay_case(store::Record const& record, RuleSet const* before, RuleSet const& after,
                         EngineVersion const& engine) {
  using How = ReplayedCase::How;
  ReplayedCase found;
  auto const logged = open_logged(record);
  found.how = logged.kept != Kept::whole ? How::dropped : How::without_policy;
  if (logged.kept != Kept::whole || before == nullptr) return found;
  auto const old = json::read_resolved_case(*before, logged.case_json);
  if (!old) return found;
  auto const fresh = json::read_resolved_case(after, logged.case_json);
  if (!fresh) {
    found.how = How::unreadable;
    found.refusal = first_mistake(fresh.error());
    return found;
  }
  Instant const now{record.entry.at_us};
  auto was = decide(*before, old.value(), now);
  auto is = decide(after, fresh.value(), now);
  auto const then = canonical_decision(was, engine, record.entry.id);
  found.by_another_engine = !is_by(logged.decision_json, engine);
  found.not_as_logged = !found.by_another_engine && then != logged.decision_json;
  found.passed_over = find_passed_over(old.value(), fresh.value());
  find_missing(found, *before, old.value(), after, fresh.value(), now);
  // In these they differ as a matter of course.
  auto const swap_names = [&] {
    std::swap(is.policy, was.policy);
    std::swap(is.revision, was.revision);
  };
  swap_names();
  found.how = canonical_decision(is, engine, record.entry.id) == then ? How::same : How::changed;
  swap_names();
  if (found.how == How::same) return found;
  found.before = std::move(was);
  found.after = std::move(is);
  return found;
}

}  // namespace heed::api
