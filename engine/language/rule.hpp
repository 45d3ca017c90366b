#pragma once
#include <optional>
#include <variant>
#include <vector>

#include "engine/language/expression.hpp"

/// Rules and what they bring about, as written.
namespace heed::language {

struct Argument {
  Name name;
  ExpressionPtr value;
};
struct Deadline {
  ExpressionPtr within;
  ExpressionPtr of;  // null: from now
};
struct ForEach {
  Name name;
  Name list;
  ExpressionPtr where;  // null where none
};
struct WriteNeed {
  Name need, state;
  std::optional<NumberLiteral> severity;
};
struct Do {
  Name action;
  std::vector<Argument> arguments;
  std::optional<Name> by;
  std::optional<Deadline> within;
  ExpressionPtr expires_after;  // null where none
  std::optional<ForEach> for_each;
};
struct Offer {
  std::vector<Do> actions;
};
struct Say {
  std::optional<Name> script;
  Texts text;
};  // one of the two
struct Ask {
  Name fact;
};
struct Escalate {
  struct Step {
    Name to;
    ExpressionPtr after;
  };
  Name to;
  std::optional<Deadline> within;
  std::vector<Step> then;
};
struct Alert {
  Name role;
  std::optional<Deadline> within;
};
struct Add {
  ExpressionPtr value;
  Name to;
};
struct Set {
  Name answer;
  ExpressionPtr value;
};
struct Record {
  Name event;
  std::vector<Argument> fields;
};
struct Check {
  Texts text;
  Name before;
};
struct Forbid {
  Name action;
  std::optional<Do> instead;
};
struct Consequence {
  Span span;
  std::variant<WriteNeed, Do, Offer, Say, Ask, Escalate, Alert, Add, Set, Record, Check, Forbid>
      form;
};
struct Rule {
  Name name;
  Texts title;
  std::vector<Text> sources;  // words and texts alike
  std::vector<Name> overrides;
  std::optional<Date> from, until;
  Span from_span, until_span;
  ExpressionPtr when;  // null: always
  std::vector<Consequence> then;
  Texts because;
};

}  // namespace heed::language
