#pragma once
#include <optional>
#include <vector>

#include "engine/check/draft.hpp"

/// What actions take, events hold and tables give.
namespace heed::check {

enum class Joins { none, allowed };

/// The parameters as declared, in the order written; those with a mistake are left out. Nothing
/// where any has a mistake.
std::optional<std::vector<Parameter>> check_fields(Scope const& scope,
                                                   std::vector<ast::Field> const& fields,
                                                   Joins joins);

enum class Sums { none, allowed };
/// `largest`, `smallest` or, where it is allowed, `sum`; anything else is told.
std::optional<Parameter::Join> find_join(Scope const& scope, ast::Name const& join, Sums sums);
/// False where values of `type` have no largest, or cannot be added up; told.
bool can_join(Scope const& scope, ast::Name const& join, Type const& type);

/// Tells that something is declared private and public at once.
void tell_both_secrecies(Scope const& scope, ast::Name const& name);

}  // namespace heed::check
