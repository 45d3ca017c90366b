#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "engine/base/room.hpp"
#include "engine/run/decision.hpp"

/// A decision that borrows what it says: names and constant texts from the rule set, the rest from
/// whoever decided. Member for member what engine/run/decision.hpp holds, without owning any of it;
/// it means something as long as the rule set, the case and the frame it was read from.
namespace heed::lent {

/// Of a part that says the same in every case: what was written of it, for who writes it again, in
/// each form that there is. Filled in by who writes; empty until then. It belongs to whom the
/// decision is borrowed from, and to its thread.
struct Written {
  Room* room = nullptr;  // where the texts live
  std::array<std::string_view, 2> forms;
};

using Name = std::string_view;
using Names = List<Name>;

struct Text {
  Name language;
  std::string_view text;
};
using Texts = List<Text>;

struct Shown {
  struct Decimal {
    std::string_view text;
  };
  struct Amount {
    std::string_view amount, currency;
  };
  std::variant<std::monostate, None, bool, Decimal, Amount, std::string_view, List<Shown>> form;
};
struct Given {
  Name name;
  Shown value;
};

struct Reason {
  Name rule;
  Texts text;
  Written* written = nullptr;  // null: it belongs to this case
};
struct NeedFinding {
  Name need;
  NeedKind kind = NeedKind::functional;
  NeedState state = NeedState::met, could_be = NeedState::met;
  int severity = 0, could_be_severity = 0;
  Picked<Reason> because;
};
struct ScoreFinding {
  Name score;
  std::optional<Number> value;
  Number least, most;
};
struct AnswerFinding {
  Name answer;
  Shown value, could_be;
  Names rules;
};
struct Approval {
  Name role, limit;
};
struct PlanItem {
  std::optional<Name> phase;
  Name action;
  List<Given> with;
  Name by;
  std::optional<Name> internal_to;
  std::optional<Instant> due, expires;
  Counted const* counted = nullptr;
  std::optional<Approval> approval;
  std::optional<Name> requires_;
  Names unless, rules;
  Written* written = nullptr;  // null: it belongs to this case
};
struct Saying {
  std::optional<Name> script;
  Texts text;
  Names rules;
};
struct Offering {
  struct Option {
    Name action;
    List<Given> with;
    std::optional<Name> requires_;
    Names unless;
  };
  List<Option> options;
  Names rules;
};
struct CheckFinding {
  Name before;
  Texts text;
  Names rules;
};
struct Escalation {
  struct Step {
    Name to;
    std::optional<Instant> due;
  };
  std::optional<Name> to;
  std::optional<Instant> due;
  Counted const* counted = nullptr;
  List<Step> then;
  Name could_be;
  Names rules;
  Picked<Reason> because;
};
struct AlertFinding {
  Name role;
  std::optional<Instant> due;
  Names rules;
};
struct Recording {
  Name event;
  List<Given> with;
  Names rules;
  Happened const* happened = nullptr;
};
struct Forbidding {
  Name action;
  Names rules;
};
struct Withholding {
  Name action, requires_;
  Names rules;
};
struct Question {
  Name fact, type;
  List<std::string> values;
  Texts ask;
  Names could_change;
};
struct Match {
  Name fact, phrases, phrase;
  std::uint32_t begin = 0, end = 0;
};
struct Warning {
  Name code, rule;
  std::string_view text;
};

struct Decision {
  Instant at;
  std::string_view subject;
  Name policy, revision;
  List<NeedFinding> needs;
  List<ScoreFinding> scores;
  List<AnswerFinding> answers;
  Picked<PlanItem> plan;
  List<Saying> say;
  List<Offering> choices;
  List<CheckFinding> checks;
  List<Escalation> escalations;
  List<AlertFinding> alerts;
  List<Recording> record;
  List<Forbidding> forbidden;
  List<Withholding> withheld;
  List<Question> questions;
  List<Match> matches;
  Names fired, pending;
  List<std::string> ignored;
  List<Warning> warnings;
  Figures const* figures = nullptr;  // null: none
  Zone zone = Zone::utc();
};

/// Copies that stand on their own.
heed::Decision own(Decision const& decision);
heed::Texts own(Texts const& texts);
heed::Shown own(Shown const& shown);

/// As heed::show; what is not in the value or the type is put into `room`.
Shown show(Value const& value, Type const& type, Zone const& zone, Room& room);

}  // namespace heed::lent
