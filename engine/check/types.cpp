#include "engine/check/types.hpp"

#include <algorithm>

#include "engine/check/expression.hpp"
#include "engine/check/settle.hpp"
#include "engine/check/tell.hpp"

namespace heed::check {

namespace {

using Form = ast::TypeName::Form;

std::optional<Type> make_choice(Scope const& scope, ast::TypeName const& written) {
  std::vector<std::string> values;
  for (auto const& value : written.values) {
    if (std::find(values.begin(), values.end(), value.text) != values.end()) {
      tell(scope.draft, place(scope, value.span), "check.duplicate-value",
           quoted(value.text) + " is named twice among the values", "take one of them out");
      continue;
    }
    values.push_back(value.text);
  }
  auto type = plain(Kind::choice);
  type.choice = choice_of(scope.draft, std::move(values), written.ordered);
  return type;
}

std::optional<Type> make_money(Scope const& scope, ast::TypeName const& written) {
  auto type = plain(Kind::money);
  type.cents = written.cents;
  if (!written.currency) return type;
  type.currency = find_currency(written.currency->text);
  if (type.currency) return type;
  tell_currency(scope, *written.currency);
  return std::nullopt;
}

std::optional<Type> make_set(Scope const& scope, ast::TypeName const& written) {
  if (!written.element) return std::nullopt;
  auto const element = make_type(scope, *written.element);
  if (!element) return std::nullopt;
  if (element->kind == Kind::set || element->or_none) {
    tell(scope.draft, place(scope, written.element->span), "check.set-of",
         "a set holds single values, not " + words(*element) + (element->or_none ? " or none" : ""),
         "write `set of text`, `set of number`, `set of one of …`");
    return std::nullopt;
  }
  auto type = *element;
  type.element = element->kind;
  type.kind = Kind::set;
  return type;
}

/// What other languages call a type; empty where it is none of them.
std::string_view type_meant(std::string_view word) {
  struct Pair {
    std::string_view word, meant;
  };
  constexpr Pair pairs[] = {
      {"boolean", "yes or no"},    {"bool", "yes or no"},    {"flag", "yes or no"},
      {"integer", "whole number"}, {"int", "whole number"},  {"count", "whole number"},
      {"float", "number"},         {"decimal", "number"},    {"double", "number"},
      {"percent", "number"},       {"string", "text"},       {"str", "text"},
      {"datetime", "time"},        {"timestamp", "time"},    {"day", "date"},
      {"amount", "money"},         {"currency", "money"},    {"hours", "duration"},
      {"days", "duration"},        {"interval", "duration"}, {"enum", "one of …"},
      {"list", "set of text"},     {"array", "set of text"}};
  for (auto const& pair : pairs)
    if (pair.word == word) return pair.meant;
  return {};
}

std::optional<Type> make_named(Scope const& scope, ast::TypeName const& written) {
  auto& draft = scope.draft;
  auto const& name = *written.name;
  auto const found = draft.names.find(name.text);
  if (found == draft.names.end()) {
    std::vector<std::string> candidates = {"number", "money", "duration", "date", "time", "text"};
    for (auto const& [other, symbol] : draft.names)
      if (symbol.kind == SymbolKind::fact || symbol.kind == SymbolKind::answer ||
          symbol.kind == SymbolKind::define)
        candidates.push_back(other);
    if (auto const meant = type_meant(name.text); !meant.empty()) {
      tell(draft, place(scope, name.span), "check.unknown-type",
           "no type is named " + quoted(name.text), "did you mean " + quoted(meant) + "?",
           meant.ends_with("…") ? std::string{} : std::string{meant});
      return std::nullopt;
    }
    tell_word(draft, place(scope, name.span), "check.unknown-type",
              "no type is named " + quoted(name.text), name.text, candidates,
              "a type is `yes or no`, `whole number`, `number`, `money`, `duration`, `date`, "
              "`time`, `text`, `one of …`, `set of …`, or the name of a fact, an answer or a "
              "define");
    return std::nullopt;
  }
  auto const kind = found->second.kind;
  if (!found->second.broken && kind != SymbolKind::fact && kind != SymbolKind::answer &&
      kind != SymbolKind::define) {
    tell(draft, place(scope, name.span), "check.unknown-type",
         quoted(name.text) + " is " + std::string{noun(kind)} + ", not a type",
         "the name of a fact, an answer or a define serves as a type");
    return std::nullopt;
  }
  auto const at = found->second.index;
  if (found->second.broken) return std::nullopt;
  if (kind == SymbolKind::fact) draft.policy.facts[at].is_type = true;
  if (kind == SymbolKind::answer) draft.policy.answers[at].is_type = true;
  if (kind == SymbolKind::define) draft.policy.defines[at].is_type = true;
  return type_of(draft, found->first, found->second);
}

void tell_no_list(Scope const& scope, ast::TypeName const& written) {
  tell(scope.draft, place(scope, written.span), "check.list-place",
       "a list cannot stand here: only a fact is one, or a field of a list",
       "name what is needed of it, such as `whole number` or `set of text`");
}

std::optional<Type> make_plain_type(Scope const& scope, ast::TypeName const& written) {
  switch (written.form) {
    case Form::yes_or_no:
      return plain(Kind::truth);
    case Form::whole_number:
      return plain(Kind::whole);
    case Form::number:
      return plain(Kind::number);
    case Form::money:
      return make_money(scope, written);
    case Form::duration:
      return plain(Kind::duration);
    case Form::date:
      return plain(Kind::date);
    case Form::time:
      return plain(Kind::time);
    case Form::text:
      return plain(Kind::text);
    case Form::one_of:
      return make_choice(scope, written);
    case Form::set_of:
      return make_set(scope, written);
    case Form::list_of:
      tell_no_list(scope, written);
      return std::nullopt;
    case Form::named: {
      auto type = make_named(scope, written);
      if (type && type->kind == Kind::list) {
        tell_no_list(scope, written);
        return std::nullopt;
      }
      return type;
    }
  }
  return std::nullopt;
}

std::string_view kind_words(Kind kind) {
  switch (kind) {
    case Kind::truth:
      return "yes or no";
    case Kind::whole:
      return "a whole number";
    case Kind::number:
      return "a number";
    case Kind::money:
      return "money";
    case Kind::duration:
      return "a duration";
    case Kind::date:
      return "a date";
    case Kind::time:
      return "a time";
    case Kind::text:
      return "text";
    case Kind::choice:
      return "a choice";
    case Kind::set:
      return "a set";
    case Kind::list:
      return "a list";
  }
  return "a value";
}

bool same_choice(Type const& left, Type const& right) {
  if (!left.choice || !right.choice) return left.choice == right.choice;
  return left.choice->ordered == right.choice->ordered &&
         left.choice->values == right.choice->values;
}

}  // namespace

std::optional<Type> make_type(Scope const& scope, ast::TypeName const& written) {
  auto type = make_plain_type(scope, written);
  if (type) type->or_none = type->or_none || written.or_none;
  return type;
}

std::shared_ptr<Choice const> choice_of(Draft& draft, std::vector<std::string> values,
                                        bool ordered) {
  auto& shared = draft.choices[{ordered, values}];
  if (!shared) shared = std::make_shared<Choice const>(Choice{std::move(values), ordered});
  return shared;
}

bool is_numeric(Kind kind) {
  return kind == Kind::whole || kind == Kind::number;
}

bool is_measured(Type const& type) {
  switch (type.kind) {
    case Kind::whole:
    case Kind::number:
    case Kind::money:
    case Kind::duration:
    case Kind::date:
    case Kind::time:
      return true;
    case Kind::choice:
      return type.choice->ordered;
    case Kind::truth:
    case Kind::text:
    case Kind::set:
    case Kind::list:
      return false;
  }
  return false;
}

bool currencies_differ(Type const& left, Type const& right) {
  return left.currency && right.currency && *left.currency != *right.currency;
}

std::optional<Type> unite(Type const& left, Type const& right) {
  auto both = left;
  both.or_none = left.or_none || right.or_none;
  if (is_numeric(left.kind) && is_numeric(right.kind)) {
    if (left.kind != right.kind) both.kind = Kind::number;
    return both;
  }
  if (left.kind != right.kind || left.kind == Kind::list) return std::nullopt;
  if (left.kind == Kind::set &&
      (left.element != right.element && !(is_numeric(left.element) && is_numeric(right.element))))
    return std::nullopt;
  if (!same_choice(left, right) || currencies_differ(left, right)) return std::nullopt;
  if (!both.currency) both.currency = right.currency;
  return both;
}

bool fits(Type const& found, Type const& wanted) {
  if (wanted.kind == Kind::whole && found.kind == Kind::number) return false;
  if (wanted.kind == Kind::set && wanted.element == Kind::whole && found.element == Kind::number)
    return false;
  return unite(found, wanted).has_value();
}

std::string words(Type const& type) {
  if (type.kind == Kind::set) {
    auto element = type;
    element.kind = type.element;
    auto text = words(element);
    if (text.starts_with("a ")) text = text.substr(2);
    return "a set of " + text;
  }
  if (type.kind == Kind::list && !type.shape->is_record()) {
    auto text = words(type.shape->fields.front().type);
    if (text.starts_with("a ")) text = text.substr(2);
    return "a list of " + text;
  }
  if (type.kind == Kind::choice) {
    std::string text = "one of ";
    for (std::size_t i = 0; i < type.choice->values.size(); ++i) {
      if (i == 6) return text + ", …";
      text += (i == 0 ? "" : type.choice->ordered ? " < " : ", ") + type.choice->values[i];
    }
    return text;
  }
  auto text = std::string{kind_words(type.kind)};
  if (type.currency) text += " in " + std::string{code_of(*type.currency)};
  return text;
}

}  // namespace heed::check
