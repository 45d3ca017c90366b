#pragma once
#include <optional>

#include "engine/check/draft.hpp"

/// Names that have namespaces of their own.
namespace heed::check {

/// The role, phase, script or rule that is named; nothing where there is none (told) or it is
/// broken.
std::optional<RoleId> find_role(Scope const& scope, ast::Name const& name);
std::optional<std::uint32_t> find_phase(Scope const& scope, ast::Name const& name);
std::optional<ScriptId> find_script(Scope const& scope, ast::Name const& name);
std::optional<RuleId> find_rule(Scope const& scope, ast::Name const& name);

}  // namespace heed::check
