#pragma once
#include <optional>
#include <string>

#include "engine/check/draft.hpp"

/// Types: what is written, how they stand beside each other, how a person names them.
namespace heed::check {

/// The type that is written. Nothing where it has a mistake, which is then told or has been.
std::optional<Type> make_type(Scope const& scope, ast::TypeName const& written);

/// The type of what conditions read by name: a fact, answer, define, parameter, score or a table of
/// one value. Settles its declaration if need be. Nothing where that has a mistake.
std::optional<Type> type_of(Draft& draft, std::string const& name, Symbol const& symbol);

/// Types with these values and order share one Choice.
std::shared_ptr<Choice const> choice_of(Draft& draft, std::vector<std::string> values,
                                        bool ordered);

bool is_numeric(Kind kind);     // whole numbers and numbers
bool is_measured(Type const&);  // what `<` can stand between

/// The type that takes in both; nothing where there is none.
std::optional<Type> unite(Type const& left, Type const& right);
/// True where a value of type `found` can stand where `wanted` is asked for. `none` is not looked
/// at: it is a value that a computation meets.
bool fits(Type const& found, Type const& wanted);
/// True where both name a currency, and not the same.
bool currencies_differ(Type const& left, Type const& right);

/// `money in USD`, `one of gold, silver`, `a whole number`.
std::string words(Type const& type);

inline Type plain(Kind kind) {
  Type type;
  type.kind = kind;
  return type;
}

}  // namespace heed::check
