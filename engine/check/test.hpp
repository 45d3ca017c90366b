#pragma once
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/check/rule.hpp"

/// Tests of a checked policy.
namespace heed {

struct Expectation {
  struct Condition {
    ExpressionPtr holds;
  };
  struct Action {
    Do what;  // with the arguments, `by` and `within` that it names
  };
  struct Forbidden {
    ActionId action;
  };
  struct Escalation {
    std::optional<RoleId> to;  // nothing: any
    std::optional<Deadline> within;
  };
  struct Question {
    std::optional<FactId> fact;  // nothing: any
  };
  struct Offered {
    ActionId action;
  };
  struct Said {
    ScriptId script;
  };
  struct Alerted {
    RoleId role;
  };
  struct Recorded {
    EventId event;
  };
  Place where;
  bool negated = false;
  std::variant<Condition, Action, Forbidden, Escalation, Question, Offered, Said, Alerted, Recorded>
      form;
  std::string text;  // as the language writes it
};

/// An event of the past.
struct Happened {
  EventId event;
  Instant at;
  std::vector<std::pair<std::uint32_t, Value>> fields;  // index into Event::fields
};

struct Test {
  std::string name;
  Place where;
  std::optional<Instant> now;  // nothing: default_test_now in engine/run/tests.hpp
  std::vector<std::pair<FactId, Value>> facts;
  std::vector<Happened> history;
  std::vector<Expectation> expectations;
};

}  // namespace heed
