#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/calendar.hpp"
#include "engine/check/rule.hpp"
#include "engine/check/test.hpp"

/// A policy whose every name is found and every type right: what the compiler, the test runner and
/// the analyses read. Immutable once made; vectors are sorted by name in UTF-8 bytes.
namespace heed {

struct Fact {
  std::string name;
  Type type;
  bool is_private = false, is_public = false, confidential = false;
  std::optional<Value> otherwise;  // its default: then it is never unknown
  Texts title, ask;
  Place where;           // of its name
  bool is_type = false;  // its name serves as a type
};
struct Need {
  std::string name;
  NeedKind kind = NeedKind::functional;
  int weight = 3;
  Texts title;
  Place where;  // of its name
};
struct Role {
  std::string name;
  Texts title;
  std::optional<RoleId> above;
  std::uint32_t line = 0;  // roles of one line share it
  std::uint32_t rank = 0;  // 0 for the lowest of its line
  Place where;             // of its name
};
struct Parameter {  // of an action or an event
  enum class Join { none, largest, smallest, sum };
  std::string name;
  Type type;
  Join join = Join::none;
  bool is_private = false, is_public = false;  // of an event's field
};
struct Action {
  std::string name;
  Texts title;
  std::optional<std::uint32_t> phase;  // index into Policy::phases
  std::vector<Parameter> takes;        // sorted by name
  ExpressionPtr requires_;             // null where none
  std::string internal_to;             // empty: for the customer
  Place where;                         // of its name
};
/// Who may give how much of what an action takes. A role without a line may give nothing.
struct Authority {
  struct Line {
    RoleId role;
    ExpressionPtr up_to;  // null: unlimited
    ExpressionPtr when;   // null: always
  };
  ActionId action;
  std::uint32_t parameter = 0;  // index into Action::takes
  std::vector<Line> lines;      // by role, then the text of the limit, then of the condition
};
struct Answer {
  enum class Join { none, largest, smallest, united };
  std::string name;
  Texts title;
  Type type;
  Join join = Join::none;
  std::optional<Value> otherwise;  // its default; none where there is no default
  ExpressionPtr reports;           // `as …`; null for an answer that rules write
  Place where;                     // of its name
  bool is_type = false;            // its name serves as a type
};
struct Score {
  std::string name;
  Texts title;
  Number from, to;
  Place where;  // of its name
};
/// A named constant, `parameter`. What reads it holds its value, and its name, as a Constant.
struct NamedConstant {
  std::string name;
  Type type;
  Value value;
  Place where;           // of its name
  bool is_read = false;  // also by another parameter, a default or a test
};
struct Define {
  std::string name;
  Texts title;
  ExpressionPtr value;
  Place where;           // of its name
  bool is_type = false;  // its name serves as a type
};
struct Phrases {
  struct Phrase {
    std::string language, text;
  };
  std::string name;
  Texts title;
  std::vector<Phrase> phrases, exceptions;
  Place where;  // of its name
};
struct Script {
  std::string name;
  Texts title;
  Wordings text;
  Place where;  // of its name
};
struct Event {
  std::string name;
  Texts title;
  std::vector<Parameter> fields;
  Place where;  // of its name
};
struct Table {
  enum class Hit { first, unique, largest, smallest, sum };
  struct Row {
    Place where;
    std::vector<ExpressionPtr> cells;    // conditions that must all hold; `-` is left out
    std::vector<ExpressionPtr> results;  // one for each result
  };
  std::string name;
  Texts title;
  Hit hit = Hit::first;
  std::vector<Parameter> results;  // one without a name where the table gives one value
  std::vector<Row> rows;           // in the order written
  Place where;                     // of its name
};

// Sources: a CRM's own payload.
/// `order.items.sku from "/code"`: read from each item.
struct ItemLine {
  FactId list{};
  std::vector<std::uint32_t> path;  // fields: through inner lists to the one that is read
  std::string pointer;              // RFC 6901, from the item that has the field
  std::vector<std::pair<std::string, Value>> mappings;
};
struct SourceField {
  enum class Target { fact, subject, now };
  Target target = Target::fact;
  FactId fact{};
  std::string pointer;  // RFC 6901
  std::vector<std::pair<std::string, Value>> mappings;
};
struct Source {
  std::string name;
  Texts title;
  std::vector<SourceField> fields;
  std::vector<ItemLine> item_lines;  // by list, then path
};

/// How a word that has no title of its own is told to people: it changes no decision.
struct Term {
  std::string name;  // a word, or its owner, a dot and the word: `ticket.priority.high`
  Texts title;
  Place where;  // of the name in its declaration
};

struct Policy {
  std::string name;
  Texts title;
  std::vector<std::string> languages;  // the first is the default; `en` where none is named
  Zone zone = Zone::utc();
  std::vector<std::string> phases;  // in their own order
  std::vector<Fact> facts;
  std::vector<Need> needs;
  std::vector<Role> roles;
  std::vector<Action> actions;
  std::vector<Authority> authorities;  // by action, then parameter; one for each
  std::vector<Answer> answers;
  std::vector<Score> scores;
  std::vector<NamedConstant> parameters;
  std::vector<Define> defines;
  std::vector<Phrases> phrases;
  std::vector<Script> scripts;
  std::vector<Event> events;
  std::vector<std::shared_ptr<Calendar const>> calendars;
  std::vector<Table> tables;
  std::vector<Rule> rules;
  std::vector<Source> sources;
  /// One whose type is named after another's has that one's terms under its own name, too.
  std::vector<Term> terms;
  std::vector<Test> tests;
  /// Groups of rules in an order in which what is read is settled before it is read. A group of
  /// more than one rule is a circle through needs whose every reading is upward; so is a group of
  /// one rule that reads a need which it writes.
  std::vector<std::vector<RuleId>> layers;
};

}  // namespace heed
