#pragma once
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/check/wording.hpp"

/// Rules of a checked policy and what they bring about.
namespace heed {

/// A text by language code, `en` and `he`. A text without a language stands under the policy's
/// first.
using Texts = std::map<std::string, std::string, std::less<>>;

struct Deadline {
  ExpressionPtr within;  // a duration
  ExpressionPtr of;      // a time; null: now
};
struct Argument {
  std::uint32_t parameter = 0;  // index into Action::takes or Event::fields
  ExpressionPtr value;
};
/// `for each item in LIST where (…)`: once for each item that fits; what stands beside it may read
/// the item's fields.
struct ForEach {
  ExpressionPtr list;   // a FactValue of kind list
  ExpressionPtr where;  // a condition of one item; null: all of them
};
struct WriteNeed {
  NeedId need;
  NeedState state;
  int severity = 3;
};
struct Do {
  ActionId action;
  std::vector<Argument> arguments;  // by parameter; those not written are left out
  std::optional<RoleId> by;
  std::optional<Deadline> within;
  std::optional<ForEach> for_each;
  ExpressionPtr expires_after;  // a duration, from now; null: never
};
struct Forbid {
  ActionId action;
};
/// The second half of `forbid X, instead do Y`; its first half is a Forbid beside it. Does `what`
/// where a rule that fired does `of`.
struct Instead {
  ActionId of;
  Do what;
};
/// The customer chooses one of them.
struct Offer {
  std::vector<Do> actions;  // with their arguments alone
};
struct Say {
  std::optional<ScriptId> script;  // nothing where the rule holds the text itself
  Wordings text;                   // of the script, or as written in the rule
};
struct Ask {
  FactId fact;
};
struct Escalate {
  struct Step {
    RoleId to;
    ExpressionPtr after;
  };
  RoleId to;
  std::optional<Deadline> within;
  std::vector<Step> then;
};
struct Alert {
  RoleId role;
  std::optional<Deadline> within;
};
struct AddToScore {
  ScoreId score;
  ExpressionPtr value;
};
/// `set ANSWER to VALUE`, and `add VALUE to ANSWER`: then the value is an item or a set.
struct SetAnswer {
  AnswerId answer;
  ExpressionPtr value;
};
struct Record {
  EventId event;
  std::vector<Argument> fields;
};
struct Check {
  Wordings text;
  std::uint32_t before = 0;  // index into Policy::phases
};
using Consequence = std::variant<WriteNeed, Do, Forbid, Instead, Offer, Say, Ask, Escalate, Alert,
                                 AddToScore, SetAnswer, Record, Check>;

struct Rule {
  std::string name;
  Place where;  // of its name
  Texts title;
  std::vector<std::string> sources;
  std::vector<RuleId> overrides;    // what it silences where it fires; each once
  std::optional<Date> from, until;  // both included
  ExpressionPtr when;               // null: always
  std::vector<Consequence> then;
  std::vector<Place> places;  // of each consequence, as written
  Wordings because;
};

}  // namespace heed
