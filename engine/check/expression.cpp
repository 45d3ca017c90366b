#include "engine/check/expression.hpp"

#include "engine/base/expected.hpp"
#include "engine/base/limits.hpp"
#include "engine/check/forms.hpp"
#include "engine/check/items.hpp"
#include "engine/check/sample.hpp"
#include "engine/check/tell.hpp"
#include "engine/language/write.hpp"

namespace heed::check {

namespace {

/// Counts how deep expressions stand in one another while it lives.
class Depth {
 public:
  explicit Depth(int& depth) : depth_{++depth} {}
  ~Depth() { --depth_; }
  Depth(Depth const&) = delete;
  Depth& operator=(Depth const&) = delete;
  bool is_too_deep() const { return depth_ > limits::expression_depth_max; }

 private:
  int& depth_;
};

std::string advice(ast::Expression const& written, Type const& found, Wanted const& wanted) {
  auto const is_number = std::holds_alternative<ast::NumberLiteral>(written.form);
  if (is_number && wanted.type.kind == Kind::money) {
    auto const code = wanted.type.currency ? code_of(*wanted.type.currency) : "ILS";
    return "name the currency, as in " +
           quoted(std::get<ast::NumberLiteral>(written.form).digits + " " + std::string{code});
  }
  if (is_number && wanted.type.kind == Kind::duration)
    return "name the unit, as in " +
           quoted(std::get<ast::NumberLiteral>(written.form).digits + " days");
  if (wanted.type.kind == Kind::text && found.kind != Kind::text) return "a text stands in quotes";
  if (wanted.type.kind == Kind::whole && found.kind == Kind::number)
    return "a whole number is asked for here, and this may have a fraction";
  auto const sample = sample_of(wanted.type);
  return wanted.of + " takes " + words(wanted.type) +
         (sample.empty() ? "" : ", such as " + quoted(sample));
}

std::string how_to_ask(Scope const& scope, ast::Expression const& written, Type const& type) {
  auto const text = check::written(scope, written.span);
  switch (type.kind) {
    case Kind::list:
      return "ask something of its items, as in " + quoted("any item in " + text + " has (…)");
    case Kind::set:
      return "say what it contains, as in " + quoted(text + " contains …");
    case Kind::choice:
      return "compare it, as in " + quoted(text + " is " + type.choice->values.front());
    case Kind::text:
      return "compare it, as in " + quoted(text + " is \"…\"") +
             ", or look for phrases in it: " + quoted(text + " mentions …");
    case Kind::truth:
    case Kind::whole:
    case Kind::number:
    case Kind::money:
    case Kind::duration:
    case Kind::date:
    case Kind::time:
      return "compare it, as in " + quoted(text + " > …");
  }
  return {};
}

}  // namespace

ExpressionPtr infer(Scope const& scope, ast::Expression const& written, Type const* hint) {
  Depth const depth{scope.draft.depth};
  if (depth.is_too_deep()) {
    tell(scope.draft, place(scope, written.span), "check.too-deep",
         "this stands inside more than " + std::to_string(limits::expression_depth_max) +
             " other operations",
         "give parts of it a name with `define`");
    return nullptr;
  }
  return std::visit([&](auto const& form) { return infer_form(scope, written, form, hint); },
                    written.form);
}

void tell_mismatch(Scope const& scope, ast::Expression const& written, Type const& found,
                   Wanted const& wanted) {
  auto const where = place(scope, written.span);
  auto const text = quoted(check::written(scope, written.span));
  if (currencies_differ(found, wanted.type)) {
    tell(scope.draft, where, "check.currencies",
         text + " is " + words(found) + ", but " + wanted.of + " is " + words(wanted.type),
         "Heed knows no exchange rates: use one currency");
    return;
  }
  tell(scope.draft, where, "check.mismatch",
       text + " is " + words(found) + ", but " + wanted.of + " is " + words(wanted.type),
       advice(written, found, wanted));
}

ExpressionPtr check_value(Scope const& scope, ast::Expression const& written,
                          Wanted const& wanted) {
  auto const found = infer(scope, written, &wanted.type);
  if (!found || fits(found->type, wanted.type)) return found;
  tell_mismatch(scope, written, found->type, wanted);
  return nullptr;
}

ExpressionPtr check_condition(Scope const& scope, ast::Expression const& written) {
  auto const found = infer(scope, written);
  if (!found || found->type.kind == Kind::truth) return found;
  tell(scope.draft, place(scope, written.span), "check.not-a-condition",
       quoted(check::written(scope, written.span)) + " is " + words(found->type) +
           ", not a condition",
       how_to_ask(scope, written, found->type));
  return nullptr;
}

std::string text_of(ast::Expression const& written) {
  return language::to_text(written);
}

ExpressionPtr make_with_text(Place where, Type type, decltype(Expression::form) form,
                             std::string text) {
  return std::make_shared<Expression const>(
      Expression{std::move(type), where, std::move(form), std::move(text)});
}

ExpressionPtr negate(ExpressionPtr const& operand, Place where, std::string text) {
  if (!operand) return nullptr;
  return make_with_text(where, plain(Kind::truth), Not{operand}, std::move(text));
}

Sureness sureness_of(Draft const& draft, ast::Expression const& written) {
  return std::visit(overloaded{
                        [](ast::NoneLiteral const&) { return Sureness::word; },
                        [](ast::TextLiteral const&) { return Sureness::plain; },
                        [](ast::NumberLiteral const&) { return Sureness::plain; },
                        [](ast::TruthLiteral const&) { return Sureness::plain; },
                        [&](ast::Reference const& it) {
                          if (it.quoted) return Sureness::word;
                          if (names_item(draft, it.name)) return Sureness::sure;
                          if (it.name.find('.') != it.name.npos)
                            return Sureness::sure;  // a fact, or `table.fee`
                          return draft.names.contains(it.name) ? Sureness::plain : Sureness::word;
                        },
                        [&](ast::Conditional const& it) {
                          return std::max(sureness_of(draft, *it.value),
                                          sureness_of(draft, *it.otherwise));
                        },
                        [](auto const&) { return Sureness::sure; },
                    },
                    written.form);
}

Symbol const* find_symbol(Draft const& draft, ast::Expression const& written) {
  auto const* reference = std::get_if<ast::Reference>(&written.form);
  if (!reference || reference->quoted || names_item(draft, reference->name)) return nullptr;
  auto const found = draft.names.find(reference->name);
  return found == draft.names.end() ? nullptr : &found->second;
}

std::vector<std::string> names_of(Draft const& draft, std::initializer_list<SymbolKind> kinds) {
  std::vector<std::string> names;
  for (auto const& [name, symbol] : draft.names)
    for (auto const kind : kinds)
      if (symbol.kind == kind) names.push_back(name);
  return names;
}

Symbol const* find_symbol(Scope const& scope, ast::Name const& name, SymbolKind kind) {
  auto& draft = scope.draft;
  auto const found = draft.names.find(name.text);
  auto const noun_of_kind = noun(kind);
  if (found == draft.names.end()) {
    auto const bare = noun_of_kind.substr(noun_of_kind.find(' ') + 1);
    tell_word(draft, place(scope, name.span), "check.unknown-name",
              "no " + std::string{bare} + " is named " + quoted(name.text), name.text,
              names_of(draft, {kind}), "declare it, or correct its spelling");
    return nullptr;
  }
  if (found->second.broken) return nullptr;
  if (found->second.kind == kind) return &found->second;
  tell(draft, place(scope, name.span), "check.wrong-name",
       quoted(name.text) + " is " + std::string{noun(found->second.kind)} + ", not " +
           std::string{noun_of_kind},
       "name " + std::string{noun_of_kind} + " here");
  return nullptr;
}

}  // namespace heed::check
