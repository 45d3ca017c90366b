#include "engine/check/forms.hpp"
#include "engine/check/items.hpp"
#include "engine/check/tell.hpp"

/// What joins conditions.
namespace heed::check {

namespace {

/// A value where a condition should stand: a literal, or a word that nothing is named.
bool is_stray_value(Draft const& draft, ast::Expression const& part) {
  if (part.bracketed) return false;
  if (auto const* reference = std::get_if<ast::Reference>(&part.form))
    return !draft.names.contains(reference->name) && !names_item(draft, reference->name);
  return std::holds_alternative<ast::TextLiteral>(part.form) ||
         std::holds_alternative<ast::NumberLiteral>(part.form) ||
         std::holds_alternative<ast::MoneyLiteral>(part.form) ||
         std::holds_alternative<ast::DurationLiteral>(part.form);
}

/// `customer.tier is gold or silver`: tells the values from `at` on that were meant as further
/// alternatives to the part before, and answers how many there are.
std::size_t tell_or_values(Scope const& scope, std::vector<ast::ExpressionPtr> const& parts,
                           std::size_t at) {
  if (at == 0 || parts[at - 1]->bracketed) return 0;
  auto const* comparison = std::get_if<ast::Compare>(&parts[at - 1]->form);
  if (!comparison || comparison->relation != ast::Relation::equal) return 0;
  auto meant = written(scope, comparison->left->span) + " is one of " +
               written(scope, comparison->right->span);
  std::size_t count = 0;
  for (; at + count < parts.size() && is_stray_value(scope.draft, *parts[at + count]); ++count)
    meant += ", " + written(scope, parts[at + count]->span);
  if (count > 0)
    tell(scope.draft, place(scope, parts[at]->span), "check.or-value",
         quoted(written(scope, parts[at]->span)) + " is a value, not a condition",
         "write " + quoted(meant));
  return count;
}

std::vector<ExpressionPtr> check_parts(Scope const& scope,
                                       std::vector<ast::ExpressionPtr> const& written_parts,
                                       bool alternatives) {
  std::vector<ExpressionPtr> parts;
  for (std::size_t at = 0; at < written_parts.size(); ++at) {
    if (alternatives)
      if (auto const values = tell_or_values(scope, written_parts, at)) {
        at += values - 1;
        continue;
      }
    if (auto checked = check_condition(scope, *written_parts[at]))
      parts.push_back(std::move(checked));
  }
  if (parts.size() != written_parts.size()) parts.clear();
  return parts;
}

template <class Form>
ExpressionPtr wrap(Scope const& scope, Written whole, ast::ExpressionPtr const& operand) {
  auto checked = check_condition(scope, *operand);
  if (!checked) return nullptr;
  return make(scope, whole, plain(Kind::truth), Form{std::move(checked)});
}

}  // namespace

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::AllOf const& it, Hint) {
  auto parts = check_parts(scope, it.parts, false);
  if (parts.empty()) return nullptr;
  return make(scope, whole, plain(Kind::truth), AllOf{std::move(parts)});
}

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::AnyOf const& it, Hint) {
  auto parts = check_parts(scope, it.parts, true);
  if (parts.empty()) return nullptr;
  return make(scope, whole, plain(Kind::truth), AnyOf{std::move(parts)});
}

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::AndThen const& it, Hint) {
  auto first = check_condition(scope, *it.first);
  auto second = check_condition(scope, *it.second);
  if (!first || !second) return nullptr;
  return make(scope, whole, plain(Kind::truth), AndThen{std::move(first), std::move(second)});
}

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::Not const& it, Hint) {
  return wrap<Not>(scope, whole, it.operand);
}
ExpressionPtr infer_form(Scope const& scope, Written whole, ast::Possibly const& it, Hint) {
  return wrap<Possibly>(scope, whole, it.operand);
}
ExpressionPtr infer_form(Scope const& scope, Written whole, ast::Certainly const& it, Hint) {
  return wrap<Certainly>(scope, whole, it.operand);
}

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::AtLeastOf const& it, Hint) {
  auto const count = Number::parse(it.count.digits);
  auto const most = static_cast<std::int64_t>(it.parts.size());
  if (!count || !count->is_whole() || it.count.percent || *count < Number{1} ||
      *count > Number{most}) {
    tell(scope.draft, place(scope, it.count.span), "check.count-range",
         quoted(written(scope, it.count.span)) + " of " + std::to_string(most) +
             " conditions cannot be asked for",
         "write a whole number from 1 to " + std::to_string(most));
    check_parts(scope, it.parts, false);
    return nullptr;
  }
  auto parts = check_parts(scope, it.parts, false);
  if (parts.empty()) return nullptr;
  return make(scope, whole, plain(Kind::truth), AtLeastOf{count->numerator(), std::move(parts)});
}

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::Conditional const& it, Hint hint) {
  auto const condition = check_condition(scope, *it.condition);
  auto const value_first =
      sureness_of(scope.draft, *it.value) >= sureness_of(scope.draft, *it.otherwise);
  auto const& one = value_first ? *it.value : *it.otherwise;
  auto const& two = value_first ? *it.otherwise : *it.value;
  auto const first = infer(scope, one, hint);
  if (!first) return nullptr;
  auto other = hint ? *hint : first->type;
  other.or_none = hint ? hint->or_none : true;
  auto const second = infer(scope, two, &other);
  if (!second || !condition) return nullptr;
  auto const type = unite(first->type, second->type);
  if (!type) {
    tell_mismatch(scope, two, second->type, {first->type, quoted(written(scope, one.span))});
    return nullptr;
  }
  auto const& value = value_first ? first : second;
  auto const& otherwise = value_first ? second : first;
  return make(scope, whole, *type, Conditional{value, condition, otherwise});
}

}  // namespace heed::check
