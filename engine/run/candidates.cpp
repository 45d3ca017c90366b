#include "engine/run/candidates.hpp"

#include <algorithm>

#include "engine/run/frame.hpp"
#include "engine/run/kleene.hpp"

namespace heed::run {
namespace {

/// The class of the fact's value; unknown_class where it is unknown.
std::uint32_t find_class(Inputs const& inputs, IndexedFact const& fact) {
  auto const* value = inputs.facts[index(fact.fact)];
  if (value == nullptr) return unknown_class;
  if (fact.mention) return inputs.mentioned[*fact.mention] ? 1 : 0;
  return class_of(fact, *value);
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

Truth truth_of_ors(Candidates const& candidates, RuleIndex const& rules, std::uint32_t at) {
  auto all = Truth::yes;
  for (auto number = rules.or_begin[at]; number < rules.or_begin[at + 1]; ++number) {
    auto one = Truth::no;
    for (auto leaf = number == 0 ? 0 : rules.ors[number - 1]; leaf < rules.ors[number]; ++leaf) {
      auto const& [fact, bits] = rules.leaves[leaf];
      auto const found = candidates.classes[fact];
      if (found == unknown_class)
        one = Truth::unknown;
      else if ((rules.bits[bits + found / 64] >> (found % 64) & 1) != 0) {
        one = Truth::yes;
        break;
      }
    }
    all = both(all, one);
    if (all == Truth::no) break;
  }
  return all;
}

void find_candidates(Candidates& candidates, Inputs const& inputs, RuleIndex const& rules) {
  auto const words = rules.words;
  candidates.possible.resize(words);
  candidates.open.clear();
  candidates.rows.clear();
  candidates.classes.clear();
  for (auto const& fact : rules.facts) {
    auto const number = find_class(inputs, fact);
    candidates.classes.push_back(number);
    if (number != unknown_class) {
      candidates.rows.push_back(rules.row(fact.first_row + number));
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
