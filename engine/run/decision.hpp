#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/calendar.hpp"
#include "engine/run/case.hpp"

/// What Heed answers to a case, as plain data that stands on its own. Its JSON shape is
/// schemas/decision.schema.json; every list is in the order of part 3.11 of the language.
namespace heed {

/// A value ready to be written: null where unknown, numbers as exact decimal text. JSON writes none
/// as null, too.
struct Shown {
  struct Decimal {
    std::string text;
  };
  struct Amount {
    std::string amount, currency;
  };
  std::variant<std::monostate, None, bool, Decimal, Amount, std::string, std::vector<Shown>> form;
};

/// A value of the type as a decision and an explanation show it: rounded, choices by name, times in
/// the policy's zone. Null for nothing.
Shown show(std::optional<Value> const& value, Type const& type, Zone const& zone);

struct Reason {
  std::string rule;
  Texts text;  // its because; may be empty
};

struct NeedFinding {
  std::string need;
  NeedKind kind = NeedKind::functional;
  NeedState state = NeedState::met, could_be = NeedState::met;
  int severity = 0, could_be_severity = 0;
  std::vector<Reason> because;  // the rules that fired and wrote it
};
struct ScoreFinding {
  std::string score;
  std::optional<Number> value;  // nothing where a rule added an unknown
  Number least, most;
};
struct AnswerFinding {
  std::string answer;
  Shown value, could_be;
  std::vector<std::string> rules;
};
/// Whose approval a plan item needs: the lowest role that may give what it gives.
struct Approval {
  std::string role;
  std::string limit;  // the role's own, as the language writes it; or `unlimited`
};
struct PlanItem {
  std::optional<std::string> phase;
  std::string action;
  std::vector<std::pair<std::string, Shown>>
      with;        // by name; parameters that no rule names are left out
  std::string by;  // empty where the policy has no roles
  std::optional<std::string> internal_to;
  std::optional<Instant> due, expires;
  std::optional<Counted> counted;  // how `due` was counted; without one, how `expires` was
  std::optional<Approval> approval;
  std::optional<std::string> requires_;  // the condition that is still unknown
  std::vector<std::string> unless;       // pending rules that would forbid it
  std::vector<std::string> rules;
};
struct Saying {
  std::optional<std::string> script;  // nothing where the rule holds the text itself
  Texts text;
  std::vector<std::string> rules;
};
/// What the customer may choose between.
struct Offering {
  struct Option {
    std::string action;
    std::vector<std::pair<std::string, Shown>> with;
    std::optional<std::string> requires_;  // as in a plan item
    std::vector<std::string> unless;       // likewise
  };
  std::vector<Option> options;  // by action, then what it is given
  std::vector<std::string> rules;
};
struct CheckFinding {
  std::string before;  // a phase
  Texts text;
  std::vector<std::string> rules;
};
struct Escalation {
  struct Step {
    std::string to;
    std::optional<Instant> due;
  };
  std::optional<std::string> to;  // nothing where only a pending rule could bring one
  std::optional<Instant> due;
  std::optional<Counted> counted;  // how `due` was
  std::vector<Step> then;
  std::string could_be;
  std::vector<std::string> rules;
  std::vector<Reason> because;
};
struct AlertFinding {
  std::string role;
  std::optional<Instant> due;
  std::vector<std::string> rules;
};
struct Recording {
  std::string event;
  std::vector<std::pair<std::string, Shown>> with;
  std::vector<std::string> rules;
  Happened happened;  // as it stands in the history from now on, with the fields that are known
};
struct Forbidding {
  std::string action;
  std::vector<std::string> rules;
};
struct Withholding {
  std::string action;
  std::string requires_;  // the condition that is false
  std::vector<std::string> rules;
};
struct Question {
  std::string fact;
  std::string type;                 // "yes or no", "one of", "money", "set of text", …
  std::vector<std::string> values;  // of a choice; empty otherwise
  Texts ask;                        // its ask, else its title; may be empty
  std::vector<std::string> could_change;
};
struct Match {
  std::string fact, phrases, phrase;
  std::uint32_t begin = 0, end = 0;  // code points of the text as sent
};
struct Warning {
  std::string code;
  std::string rule;  // empty where no one rule is concerned
  std::string text;
};

struct Decision {
  Instant at;
  std::string subject;
  std::string policy, revision;
  std::vector<NeedFinding> needs;
  std::vector<ScoreFinding> scores;
  std::vector<AnswerFinding> answers;
  std::vector<PlanItem> plan;
  std::vector<Saying> say;
  std::vector<Offering> choices;
  std::vector<CheckFinding> checks;
  std::vector<Escalation> escalations;
  std::vector<AlertFinding> alerts;
  std::vector<Recording> record;
  std::vector<Forbidding> forbidden;
  std::vector<Withholding> withheld;
  std::vector<Question> questions;
  std::vector<Match> matches;
  std::vector<std::string> fired, pending;
  std::vector<std::string> ignored;
  std::vector<Warning> warnings;
  Figures figures;          // across customers, that were used; not part of the answer
  Zone zone = Zone::utc();  // in which times are written
};

}  // namespace heed
