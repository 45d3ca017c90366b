#pragma once
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/check/policy.hpp"
#include "tests/support/oracle_values.hpp"

/// A policy, a case and what became of each rule so far; and what that makes of expressions and
/// targets.
namespace heed::oracle {

enum class Status { silent, pending, fired };

/// An item of a list that brackets look at, and the fact that the list is; or an event.
struct Looked {
  Item item;
  std::optional<FactId> from;  // nothing: an event, of which nobody can be asked
};

/// What happened, in any order.
struct Past {
  std::vector<Happened> own, others;
};

struct World {
  Policy const& policy;
  std::vector<std::optional<Value>> facts;  // by FactId, defaults filled in
  Instant now;
  bool open = false;  // `possibly`, `certainly`, `is known`, `is unknown` left open, for questions
  std::vector<Status> status;  // by RuleId
  std::vector<Looked> looked;  // innermost last
  Past const* past = nullptr;  // null: nothing
};

Outcome evaluate(World const& world, Expression const& expression);
/// The value where it is settled.
std::optional<Value> value_of(World const& world, Expression const& expression);
/// Its own failure, everything in it being known; nothing where it has a value or waits for one.
std::optional<Failed> failure_of(World const& world, Expression const& expression);

/// True, false or unknown as `condition` is; true where there is none.
Kleene holds(World const& world, ExpressionPtr const& condition);

// Targets, as rules that fired and rules that are pending leave them.
struct NeedBounds {
  NeedState least = NeedState::met, most = NeedState::met;
  int least_severity = 0, most_severity = 0;
  bool mentioned = false;  // a rule that fired wrote it or a pending one could
};
NeedBounds need_bounds(World const& world, NeedId need);

struct ScoreBounds {
  std::optional<Number> value;  // nothing where a rule that fired added an unknown
  Number least, most;
};
ScoreBounds score_bounds(World const& world, ScoreId score);

struct AnswerState {
  Outcome outcome;
  std::optional<Value> value;       // nothing where it is unknown
  std::optional<Value> could_be;    // likewise
  bool conflict = false;            // two different values by rules that fired, and no join
  std::vector<Value> incomparable;  // known values by rules that fired, where their join fails
};
AnswerState answer_state(World const& world, AnswerId answer);

Kleene advised(World const& world, ActionId action);

/// One thing that a rule does, and how sure that is.
struct Deed {
  Do const* what = nullptr;
  Rule const* rule = nullptr;
  Kleene sure = Kleene::no;
  bool again = false;          // the rule has said the very same before
  std::optional<Looked> item;  // for which it does so
};
/// The world as the deed sees it: with its item.
World seen_by(World const& world, Deed const& deed);
/// All that rules that fired or are pending do, surely or possibly, to an action; what stands in
/// for another action is as sure as that is done.
std::vector<Deed> deeds_of(World const& world, ActionId action);
Kleene done(World const& world, ActionId action);

/// What joins of a parameter, as an answer without a default would be.
AnswerState joined_state(World const& world, ActionId action, std::uint32_t parameter);
/// The values joined as the parameter says; one is at least there. Why they cannot be, or nothing
/// where one is unknown.
std::optional<Computed<Value>> joined_as(World const& world, Parameter const& parameter,
                                         Values const& values);

/// A row of a table: all its cells hold.
Kleene row_holds(World const& world, Table::Row const& row);
Outcome table_outcome(World const& world, Table const& table, std::uint32_t result);
/// Why the table has no value though everything in it is known; nothing where that is not so.
std::optional<Failed> table_failure(World const& world, Table const& table, std::uint32_t result);

// Trees.
/// The expressions that stand directly in this one (not through names).
std::vector<ExpressionPtr> parts_of(Expression const& expression);
/// The expressions that a rule's consequence computes.
std::vector<ExpressionPtr> values_of(Consequence const& consequence);
/// Calls for the expression and everything in it, through defines, tables and `as` answers too.
void visit_all(Policy const& policy, ExpressionPtr const& expression,
               std::function<void(Expression const&)> const& visit);

/// Calls for each consequence of kind C of each rule of this status.
template <class C, class F>
void each_written(World const& world, Status status, F const& call) {
  for (std::size_t i = 0; i < world.policy.rules.size(); ++i) {
    if (world.status[i] != status) continue;
    for (auto const& consequence : world.policy.rules[i].then) {
      if (auto const* found = std::get_if<C>(&consequence)) call(*found, world.policy.rules[i]);
    }
  }
}

}  // namespace heed::oracle
