#pragma once
#include "engine/run/evaluate.hpp"

/// Items of lists: finding them, and asking conditions of one after the other.
namespace heed::run {

/// The items of a list; null where it is unknown. `list` is of kind list.
std::vector<Item> const* items_of(Frame& frame, Expression const& list);

/// The fact that an unknown part of the list's items asks for.
std::optional<FactId> root_of(Frame const& frame, Expression const& list);

/// Binds an item while it lives: what is evaluated meanwhile sees it as the innermost one.
class Binding {
 public:
  Binding(Frame& frame, Bound bound) : frame_{frame} { frame_.items.push_back(bound); }
  ~Binding() { frame_.items.pop_back(); }
  Binding(Binding const&) = delete;
  Binding& operator=(Binding const&) = delete;

 private:
  Frame& frame_;
};

/// Calls `visit(Bound const&)` for each item, in the order given. False where the list is unknown.
template <class Visit>
bool for_each_item(Frame& frame, Expression const& list, Visit const& visit) {
  auto const* items = items_of(frame, list);
  if (items == nullptr) return false;
  auto const root = root_of(frame, list);
  for (auto const& item : *items) visit(Bound{&item.fields, root});
  return true;
}

/// What `where` says of the innermost item: yes where there is no condition.
Truth fits(Frame& frame, ExpressionPtr const& where);

/// Whether a consequence is carried out at all, its rule having fired: unknown where `for each` has
/// no item that surely fits, and one that possibly does.
Truth is_carried_out(Frame& frame, Do const& what);

/// Why `sum`, `smallest` or `largest` has no value though every item is known; nothing where it has
/// one, or waits for one.
std::optional<Flaw> find_flaw_of(Frame& frame, Aggregate const& form);

}  // namespace heed::run
