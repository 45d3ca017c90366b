#pragma once
#include "engine/analyse/situations.hpp"
#include "engine/base/diagnostic.hpp"

/// The analyses, one function for each; each adds its warnings to `found`.
namespace heed::analyse {

/// Rules, actions' `requires` and parts of conditions that can never hold.
void find_impossible(Reader& reader, Diagnostics& found);
/// Rules that are silenced whenever they would fire, by a rule that overrides them.
void find_always_overridden(Reader& reader, Diagnostics& found);
/// Rows that can never be reached, rows that overlap, cases that no row takes in.
void find_table_faults(Reader& reader, Diagnostics& found);
/// Declarations that nothing uses.
void find_unused(Policy const& policy, Diagnostics& found);
/// Rules that together advise one action twice, with two values of one parameter.
void find_contradicting_parameters(Reader& reader, Diagnostics& found);
/// Needs that are hurt and never seen to.
void find_unrestored(Policy const& policy, Diagnostics& found);
/// Steps of an escalation that come to nothing.
void find_broken_ladders(Policy const& policy, Diagnostics& found);
/// Rules that refuse something and give nothing in its place.
void find_bare_denials(Reader& reader, Diagnostics& found);
/// Amounts that are promised and that no role may give.
void find_unauthorised(Reader& reader, Diagnostics& found);
/// Deadlines that can pass while every calendar is closed.
void find_closed_deadlines(Policy const& policy, Diagnostics& found);

}  // namespace heed::analyse
