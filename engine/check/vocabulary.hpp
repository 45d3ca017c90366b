#pragma once
#include "engine/check/draft.hpp"

/// What a policy declares, but for rules, tables' rows, sources and tests.
namespace heed::check {

/// The policy's name, languages and zone, and its phases; makes room for all declarations, with
/// their names, so that ids are known.
void check_heading(Draft& draft);
/// Lines of roles.
void check_roles(Draft& draft);
/// Everything else; needs the heading, the roles and settled declarations.
void check_vocabulary(Draft& draft);

}  // namespace heed::check
