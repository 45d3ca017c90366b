#pragma once
#include <string_view>

#include "server/json/case.hpp"

/// A CRM's own payload as a case, by what a policy's `source` says of it.
namespace heed::json {

/// The source of this name; null where the policy declares none.
Source const* find_source(Policy const& policy, std::string_view name);

/// Reads a payload into the slots of a policy. Each line of the source takes what its JSON Pointer
/// leads to, as read_case would; where nothing is there, the fact is unknown. Of several lines for
/// one fact the first that finds something counts. A line with mappings compares the text, or the
/// JSON text of a number or truth value; what no mapping names is unknown and its pointer stands in
/// `ignored` (of a list, the item alone is passed over).
///
/// Facts without a line are read from members of their own name, nested or dotted, at the top or
/// in `facts`. Without a line for them, so are a top-level `at` that is a time, a `subject`, and a
/// `history` of events that the policy declares. The subject may be a number. Everything else is
/// passed over without a word. Mistakes name pointers of the payload.
Expected<Case, CaseMistakes> read_payload(RuleSet const& rules, Source const& source,
                                          std::string_view json);
Expected<Case, CaseMistakes> read_payload(RuleSet const& rules, Source const& source,
                                          Node const& payload);

}  // namespace heed::json
