#pragma once
#include <optional>
#include <string>

#include "engine/check/draft.hpp"
#include "engine/check/types.hpp"

/// Typing of conditions and values. Every function answers null where there is a mistake, which has
/// then been told.
namespace heed::check {

/// The type that is asked for at a place, and whose it is, in words: "`amount` of `refund`".
struct Wanted {
  Type type;
  std::string of;
};

/// A value or condition that says by itself what it is. `hint`, if any, is the type among whose
/// values a word is looked up first; what comes back may still be of another type.
ExpressionPtr infer(Scope const& scope, ast::Expression const& written, Type const* hint = nullptr);
/// A value that can stand where `wanted` is asked for.
ExpressionPtr check_value(Scope const& scope, ast::Expression const& written, Wanted const& wanted);
/// A condition: of kind truth.
ExpressionPtr check_condition(Scope const& scope, ast::Expression const& written);

/// A condition or value as written, with its type and form.
template <class Form>
ExpressionPtr make(Scope const& scope, ast::Expression const& written, Type type, Form form);
/// The same with a text of its own.
ExpressionPtr make_with_text(Place where, Type type, decltype(Expression::form) form,
                             std::string text);
/// As the language writes it, on one line.
std::string text_of(ast::Expression const& written);

template <class Form>
ExpressionPtr make(Scope const& scope, ast::Expression const& written, Type type, Form form) {
  return make_with_text(place(scope, written.span), std::move(type), std::move(form),
                        text_of(written));
}

/// A comparison of two values that are typed already; `right_where` is where a mismatch is told.
ExpressionPtr compare(Scope const& scope, ast::Relation relation, ExpressionPtr const& left,
                      ExpressionPtr const& right, Place where, std::string text);
ExpressionPtr negate(ExpressionPtr const& operand, Place where, std::string text);

/// How sure it is what something is, read alone: a word that only a type can explain is the least.
enum class Sureness { word, plain, sure };
Sureness sureness_of(Draft const& draft, ast::Expression const& written);

/// The symbol that a bare name names; null where it names none.
Symbol const* find_symbol(Draft const& draft, ast::Expression const& written);
/// The symbol of this kind that must stand here; null where there is none or it is broken, told.
Symbol const* find_symbol(Scope const& scope, ast::Name const& name, SymbolKind kind);
/// The names of these kinds that are declared.
std::vector<std::string> names_of(Draft const& draft, std::initializer_list<SymbolKind> kinds);

void tell_currency(Scope const& scope, ast::Name const& currency);
void tell_mismatch(Scope const& scope, ast::Expression const& written, Type const& found,
                   Wanted const& wanted);

}  // namespace heed::check
