#pragma once
#include "engine/check/expression.hpp"

/// The forms of expressions, one function for each; `infer` calls them. All answer null where there
/// is a mistake, told.
namespace heed::check {

using Written = ast::Expression const&;  // the whole expression that the form is of
using Hint = Type const*;

ExpressionPtr infer_form(Scope const&, Written, ast::NumberLiteral const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::MoneyLiteral const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::DurationLiteral const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::DateLiteral const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::TimeLiteral const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::TextLiteral const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::TruthLiteral const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::NoneLiteral const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::Now const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::Today const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::Reference const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::Compare const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::IsAtLeast const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::IsOneOf const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::IsKnown const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::IsNone const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::Contains const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::Mentions const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::AllOf const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::AnyOf const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::AndThen const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::Not const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::Possibly const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::Certainly const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::AtLeastOf const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::Conditional const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::Arithmetic const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::Negative const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::Extreme const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::DateOf const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::DaysBetween const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::AnyNeed const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::CountNeeds const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::SeverityOf const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::ItemTest const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::Aggregate const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::EventWindow const&, Hint);
ExpressionPtr infer_form(Scope const&, Written, ast::TimeSince const&, Hint);

/// The state that a word names; told where it names none.
std::optional<NeedState> find_state(Scope const& scope, std::string const& word, Span span);
/// `NEED is …`: exact, or at least.
ExpressionPtr need_test(Scope const& scope, Written whole, Symbol const& need, NeedState state,
                        bool at_least);
/// `NEED is one of …`.
ExpressionPtr need_membership(Scope const& scope, Written whole, Symbol const& need,
                              ast::IsOneOf const& form);
/// Tells that a date stands beside a time, with the way out.
void tell_date_beside_time(Scope const& scope, ExpressionPtr const& left,
                           ExpressionPtr const& right);

}  // namespace heed::check
