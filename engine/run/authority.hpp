#pragma once
#include <optional>
#include <vector>

#include "engine/run/planned.hpp"

/// Who may give what a plan item gives (language, part 3.8).
namespace heed::run {

/// What authority makes of a plan item.
struct Judgement {
  std::optional<Approval> approval;  // nothing where none is needed, or nobody may
  /// What the item gives that nobody may give; nothing where somebody may.
  std::optional<std::uint32_t> beyond_all;
  /// Conditions and limits that are not known and could change this, in no order.
  std::vector<Expression const*> open;
};

/// A limit counts where its condition surely holds and it is itself known. Nothing is needed for a
/// parameter that is not given, not known or none.
Judgement judge(Frame& frame, Planned const& item);

/// The rules of plan items that hang on what is not known of their authority: `plain` has the
/// items, `left_open` what is known.
struct OpenAuthority {
  RuleId rule{};
  Expression const* open = nullptr;
};
/// By rule.
std::vector<OpenAuthority> find_open_authority(Frame& plain, Frame& left_open);

}  // namespace heed::run
