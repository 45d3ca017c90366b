#pragma once
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "engine/compile/classes.hpp"

/// Conditions that read one fact alone, against constants: for which values they hold.
namespace heed {
struct RuleSet;
}
namespace heed::compiling {

/// A fact, or one of RuleSet::mentions: phrases looked for in it.
using FactKey = std::pair<FactId, std::optional<std::uint32_t>>;

struct SingleFact {
  FactKey key;
  std::vector<Value> constants;  // that tell apart when the condition holds, in no order
};

/// Nothing where a condition reads anything else, or what need not compare.
std::optional<SingleFact> find_single_fact(RuleSet const& rules, Expression const& condition);

/// Classes of a fact that follow each other.
struct Span {
  std::uint32_t begin = 0, end = 0;
};

/// The classes for which a condition holds, one that find_single_fact found to read this fact:
/// ascending, with classes between them. All its constants are among the fact's values.
std::vector<Span> find_spans(RuleSet const& rules, IndexedFact const& fact,
                             Expression const& condition);

/// The classes that stand in both.
std::vector<Span> intersect(std::vector<Span> const& left, std::vector<Span> const& right);
/// The classes that stand in one of them.
std::vector<Span> unite(std::vector<Span> left, std::vector<Span> const& right);

}  // namespace heed::compiling
