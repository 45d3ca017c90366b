#pragma once
#include <optional>

#include "engine/check/draft.hpp"

/// What a rule brings about.
namespace heed::check {

/// One, or two where an action is forbidden for another's sake; nothing where there is a mistake,
/// told.
std::vector<Consequence> check_consequence(Scope const& scope, ast::Consequence const& written);

/// Also of an expectation.
std::optional<Do> check_do(Scope const& scope, ast::Do const& written);
std::optional<Deadline> check_deadline(Scope const& scope, ast::Deadline const& written);

/// The arguments by parameter; told names that are none, or stand twice.
std::optional<std::vector<Argument>> check_arguments(Scope const& scope,
                                                     std::vector<ast::Argument> const& written,
                                                     std::vector<Parameter> const& parameters,
                                                     std::string const& owner);
/// The parameter's index; nothing where `owner` has none of this name, told.
std::optional<std::uint32_t> find_parameter(Scope const& scope, ast::Name const& name,
                                            std::vector<Parameter> const& parameters,
                                            std::string const& owner);

}  // namespace heed::check
