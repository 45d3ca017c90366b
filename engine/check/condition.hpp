#pragma once
#include <compare>
#include <cstdint>
#include <memory>
#include <variant>
#include <vector>

#include "engine/base/source.hpp"
#include "engine/check/value.hpp"

/// Conditions and values of a checked policy: every name found, every type right.
///
/// A condition is an expression of kind truth. Evaluated, it is true, false or unknown; any other
/// expression has a value or is unknown. Part 3 of the language says what each form means.
namespace heed {

// Ids index the vectors of a Policy. They are given by name order, so they do not depend on files.
enum class FactId : std::uint32_t {};
enum class NeedId : std::uint32_t {};
enum class RoleId : std::uint32_t {};
enum class ActionId : std::uint32_t {};
enum class AnswerId : std::uint32_t {};
enum class ScoreId : std::uint32_t {};
enum class DefineId : std::uint32_t {};
enum class TableId : std::uint32_t {};
enum class PhrasesId : std::uint32_t {};
enum class ScriptId : std::uint32_t {};
enum class EventId : std::uint32_t {};
enum class RuleId : std::uint32_t {};

template <class Id>
constexpr std::size_t index(Id id) {
  return static_cast<std::size_t>(id);
}

enum class NeedKind { functional, psychological };
enum class NeedState { met, threatened, violated };  // in ascending order

struct Expression;
using ExpressionPtr = std::shared_ptr<Expression const>;

struct Constant {
  Value value;
  std::string name;
};  // name: of the parameter it came from, or empty
struct FactValue {
  FactId fact;
};
struct DefineValue {
  DefineId define;
};
struct TableValue {
  TableId table;
  std::uint32_t result = 0;
};
struct AnswerValue {
  AnswerId answer;
};
struct ScoreValue {
  ScoreId score;
};
struct SeverityValue {
  NeedId need;
};
struct NowValue {};
struct TodayValue {};

/// `respect is violated` (exact), `respect is at least threatened`.
struct NeedTest {
  NeedId need;
  bool at_least = false;
  NeedState state;
};
/// `any|every psychological need is …`, over `needs`, by name.
struct AnyNeedTest {
  std::vector<NeedId> needs;
  bool every = false;
  bool at_least = false;
  NeedState state;
};
/// `count of functional needs violated`: a whole number within bounds.
struct NeedCount {
  std::vector<NeedId> needs;
  bool at_least = false;
  NeedState state;
};
struct AdvisedTest {
  ActionId action;
};
/// `refund.amount`: what the rules that do an action give for a parameter that joins, all together.
struct JoinedValue {
  ActionId action;
  std::uint32_t parameter = 0;  // index into Action::takes
};

enum class Relation { equal, less, at_most, greater, at_least };  // `is not` is Not{equal}
/// Whether a left side that stands so to the right one has the relation to it.
constexpr bool holds(Relation relation, std::strong_ordering order) {
  switch (relation) {
    case Relation::equal:
      return order == 0;
    case Relation::less:
      return order < 0;
    case Relation::at_most:
      return order <= 0;
    case Relation::greater:
      return order > 0;
    case Relation::at_least:
      return order >= 0;
  }
  return false;
}
struct Comparison {
  Relation relation;
  ExpressionPtr left, right;
};
struct Membership {
  ExpressionPtr subject;
  std::vector<ExpressionPtr> values;
};  // `is one of`
struct Containment {
  ExpressionPtr set, item;
};
struct Mention {
  ExpressionPtr text;
  PhrasesId phrases;
};  // text: a FactValue of kind text
struct KnownTest {
  ExpressionPtr subject;
};  // `is unknown` is Not{KnownTest}
struct NoneTest {
  ExpressionPtr subject;
};

struct AllOf {
  std::vector<ExpressionPtr> parts;
};  // two or more
struct AnyOf {
  std::vector<ExpressionPtr> parts;
};  // two or more
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
  std::int64_t count = 0;
  std::vector<ExpressionPtr> parts;
};

struct Conditional {
  ExpressionPtr value, condition, otherwise;
};
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
};
struct DateOf {
  ExpressionPtr time;
};
struct DaysBetween {
  ExpressionPtr from, to;
};

/// `count of contact in last 7 days where (…)`, `any contact in last 7 days`: events of the case's
/// own history or, across customers, of everyone's. Inside `where` (null: every event counts) the
/// event's fields are ItemField.
struct EventWindow {
  EventId event{};
  bool count = false;  // a whole number within bounds; otherwise a truth
  ExpressionPtr last;  // a duration
  bool across_customers = false;
  ExpressionPtr where;
  std::string figure;  // across customers: the whole as the language writes it
};
/// `time since last contact where (…)`: a duration within bounds; heed::never where there was none.
struct TimeSince {
  EventId event{};
  bool across_customers = false;
  ExpressionPtr where;
  std::string figure;  // as above
};
/// A field of the item that brackets look at, `price` or `item.price` in `has (…)`, `where (…)` and
/// `for each`; also of an event of the history. `up` 0: of the innermost, 1: of the one around it.
struct ItemField {
  std::uint32_t up = 0;
  std::uint32_t field = 0;  // index into Shape::fields, or Event::fields
};
/// `any|every item in LIST has (…)`.
struct ItemTest {
  bool every = false;
  ExpressionPtr list;  // a FactValue or an ItemField, of kind list
  ExpressionPtr has;   // a condition of one item
};
/// `count of LIST where (…)`, `sum of … in LIST where (…)`, `smallest|largest … in LIST …`.
struct Aggregate {
  enum class How { count, sum, smallest, largest };
  How how = How::count;
  ExpressionPtr list;   // as above
  ExpressionPtr of;     // a value of one item; null for a count
  ExpressionPtr where;  // a condition of one item; null: all of them
};

struct Expression {
  Type type;
  Place where;
  std::variant<Constant, FactValue, DefineValue, TableValue, AnswerValue, ScoreValue, SeverityValue,
               NowValue, TodayValue, NeedTest, AnyNeedTest, NeedCount, AdvisedTest, JoinedValue,
               Comparison, Membership, Containment, Mention, KnownTest, NoneTest, AllOf, AnyOf,
               AndThen, Not, Possibly, Certainly, AtLeastOf, Conditional, Arithmetic, Negative,
               Extreme, DateOf, DaysBetween, EventWindow, TimeSince, ItemField, ItemTest, Aggregate>
      form;
  std::string text;  // as the language writes it, on one line: for explanations and `requires`
};

}  // namespace heed
