#include "engine/check/forms.hpp"
#include "engine/check/items.hpp"
#include "engine/check/tell.hpp"

/// What is asked of lists.
namespace heed::check {

namespace {

using How = ast::Aggregate::How;

Aggregate::How how_of(How how) {
  switch (how) {
    case How::count:
      return Aggregate::How::count;
    case How::sum:
      return Aggregate::How::sum;
    case How::smallest:
      return Aggregate::How::smallest;
    case How::largest:
      return Aggregate::How::largest;
  }
  return Aggregate::How::count;
}

bool can_sum(Kind kind) {
  return is_numeric(kind) || kind == Kind::money || kind == Kind::duration;
}

/// Whether values of this type can be summed, or have a smallest and a largest; told where not.
bool can_aggregate(Scope const& scope, ast::Aggregate const& it, ExpressionPtr const& of) {
  if (it.how == How::sum ? can_sum(of->type.kind) : is_measured(of->type)) return true;
  auto const where = place(scope, it.of->span);
  auto const is = quoted(of->text) + " is " + words(of->type);
  if (it.how == How::sum)
    tell(scope.draft, where, "check.cannot-sum",
         is + ", and only numbers, money and durations add up",
         "count the items instead, as in " + quoted("count of " + it.list.text + " where (…)"));
  else
    tell(scope.draft, where, "check.not-ordered", is + ", whose values have no order",
         of->type.kind == Kind::choice
             ? "put its values in order where they are declared, with `<` between them"
             : "name a field whose values have an order");
  return false;
}

}  // namespace

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::ItemTest const& it, Hint) {
  auto const list = find_list(scope, it.list);
  if (!list) return nullptr;
  Within const within{scope.draft, names_within(it.item, list)};
  auto const has = check_condition(scope, *it.has);
  if (!has) return nullptr;
  return make(scope, whole, plain(Kind::truth), ItemTest{it.every, list, has});
}

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::Aggregate const& it, Hint hint) {
  auto const list = find_list(scope, it.list);
  if (!list) return nullptr;
  Within const within{scope.draft, names_within(list)};
  auto const of = it.of ? infer(scope, *it.of, hint) : nullptr;
  auto const where = it.where ? check_condition(scope, *it.where) : nullptr;
  bool const is_sound = (of || !it.of) && (where || !it.where);
  if (!is_sound || (of && !can_aggregate(scope, it, of))) return nullptr;
  auto type = of ? of->type : plain(Kind::whole);
  type.or_none = false;
  return make(scope, whole, type, Aggregate{how_of(it.how), list, of, where});
}

}  // namespace heed::check
