#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/source.hpp"
#include "engine/base/time.hpp"

/// Conditions and values as they are written.
namespace heed::language {

/// A name as written, in NFC: one word, a dotted path, or a quoted value.
struct Name {
  std::string text;
  Span span;
  bool quoted = false;
};

/// A quoted text, its escapes resolved.
struct Text {
  std::string value;
  Span span;
};

/// A text in the languages given; `language` is empty where one text stands alone.
struct LocalText {
  std::optional<Name> language;
  Text text;
};
using Texts = std::vector<LocalText>;

struct Expression;
using ExpressionPtr = std::shared_ptr<Expression const>;

// Literals. Numbers keep their digits: the checker makes exact fractions of them.
struct NumberLiteral {
  std::string digits;  // "12", "0.5"
  bool percent = false;
  Span span;
};
struct MoneyLiteral {
  std::string digits;
  Name currency;
};
struct DurationLiteral {
  enum class Unit { second, minute, hour, day, week, month, year };
  std::string digits;
  Unit unit = Unit::day;
  bool working = false;
  std::optional<Name> calendar;  // `4 working hours in office`
};
struct DateLiteral {
  Date date;
};
/// `2026-11-22T09:00+02:00`; without an offset it is in the policy's zone.
struct TimeLiteral {
  Date date;
  std::int64_t second_of_day = 0;
  std::optional<int> offset_minutes;
};
struct TextLiteral {
  std::string value;
};
struct TruthLiteral {
  bool value = false;
};
struct NoneLiteral {};

/// What stands on the right of `is` in a `given` or a mapping: a value, or `unknown`.
struct Unknown {};
struct Value {
  Span span;
  std::variant<Unknown, ExpressionPtr, std::vector<ExpressionPtr>> form;  // several: of a set
};

enum class Relation { equal, not_equal, less, at_most, greater, at_least };

struct Now {};
struct Today {};
struct Reference {
  std::string name;
  bool quoted = false;
};  // a name; the span is the expression's

/// `A is B`, `A < B`, …; needs and actions stand here too: `respect is violated`, `refund is
/// advised`.
struct Compare {
  Relation relation;
  ExpressionPtr left, right;
};
/// `respect is at least threatened`
struct IsAtLeast {
  ExpressionPtr left;
  ExpressionPtr right;
  bool negated = false;
};
struct IsOneOf {
  ExpressionPtr subject;
  std::vector<ExpressionPtr> values;
  bool negated = false;
};
struct IsKnown {
  ExpressionPtr subject;
  bool unknown = false;
};  // `is known`, `is unknown`
struct IsNone {
  ExpressionPtr subject;
  bool negated = false;
};
struct Contains {
  ExpressionPtr subject, item;
};
struct Mentions {
  ExpressionPtr subject;
  Name phrases;
};

struct AllOf {
  std::vector<ExpressionPtr> parts;
};
struct AnyOf {
  std::vector<ExpressionPtr> parts;
};
struct AndThen {
  ExpressionPtr first, second;
};
struct Not {
  ExpressionPtr operand;
};
struct Possibly {
  ExpressionPtr operand;
};
struct Certainly {
  ExpressionPtr operand;
};
struct AtLeastOf {
  NumberLiteral count;
  std::vector<ExpressionPtr> parts;
};

struct Conditional {
  ExpressionPtr value, condition, otherwise;
};  // A if C, otherwise B
struct Arithmetic {
  Operator op;
  ExpressionPtr left, right;
};
struct Negative {
  ExpressionPtr operand;
};
struct Extreme {
  bool largest = false;
  std::vector<ExpressionPtr> parts;
};  // smallest of (A, B)
struct DateOf {
  ExpressionPtr time;
};
struct DaysBetween {
  ExpressionPtr from, to;
};

enum class Needs { any, functional, psychological };
/// `any psychological need is violated`, `every need is at least threatened`
struct AnyNeed {
  Needs which;
  bool every = false;
  bool at_least = false;
  Name state;
};
/// `count of functional needs violated`, `count of needs at least threatened`
struct CountNeeds {
  Needs which;
  bool at_least = false;
  Name state;
};
struct SeverityOf {
  Name need;
};

// Lists and history.
struct ItemTest {
  bool every = false;
  Name item, list;
  ExpressionPtr has;
};
struct Aggregate {
  enum class How { count, sum, smallest, largest };
  How how;
  ExpressionPtr of;  // null for a count
  Name list;
  ExpressionPtr where;  // null where none
};
struct EventWindow {
  bool count = false;  // `count of contact in last …`, else `any contact in last …`
  Name event;
  ExpressionPtr last;
  bool across_customers = false;
  ExpressionPtr where;  // null where none
};
struct TimeSince {
  Name event;
  bool across_customers = false;
  ExpressionPtr where;
};

struct Expression {
  Span span;
  bool bracketed = false;  // written in brackets; `span` is without them
  std::variant<NumberLiteral, MoneyLiteral, DurationLiteral, DateLiteral, TimeLiteral, TextLiteral,
               TruthLiteral, NoneLiteral, Now, Today, Reference, Compare, IsAtLeast, IsOneOf,
               IsKnown, IsNone, Contains, Mentions, AllOf, AnyOf, AndThen, Not, Possibly, Certainly,
               AtLeastOf, Conditional, Arithmetic, Negative, Extreme, DateOf, DaysBetween, AnyNeed,
               CountNeeds, SeverityOf, ItemTest, Aggregate, EventWindow, TimeSince>
      form;
};

}  // namespace heed::language
