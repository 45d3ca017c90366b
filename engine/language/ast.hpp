#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/language/rule.hpp"
#include "engine/language/test.hpp"

/// What a file of policy text says, before anything in it is looked up: one struct for each kind of
/// declaration. Spans are bytes of the file. Names are in NFC.
namespace heed::language {

/// `is one of standard < silver < gold`, `is private text or none, default x`, `is list of`.
struct TypeName {
  enum class Form {
    yes_or_no,
    whole_number,
    number,
    money,
    duration,
    date,
    time,
    text,
    one_of,
    set_of,
    list_of,
    named
  };
  Form form = Form::yes_or_no;
  Span span;
  std::vector<Name> values;                 // of one_of; texts are names here (`"on time"`)
  bool ordered = false;                     // of one_of: written with `<`
  std::optional<Name> currency;             // of money: `in USD`
  bool cents = false;                       // of money: `in USD cents`
  std::shared_ptr<TypeName const> element;  // of set_of and list_of T; null for a list of records
  std::optional<Name> name;  // of named: the fact, answer or define whose type this is
  bool or_none = false;
};

/// `name is TYPE, …`: a field of a list, an event, or a parameter of an action or table.
struct Field {
  Name name;
  TypeName type;
  std::optional<Name> join;  // of an action's parameter: `largest`, `smallest`, `sum`
  bool is_private = false, is_public = false;  // of an event's field
};

struct Policy {
  Name name;
  Texts title;
  std::vector<Name> languages;
  std::optional<Text> zone;
};
struct Parameter {
  Name name;
  Texts title;
  ExpressionPtr value;
  std::optional<Text> source;
};
struct Fact {
  Name name;
  TypeName type;
  bool is_private = false, is_public = false, confidential = false;
  ExpressionPtr otherwise;  // its default; null where none
  Texts title, ask;
  std::vector<Field> fields;  // of a list of records
};
struct Need {
  Name name;
  bool psychological = false;
  Texts title;
  std::optional<NumberLiteral> weight;
};
struct Role {
  Name name;
  Texts title;
  std::optional<Name> above;
};
struct Phases {
  std::vector<Name> names;
};
struct Action {
  Name name;
  Texts title;
  std::optional<Name> phase;
  std::vector<Field> takes;
  ExpressionPtr requires_;  // null where none
  std::optional<Name> internal_to;
};
struct Answer {
  Name name;
  Texts title;
  std::optional<TypeName> type;  // or
  std::optional<Name> reports;   // `as severity`
  std::optional<Name> join;      // `largest`, `smallest`
  ExpressionPtr otherwise;       // its default; null where none
};
struct Score {
  Name name;
  Texts title;
  ExpressionPtr from, to;
};
struct Define {
  Name name;
  Texts title;
  std::optional<TypeName> type;  // `define severity is one of low < high as (…)`; else its value's
  ExpressionPtr value;
};
struct Phrases {
  struct Line {
    bool except = false;
    Name language;
    std::vector<Text> phrases;
  };
  Name name;
  Texts title;
  std::vector<Line> lines;
};
struct Script {
  Name name;
  Texts title;
  Texts text;
};
struct Event {
  Name name;
  Texts title;
  std::vector<Field> fields;
};

/// `customer.language from "/ticket/requester/locale" where "he-IL" is he, "en-US" is en`
struct SourceLine {
  struct Mapping {
    Text from;
    Value to;
  };
  Name target;  // a fact, `subject` or `now`
  Text pointer;
  std::vector<Mapping> mappings;
};
struct Source {
  Name name;
  Texts title;
  std::vector<SourceLine> lines;
};

// Decision tables.
struct Cell {
  struct Anything {};  // `-`
  struct Values {
    std::vector<ExpressionPtr> values;
  };  // `silver or gold`
  struct Bound {
    Relation relation;
    ExpressionPtr value;
  };  // `>= 3 days`
  struct Band {
    ExpressionPtr from, to;
  };  // `1 day up to 3 days`
  struct Whole {
    ExpressionPtr condition;
  };  // of a `when` column; also any value
  Span span;
  std::variant<Anything, Values, Bound, Band, Whole> form;
};
struct Row {
  Span span;
  std::vector<Cell> cells;
};
struct Table {
  enum class Hit { first, unique, largest, smallest, sum };
  Name name;
  Texts title;
  std::optional<TypeName> type;  // `gives money`, or
  std::vector<Field> results;    // `gives share is number, fee is money`
  std::optional<Hit> hit;        // first where it is not said
  std::optional<Text> file;      // `from "fee.csv"`
  std::vector<Name> header;      // `when` may be among them
  std::vector<Row> rows;
};

// Heed's own calendars and authority.
struct Authority {
  struct Line {
    Name role;
    ExpressionPtr up_to;
    ExpressionPtr when;
  };  // null up_to: unlimited
  Name what;
  std::vector<Line> lines;
};
struct Calendar {
  struct Open {
    std::vector<Name> days;
    bool range = false;
    Text from, to;
  };  // "09:00", as written
  struct Closed {
    std::variant<Date, Name> day;
    bool eve = false;  // `eve of NAME`
    Texts title;
    Span span;
  };
  Name name;
  Texts title;
  std::optional<Text> zone;
  std::vector<Open> open;
  std::vector<Closed> closed;
};

struct Term {
  Name name;    // a word, or its owner and it: `ticket.priority.high`
  Texts title;  // how the word is told to people
};

struct Guarantee {
  Name name;
  Texts title;
  Span body;  // kept as text: guarantees have no meaning yet
};

/// A declaration that has a mistake. It still declares its name, so that its uses are not told too.
struct Broken {
  std::string keyword;
  std::optional<Name> name;
};

struct Declaration {
  Span span;
  std::variant<Policy, Parameter, Fact, Need, Role, Phases, Action, Answer, Score, Define, Phrases,
               Script, Event, Source, Table, Rule, Authority, Calendar, Test, Guarantee, Term,
               Broken>
      form;
};

/// A comment, `#` to the end of its line without it; kept for `heed fmt`.
struct Comment {
  Span span;
};

/// Every declaration of one file in source order, broken ones included.
struct Document {
  FileId file{};
  std::vector<Declaration> declarations;
  std::vector<Comment> comments;
};

}  // namespace heed::language
