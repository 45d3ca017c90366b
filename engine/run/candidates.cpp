#include "engine/run/candidates.hpp"

#include <algorithm>

#include "engine/run/frame.hpp"

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

/// Words that are joined together, and how many rows are between two looks whether any is left.
constexpr std::size_t block = 8, stride = 4;

bool is_any(std::uint64_t const* words, std::size_t count) {
  std::uint64_t all = 0;
  for (std::size_t at = 0; at < count; ++at) all |= words[at];
  return all != 0;
}

/// Joins `count` words of all rows, from `from` on, into `words`, which hold ones.
void join_rows(std::vector<std::uint64_t const*> const& rows, std::size_t from, std::size_t count,
               std::uint64_t* words) {
  std::uint64_t joined[block];
  std::fill_n(joined, block, ~std::uint64_t{0});
  for (std::size_t row = 0; row < rows.size(); ++row) {
    auto const* other = rows[row] + from;
    if (count == block)
      for (std::size_t at = 0; at < block; ++at) joined[at] &= other[at];
    else
      for (std::size_t at = 0; at < count; ++at) joined[at] &= other[at];
    if (row % stride == stride - 1 && !is_any(joined, count)) break;
  }
  std::copy_n(joined, count, words);
}

}  // namespace

void find_candidates(Candidates& candidates, Inputs const& inputs, RuleIndex const& rules) {
  auto const words = rules.words;
  candidates.possible.resize(words);
  candidates.open.clear();
  candidates.rows.clear();
  for (auto const& fact : rules.facts) {
    if (auto const* row = find_row(inputs, rules, fact)) {
      candidates.rows.push_back(row);
      continue;
    }
    auto const* reading = rules.row(fact.reading_row);
    candidates.open.resize(words);
    for (std::size_t at = 0; at < words; ++at) candidates.open[at] |= reading[at];
  }
  for (std::size_t from = 0; from < words; from += block)
    join_rows(candidates.rows, from, std::min(block, words - from),
              candidates.possible.data() + from);
}

}  // namespace heed::run
