#include "engine/check/refused.hpp"

#include "engine/check/forms.hpp"
#include "engine/check/tell.hpp"

namespace heed::check {

namespace {

constexpr auto instead_of_history =
    "send what you want to know of the past as a fact, such as `case.contacts`";

}  // namespace

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::EventWindow const& it, Hint) {
  refuse(scope.draft, place(scope, whole.span),
         it.count ? "`count of … in last`" : "`any … in last`", instead_of_history);
  return nullptr;
}

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::TimeSince const&, Hint) {
  refuse(scope.draft, place(scope, whole.span), "`time since last`", instead_of_history);
  return nullptr;
}

void refuse_declarations(Draft& draft) {
  for (auto const& it : draft.guarantee_list)
    refuse(draft, {it.file, it.written->name.span}, "`guarantee`",
           "write a `test` for each case that matters");
}

}  // namespace heed::check
