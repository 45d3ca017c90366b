#pragma once
#include <memory>

#include "engine/check/draft.hpp"

/// Calendars, and the working time that names them.
namespace heed::check {

/// Makes the policy's calendars; those with a mistake are made too, so that it is told once.
void check_calendars(Draft& draft);

/// The calendar in which working time written at `where` counts: the one named, or where none is
/// the policy's only one. Null where there is none, which is told.
std::shared_ptr<Calendar const> find_calendar(Scope const& scope, Place where,
                                              ast::Name const* name);

/// Tells where plain and working time, or working time of two kinds, meet in `left` and `right`, as
/// far as that can be seen without a case. True where nothing is told.
bool check_clocks(Scope const& scope, ExpressionPtr const& left, ExpressionPtr const& right,
                  Place where);

}  // namespace heed::check
