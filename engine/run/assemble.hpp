#pragma once
#include <string>
#include <vector>

#include "engine/run/frame.hpp"
#include "engine/run/lent.hpp"
#include "engine/run/unchanging.hpp"
#include "engine/run/waits.hpp"

/// The parts of a decision, each from a settled frame, in the order of part 3.11 of the language.
/// They live as long as the frame, and `unchanging`, which may be null: it has the parts that are
/// the same in every case.
namespace heed::run {

List<lent::NeedFinding> list_needs(Frame& frame, Unchanging* unchanging);
List<lent::ScoreFinding> list_scores(Frame& frame);
List<lent::AnswerFinding> list_answers(Frame& frame);
/// Warns where values that join cannot be compared.
Picked<lent::PlanItem> list_plan(Frame& frame, Unchanging* unchanging,
                                 std::vector<Warning>& warnings);
List<lent::Forbidding> list_forbidden(Frame& frame);
List<lent::Withholding> list_withheld(Frame& frame);
List<lent::Saying> list_sayings(Frame& frame);
List<lent::Offering> list_choices(Frame& frame);
List<lent::CheckFinding> list_checks(Frame& frame);
List<lent::Escalation> list_escalations(Frame& frame, Unchanging* unchanging);
List<lent::AlertFinding> list_alerts(Frame& frame);
List<lent::Recording> list_recordings(Frame& frame);
/// `plain` is read for what `ask` in rules that fire asks for.
List<lent::Question> list_questions(Frame& plain, Waits const& waits);

/// Rules of a frame, in its room.
using Rules = Growing<RuleId>;

/// Rules by name, each once; puts `rules` in order, which may hold one more than once.
lent::Names names_of(Frame& frame, Rules rules);
Picked<lent::Reason> reasons_of(Frame& frame, Rules rules, Unchanging* unchanging);
/// The rules of these writings that stand at `status`, ascending, each once.
Rules rules_at(Frame& frame, std::span<Writing const> writings, RuleStatus status);

/// The value where it is known, otherwise null; null too for none.
Shown show_outcome(Value const* value, Type const& type, Zone const& zone);
lent::Shown lend_outcome(Frame& frame, Value const* value, Type const& type);

/// Texts that the policy holds, as a decision lends them.
lent::Texts lend(Frame& frame, Texts const& texts);

}  // namespace heed::run
