#pragma once
#include "engine/run/kleene.hpp"
#include "engine/run/lists.hpp"

/// What rules do, writing by writing: each writing here is one of Writers::doing, a Do or an
/// Instead. Only to be asked once the rules that do the action, and what they stand in for, are
/// settled.
namespace heed::run {

/// What a writing does.
Do const& what_is_done(Frame const& frame, Writing const& writing);
/// Whether what leads to it has come about: its rule, and of an Instead what it stands in for.
Truth find_cause(Frame& frame, Writing const& writing);

/// Whether a writing does its action at all: unknown too where `for each` has no item that surely
/// fits, and one that possibly does.
Truth is_done(Frame& frame, Writing const& writing);
/// Whether rules do an action. What is forbidden may be done in this sense.
Truth is_done(Frame& frame, ActionId action);

/// Calls `visit(Truth)` for each time that a writing surely or possibly does its action, the item
/// bound where it is for each of a list. False where it may do so for items of a list that is
/// unknown.
template <class Visit>
bool for_each_deed(Frame& frame, Writing const& writing, Visit const& visit) {
  auto const cause = find_cause(frame, writing);
  if (cause == Truth::no) return true;
  auto const& what = what_is_done(frame, writing);
  if (!what.for_each) {
    visit(cause);
    return true;
  }
  return for_each_item(frame, *what.for_each->list, [&](Bound const& item) {
    Binding const binding{frame, item};
    auto const sure = both(cause, fits(frame, what.for_each->where));
    if (sure != Truth::no) visit(sure);
  });
}

}  // namespace heed::run
