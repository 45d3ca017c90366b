#include "engine/run/candidates.hpp"

namespace heed::run {
namespace {

/// What the fact leaves possible; null where it is unknown.
std::uint64_t const* find_row(Inputs const& inputs, RuleIndex const& rules,
                              IndexedFact const& fact) {
  auto const* value = inputs.facts[index(fact.fact)];
  if (value == nullptr) return nullptr;
  auto const is_mentioned = fact.mention && inputs.mentioned[*fact.mention];
  auto const number = fact.mention ? (is_mentioned ? 1 : 0) : class_of(fact, *value);
  return rules.row(fact.first_row + number);
}

}  // namespace

Candidates find_candidates(Inputs const& inputs, RuleIndex const& rules) {
  auto const words = rules.words;
  Candidates candidates;
  candidates.possible.assign(words, ~std::uint64_t{0});
  candidates.open.assign(words, 0);
  for (auto const& fact : rules.facts) {
    if (auto const* row = find_row(inputs, rules, fact)) {
      for (std::size_t at = 0; at < words; ++at) candidates.possible[at] &= row[at];
    } else {
      auto const* reading = rules.row(fact.reading_row);
      for (std::size_t at = 0; at < words; ++at) candidates.open[at] |= reading[at];
    }
  }
  return candidates;
}

}  // namespace heed::run
