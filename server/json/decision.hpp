#pragma once
#include <string>
#include <string_view>

#include "engine/advisor.hpp"

/// A decision as JSON: interfaces.md, "A decision"; schemas/decision.schema.json.
namespace heed::json {

/// Appends the decision on one line, without blanks and without a line end. The order of members
/// and the text of numbers are fixed, so that equal decisions are equal bytes. `id` comes first
/// where there is one; a decision without a subject has null. Memory is taken from `out` alone.
void write_decision(std::string& out, Decision const& decision, EngineVersion const& engine,
                    std::string_view id = {});
void write_decision(std::string& out, lent::Decision const& decision, EngineVersion const& engine,
                    std::string_view id = {});

/// The same in canonical bytes (RFC 8785), as the log keeps it.
void write_canonical_decision(std::string& out, Decision const& decision,
                              EngineVersion const& engine, std::string_view id = {});
void write_canonical_decision(std::string& out, lent::Decision const& decision,
                              EngineVersion const& engine, std::string_view id = {});

}  // namespace heed::json
