#pragma once
#include <string>
#include <string_view>

#include "server/json/facts.hpp"

/// A case as JSON: interfaces.md, "A case"; schemas/case.schema.json.
namespace heed::json {

/// Reads a case into the slots of a policy. Every mistake is told, not only the first.
///
/// Absent and null facts are unknown, or hold their default; null is none for a fact `or none`.
/// Members that the policy does not declare are passed over and named in `ignored`, sorted; so are
/// top-level members other than at, subject, facts, history, and events of the history. A top-level
/// `ignored` that lists JSON Pointers and `figures`, as a resolved case has them, are taken over.
/// At most limits::case_bytes_max bytes.
Expected<Case, CaseMistakes> read_case(RuleSet const& rules, std::string_view json);

/// The same of a document, which may be a part of a larger one.
Expected<Case, CaseMistakes> read_case(RuleSet const& rules, Node const& document);

/// Parts of a case, for other documents that hold them. Each stands at `pointer`.
std::optional<Instant> read_at(Node const& node, Zone const& zone, std::string pointer,
                               Findings& findings);
std::string read_subject(Node const& node, std::string pointer, Findings& findings);

/// A case from what was read, or all mistakes.
Expected<Case, CaseMistakes> finish_case(Case subject, Slots slots);

}  // namespace heed::json
