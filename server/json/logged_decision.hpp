#pragma once
#include <string>
#include <vector>

#include "server/json/document.hpp"
#include "server/json/mistake.hpp"

/// What the log keeps, read back to be shown to whoever may not, or can no longer, read what is
/// sealed in it.
namespace heed::json {

/// A decision without what is sealed: `…` stands for its texts and values, its times and scores are
/// left out. What is missing or of another form than ours is left empty: whether a record is what
/// was written, verifying says. `zone` is that of its policy.
Decision read_logged_decision(Node const& decision, Zone const& zone);

/// The facts of which a resolved case keeps the values sealed, in its order.
std::vector<std::string> sealed_facts(Node const& resolved);

/// A resolved case without what is sealed in facts, history and figures.
Node without_sealed(Node resolved);

}  // namespace heed::json
