#pragma once
#include <string>
#include <vector>

#include "engine/run/frame.hpp"
#include "engine/run/waits.hpp"

/// The parts of a decision, each from a settled frame, in the order of part 3.11 of the language.
namespace heed::run {

std::vector<NeedFinding> list_needs(Frame& frame);
std::vector<ScoreFinding> list_scores(Frame& frame);
std::vector<AnswerFinding> list_answers(Frame& frame);
/// Warns where values that join cannot be compared.
std::vector<PlanItem> list_plan(Frame& frame, std::vector<Warning>& warnings);
std::vector<Forbidding> list_forbidden(Frame const& frame);
std::vector<Withholding> list_withheld(Frame& frame);
std::vector<Saying> list_sayings(Frame& frame);
std::vector<Offering> list_choices(Frame& frame);
std::vector<CheckFinding> list_checks(Frame& frame);
std::vector<Escalation> list_escalations(Frame& frame);
std::vector<AlertFinding> list_alerts(Frame& frame);
std::vector<Recording> list_recordings(Frame& frame);
/// `plain` is read for what `ask` in rules that fire asks for.
std::vector<Question> list_questions(Frame const& plain, Waits const& waits);

/// Rules by name; `rules` may hold one more than once, in any order.
std::vector<std::string> names_of(Policy const& policy, std::vector<RuleId> rules);
std::vector<Reason> reasons_of(Frame& frame, std::vector<RuleId> rules);
/// The rules of these writings that stand at `status`, ascending, each once.
std::vector<RuleId> rules_at(Frame const& frame, Writings const& writings, RuleStatus status);

/// The value where it is known, otherwise null; null too for none.
Shown show_outcome(Value const* value, Type const& type, Zone const& zone);

}  // namespace heed::run
