#pragma once
#include <optional>
#include <vector>

#include "tests/support/oracle_plan.hpp"

/// Who may give what: part 3.8 of the language.
namespace heed::oracle {

struct Judgement {
  std::optional<Approval> approval;
  bool nobody = false;
  /// What is not known of the limits and could make a difference.
  std::vector<ExpressionPtr> open;
};

/// What `by` needs to give what is given for the action.
Judgement judge(World const& world, ActionId action, Given const& given, RoleId by);

}  // namespace heed::oracle
