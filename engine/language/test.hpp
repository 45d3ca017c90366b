#pragma once
#include <optional>
#include <variant>
#include <vector>

#include "engine/language/rule.hpp"

/// A policy's own tests, as written.
namespace heed::language {

struct GivenFact {
  Name fact;
  Value value;
};  // unknown: `is unknown`
struct GivenItem {
  Name list;
  std::vector<Argument> fields;
};
struct GivenEvent {
  Name event;
  ExpressionPtr ago;
  std::vector<Argument> fields;
};
struct GivenNow {
  ExpressionPtr now;
};
struct Given {
  Span span;
  std::variant<GivenFact, GivenItem, GivenEvent, GivenNow> form;
};

struct ExpectCondition {
  ExpressionPtr condition;
};
struct ExpectDo {
  Do what;
};  // also with arguments, `by` and `within`
struct ExpectForbid {
  Name action;
};
struct ExpectEscalate {
  std::optional<Name> to;
  std::optional<Deadline> within;
};  // `no escalation`
struct ExpectQuestion {
  std::optional<Name> fact;
};  // `no question`
struct ExpectOffer {
  Name action;
};
struct ExpectSay {
  Name script;
};
struct ExpectAlert {
  Name role;
};
struct ExpectRecord {
  Name event;
};
struct Expect {
  Span span;
  bool negated = false;  // `no …`, `not …`
  std::variant<ExpectCondition, ExpectDo, ExpectForbid, ExpectEscalate, ExpectQuestion, ExpectOffer,
               ExpectSay, ExpectAlert, ExpectRecord>
      form;
};
struct Test {
  Text name;
  std::vector<Given> given;
  std::vector<Expect> expect;
};
}  // namespace heed::language
