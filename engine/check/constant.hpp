#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "engine/check/expression.hpp"

/// Values that are known while a policy is checked.
namespace heed::check {

/// The value of a checked expression that reads nothing but literals and parameters, and `now` and
/// `today` where `now` is given. Nothing where it reads more (told as check.not-constant, naming
/// `what` must be constant, such as "a parameter") or cannot be computed (told as
/// check.computation).
std::optional<Value> fold(Scope const& scope, ExpressionPtr const& expression,
                          std::string_view what, std::optional<Instant> now = std::nullopt);

/// Checks a value and folds it.
std::optional<Value> check_constant(Scope const& scope, ast::Expression const& written,
                                    Wanted const& wanted, std::string_view what,
                                    std::optional<Instant> now = std::nullopt);

/// One value, or several of a set.
std::optional<Value> check_constants(Scope const& scope,
                                     std::vector<ast::ExpressionPtr> const& written,
                                     Wanted const& wanted, std::string_view what,
                                     std::optional<Instant> now = std::nullopt);

/// A set holds this item only.
Value set_of(Value const& item);

}  // namespace heed::check
