#pragma once
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/run/arithmetic.hpp"
#include "engine/run/waits.hpp"

namespace heed::run {

/// What the unknown parts of an expression wait for.
struct Walked {
  FactSet facts;                  // unknown facts
  std::vector<RuleId> rules;      // pending rules that write targets; perhaps doubled
  std::vector<Warning> warnings;  // of computations that failed, without a rule's name
};

/// Walks that many rules share: each define and each result of a table is walked once.
struct SharedWalks {
  std::map<DefineId, Walked> defines;
  std::map<std::pair<TableId, std::uint32_t>, Walked> tables;
};

/// Goes into the unknown parts of expressions, as far as they matter, and gathers what they wait
/// for on behalf of one rule or answer.
class Walk {
 public:
  /// `plain` is the frame that decides, `frame` the one with things left open: its unknowns are
  /// walked. All of them outlive the walk.
  Walk(Frame& plain, Frame& frame, SharedWalks& shared)
      : plain_{plain}, frame_{frame}, shared_{shared} {}

  /// Does nothing where the expression is known.
  void into(Expression const& expression);
  void into_requires(ActionId action);
  /// What a rule says of an action that it does, for each item where it says so, and what the
  /// action requires.
  void into_deed(Do const& what);
  /// What stands in for another action waits to see whether that is done; says whether, in the
  /// decision.
  Truth into_cause(Instead const& instead);
  /// The pending rules that override a rule.
  void into_overriding(RuleId rule);
  /// What is in the slots of texts, as far as it is or could be told; `what` names the texts.
  void into_texts(Wordings const& wordings, std::string_view what);
  /// What is added to a score: there, none is a failed computation.
  void into_addend(Expression const& expression);

  Walked found;

 private:
  bool is_open(Expression const& expression);
  void into_text(Wording const& wording, Speech const& speech, std::string const& what);
  void into_define(DefineId define);
  void into_table(TableId table, std::uint32_t result);
  void into_rows(Table const& table, std::uint32_t result);
  void add(Walked const& other);
  void into_answer(AnswerId answer);
  void into_score(ScoreId score);
  void into_need(NeedId need);
  void into_action(ActionId action);
  void into_doing(ActionId action);
  void into_joined(JoinedValue const& form);
  void into_given(Do const& what, std::uint32_t parameter);
  template <class Consequence>
  void into_values(std::span<Writing const> writings);
  void into_parts(Expression const& expression);
  void into_conditional(Conditional const& form);
  void into_and_then(AndThen const& form);
  void into_field(ItemField const& form);
  void into_items(Expression const& list, Expression const& condition);
  void into_aggregate(Aggregate const& form, Expression const& whole);
  void into_items_of(Do const& what);
  template <class Visit>
  void for_each_item(Expression const& list, Visit const& visit);
  void into_window(EventWindow const& form, Expression const& whole);
  template <class Form>
  void into_past(Form const& form);
  void into_beside(Expression const& where);
  void add_pending(std::span<Writing const> writings);
  void warn(std::string_view code, std::string text);
  void warn_of_failure(Expression const& expression);

  Frame& plain_;
  Frame& frame_;
  SharedWalks& shared_;
  std::set<ActionId> doing_;  // that have been gone into
  bool is_silent_ = false;    // in what other rules write: they warn themselves
};

}  // namespace heed::run
