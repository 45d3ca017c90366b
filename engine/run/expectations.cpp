#include "engine/run/expectations.hpp"

#include <algorithm>

#include "engine/run/assemble.hpp"
#include "engine/run/deadlines.hpp"
#include "engine/run/deeds.hpp"
#include "engine/run/evaluate.hpp"
#include "engine/run/kleene.hpp"
#include "engine/run/parameters.hpp"
#include "engine/run/planned.hpp"
#include "engine/run/targets.hpp"
#include "engine/run/trace.hpp"
#include "engine/run/words_of_values.hpp"

namespace heed::run {
namespace {

/// How sure it is that what is expected came about, and what there is instead.
struct Finding {
  Truth truth = Truth::unknown;
  std::string found;
};

std::string join_names(std::vector<std::string> const& names) {
  std::string text;
  for (auto const& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

/// Whether any of the writings that `matches` was brought by a rule that fired, or could be by a
/// pending one.
template <class Matches>
Truth find_written(Frame const& frame, std::span<Writing const> writings, Matches const& matches) {
  auto truth = Truth::no;
  for (auto const& writing : writings) {
    if (!matches(writing)) continue;
    if (frame.has_fired(writing.rule)) return Truth::yes;
    if (frame.is_pending(writing.rule)) truth = Truth::unknown;
  }
  return truth;
}

constexpr auto any = [](Writing const&) { return true; };

std::string describe(Truth truth, std::string const& subject, std::string_view participle) {
  if (truth == Truth::yes) return subject + " is " + std::string{participle};
  if (truth == Truth::no) return subject + " is not " + std::string{participle};
  return "a pending rule could still bring about that " + subject + " is " +
         std::string{participle};
}

Finding find(Deciding& deciding, Expectation::Condition const& form) {
  Finding finding{truth_of(deciding.plain, *form.holds), {}};
  finding.found = finding.truth == Truth::unknown ? "it is unknown" : "";
  if (finding.truth == Truth::no) finding.found = "it does not hold";
  if (finding.truth == Truth::yes) finding.found = "it holds";
  std::string reads;
  for (auto const& read : list_reads(deciding.plain, *form.holds)) {
    reads += (reads.empty() ? "" : ", ") + read.name + " is ";
    reads += read.known ? words_of(read.value, Language::english) : "unknown";
  }
  if (!reads.empty()) finding.found += ": " + reads;
  return finding;
}

/// Whether a plan item is what the expectation names: with these arguments, this role and deadline.
bool is_expected(Frame& frame, PlanItem const& item, Do const& what) {
  auto const& policy = frame.policy();
  auto const& action = policy.actions[index(what.action)];
  if (item.action != action.name) return false;
  if (what.by && item.by != policy.roles[index(*what.by)].name) return false;
  if (what.within && item.due != due_of(frame, *what.within).at) return false;
  if (what.expires_after &&
      item.expires != due_after(frame, frame.inputs.now, *what.expires_after).at)
    return false;
  for (auto const& argument : what.arguments) {
    auto const& parameter = action.takes[argument.parameter];
    auto const with =
        std::ranges::find(item.with, parameter.name, &std::pair<std::string, Shown>::first);
    if (with == item.with.end()) return false;
    auto const* value = settled_value_of(frame, *argument.value);
    auto const expected = show_outcome(value, parameter.type, policy.zone);
    if (words_of(with->second, Language::english) != words_of(expected, Language::english))
      return false;
  }
  return true;
}

std::string describe(PlanItem const& item, Zone const& zone) {
  auto text = "do " + item.action;
  for (auto const& [name, value] : item.with)
    text += " " + name + " " + words_of(value, Language::english);
  if (!item.by.empty()) text += " by " + item.by;
  if (item.due) text += ", due " + zone.to_text(*item.due);
  if (item.requires_) text += ", where it is unknown whether " + *item.requires_;
  if (!item.unless.empty()) text += ", unless forbidden by " + join_names(item.unless);
  return text;
}

Finding find(Deciding& deciding, Expectation::Action const& form) {
  auto& frame = deciding.plain;
  auto const action = form.what.action;
  auto const& name = frame.policy().actions[index(action)].name;
  auto const advised = is_advised(frame, action);
  if (advised == Truth::no) return {Truth::no, name + " is not advised"};
  Finding finding{Truth::no, {}};
  for (auto const& item : deciding.decision.plan) {
    if (item.action != name) continue;
    finding.found += (finding.found.empty() ? "" : "; ") + describe(item, deciding.decision.zone);
    if (is_expected(frame, item, form.what)) finding.truth = advised;
  }
  auto const& doing = frame.writers.doing[index(action)];
  auto const may_still = std::ranges::any_of(
      doing, [&](Writing const& writing) { return is_done(frame, writing) == Truth::unknown; });
  if (!may_still) return finding;
  finding.truth = either(finding.truth, Truth::unknown);
  finding.found += (finding.found.empty() ? "" : "; ") + std::string{"a pending rule could do it"};
  return finding;
}

Finding find(Deciding& deciding, Expectation::Forbidden const& form) {
  auto const& frame = deciding.plain;
  auto const truth = find_written(frame, frame.writers.forbidding[index(form.action)], any);
  return {truth, describe(truth, frame.policy().actions[index(form.action)].name, "forbidden")};
}

std::string describe(Escalation const& escalation, Zone const& zone) {
  auto text = "escalated to " + escalation.to.value_or("nobody yet");
  if (escalation.due) text += ", due " + zone.to_text(*escalation.due);
  if (escalation.could_be != escalation.to) text += ", could be to " + escalation.could_be;
  return text;
}

/// Sure where a rule that fired brought it as expected; surely not where none could.
Truth test_escalation(Frame& frame, Escalation const& found, Expectation::Escalation const& form) {
  if (!form.to) return found.to ? Truth::yes : Truth::unknown;
  auto const& roles = frame.policy().roles;
  auto const& wanted = roles[index(*form.to)];
  if (found.to == wanted.name)
    return truth_from(!form.within || found.due == due_of(frame, *form.within).at);
  auto const could_be = std::ranges::find(roles, found.could_be, &Role::name);
  if (could_be->line != wanted.line || could_be->rank < wanted.rank) return Truth::no;
  if (!found.to) return Truth::unknown;
  auto const to = std::ranges::find(roles, *found.to, &Role::name);
  return to->rank > wanted.rank ? Truth::no : Truth::unknown;
}

Finding find(Deciding& deciding, Expectation::Escalation const& form) {
  Finding finding{Truth::no, {}};
  for (auto const& escalation : deciding.decision.escalations) {
    finding.found +=
        (finding.found.empty() ? "" : "; ") + describe(escalation, deciding.decision.zone);
    finding.truth = either(finding.truth, test_escalation(deciding.plain, escalation, form));
  }
  if (finding.found.empty()) finding.found = "no escalation";
  return finding;
}

Finding find(Deciding& deciding, Expectation::Question const& form) {
  std::vector<std::string> facts;
  for (auto const& question : deciding.decision.questions) facts.push_back(question.fact);
  auto const& policy = deciding.plain.policy();
  auto const is_asked =
      form.fact ? std::ranges::find(facts, policy.facts[index(*form.fact)].name) != facts.end()
                : !facts.empty();
  return {truth_from(is_asked), facts.empty() ? "no question" : "asks " + join_names(facts)};
}

/// Sure where it is in a choice and nothing that is open could take it out.
Finding find(Deciding& deciding, Expectation::Offered const& form) {
  auto& frame = deciding.plain;
  auto const& name = frame.policy().actions[index(form.action)].name;
  auto truth = Truth::no;
  for (auto const& choice : deciding.decision.choices) {
    for (auto const& option : choice.options) {
      if (option.action != name) continue;
      auto const is_sure = !option.requires_ && option.unless.empty();
      truth = either(truth, is_sure ? Truth::yes : Truth::unknown);
    }
  }
  auto const matches = [&](Writing const& writing) {
    return frame.is_pending(writing.rule) &&
           std::ranges::any_of(consequence_of<Offer>(frame, writing).actions,
                               [&](Do const& one) { return one.action == form.action; });
  };
  auto const is_out =
      is_forbidden(frame, form.action) || may_be_done(frame, form.action) == Truth::no;
  if (truth == Truth::no && !is_out) truth = find_written(frame, frame.writers.offering, matches);
  if (truth == Truth::unknown) return {truth, "it is not sure whether " + name + " is offered"};
  return {truth, describe(truth, name, "offered")};
}

Finding find(Deciding& deciding, Expectation::Said const& form) {
  auto const& frame = deciding.plain;
  auto const matches = [&](Writing const& writing) {
    return consequence_of<Say>(frame, writing).script == form.script;
  };
  auto const truth = find_written(frame, frame.writers.saying, matches);
  return {truth, describe(truth, frame.policy().scripts[index(form.script)].name, "said")};
}

Finding find(Deciding& deciding, Expectation::Alerted const& form) {
  auto const& frame = deciding.plain;
  auto const matches = [&](Writing const& writing) {
    return consequence_of<Alert>(frame, writing).role == form.role;
  };
  auto const truth = find_written(frame, frame.writers.alerting, matches);
  return {truth, describe(truth, frame.policy().roles[index(form.role)].name, "alerted")};
}

Finding find(Deciding& deciding, Expectation::Recorded const& form) {
  auto const& frame = deciding.plain;
  auto const matches = [&](Writing const& writing) {
    return consequence_of<Record>(frame, writing).event == form.event;
  };
  auto const truth = find_written(frame, frame.writers.recording, matches);
  return {truth, describe(truth, frame.policy().events[index(form.event)].name, "recorded")};
}

}  // namespace

ExpectationResult check(Deciding& deciding, Expectation const& expectation) {
  auto finding =
      std::visit([&deciding](auto const& form) { return find(deciding, form); }, expectation.form);
  ExpectationResult result;
  result.where = expectation.where;
  result.text = expectation.text;
  result.holds = finding.truth == (expectation.negated ? Truth::no : Truth::yes);
  if (!result.holds) result.found = std::move(finding.found);
  return result;
}

}  // namespace heed::run
