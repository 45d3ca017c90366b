#pragma once
#include "engine/run/arithmetic.hpp"
#include "engine/run/deadlines.hpp"
#include "engine/run/frame.hpp"
#include "engine/run/parameters.hpp"

/// What the rules that fired do, joined into plan items (language, part 3.4).
namespace heed::run {

/// One thing to be done. It may still be forbidden or withheld: that concerns the whole action.
struct Planned {
  struct Failure {
    std::uint32_t parameter = 0;
    Flaw flaw = Flaw::none;
  };
  ActionId action{};
  AllGiven given;  // what tells items apart, and what has joined
  RoleId by{};     // means nothing where the policy has no roles
  Due due, expires;
  Growing<RuleId> rules;      // ascending, each once
  Growing<Failure> failures;  // of joining: that parameter is unknown then
};

/// The items of one action, in no order; in the frame's room.
List<Planned> find_planned(Frame& frame, ActionId action);

/// The one that a writing comes to which has a constant item.
Planned plan_constant_item(Frame& frame, Writing const& writing);

/// Whether a plan may hold the action: no rule that fired forbids it. What it requires is another
/// matter.
bool is_forbidden(Frame const& frame, ActionId action);
/// Whether what the action requires holds; yes where it requires nothing.
Truth may_be_done(Frame& frame, ActionId action);

}  // namespace heed::run
