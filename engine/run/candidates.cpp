#include "engine/run/candidates.hpp"

#include <algorithm>
#include <array>
#include <cstring>

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

/// How many rows are between two looks whether any rule is left.
constexpr std::size_t stride = 4;

/// As many words as are joined together, in registers: both compilers know such vectors, whatever
/// the processor has.
using Pair = std::uint64_t __attribute__((vector_size(16)));

Pair load(std::uint64_t const* words) {
  Pair pair;
  std::memcpy(&pair, words, sizeof pair);
  return pair;
}

struct Block {
  Pair one, two, three, four;

  static Block load_from(std::uint64_t const* words) {
    return {load(words), load(words + 2), load(words + 4), load(words + 6)};
  }
  void store(std::uint64_t* words) const {
    std::memcpy(words, &one, sizeof one);
    std::memcpy(words + 2, &two, sizeof two);
    std::memcpy(words + 4, &three, sizeof three);
    std::memcpy(words + 6, &four, sizeof four);
  }
  bool is_any() const {
    auto const all = (one | two) | (three | four);
    return (all[0] | all[1]) != 0;
  }
};
static_assert(row_block == 8);

Block operator&(Block const& left, Block const& right) {
  return {left.one & right.one, left.two & right.two, left.three & right.three,
          left.four & right.four};
}
Block operator|(Block const& left, Block const& right) {
  return {left.one | right.one, left.two | right.two, left.three | right.three,
          left.four | right.four};
}

/// Joins the words from `from` on of all rows into `possible`.
void join_block(Candidates& candidates, std::size_t from) {
  auto* const out = candidates.possible.data() + from;
  auto const* row = candidates.rows.data();
  auto const* const end = row + candidates.rows.size();
  Block possible{~Pair{}, ~Pair{}, ~Pair{}, ~Pair{}};
  for (; end - row >= static_cast<std::ptrdiff_t>(stride); row += stride) {
    for (std::size_t at = 0; at < stride; ++at)
      possible = possible & Block::load_from(row[at] + from);
    if (!possible.is_any()) return possible.store(out);
  }
  for (; row != end; ++row) possible = possible & Block::load_from(*row + from);
  if (possible.is_any()) {
    auto holding = Block::load_from(candidates.holding.data() + from);
    for (auto const* one : candidates.or_rows) holding = holding | Block::load_from(one + from);
    possible = possible & holding;
  }
  possible.store(out);
}

void add(std::vector<std::uint64_t>& words, std::uint64_t const* row) {
  for (std::size_t at = 0; at < words.size(); ++at) words[at] |= row[at];
}

/// Where a fact is unknown, whatever reads it is possible, and open.
void add_unknown(Candidates& candidates, RuleIndex const& rules, IndexedFact const& fact) {
  if (candidates.open.empty()) candidates.open.assign(rules.words, 0);
  if (fact.is_read) add(candidates.open, rules.row(fact.reading_row));
  candidates.is_or_open = candidates.is_or_open || fact.is_in_or;
}

/// Rows that are so short that their length is a constant are joined in registers.
template <std::size_t words>
void look_up_short(Candidates& candidates, Inputs const& inputs, RuleIndex const& rules) {
  std::array<std::uint64_t, words> possible, holding;
  possible.fill(~std::uint64_t{0});
  std::copy_n(rules.without.begin(), words, holding.begin());
  auto* number = candidates.classes.data();
  for (auto const& fact : rules.facts) {
    *number = find_class(inputs, fact);
    auto const* or_row = rules.row(fact.or_row);
    if (*number != unknown_class) {
      auto const at = fact.first_class + *number;
      auto const* row = rules.row(rules.possible.of_classes[at].row);
      if (fact.is_in_or) or_row = rules.row(rules.holding.of_classes[at].row);
      for (std::size_t word = 0; word < words; ++word) possible[word] &= row[word];
    } else {
      add_unknown(candidates, rules, fact);
    }
    if (fact.is_in_or)
      for (std::size_t word = 0; word < words; ++word) holding[word] |= or_row[word];
    ++number;
  }
  for (std::size_t word = 0; word < words; ++word)
    candidates.possible[word] = possible[word] & holding[word];
}

void look_up(Candidates& candidates, Inputs const& inputs, RuleIndex const& rules) {
  candidates.rows.clear();
  candidates.or_rows.clear();
  candidates.holding = rules.without;
  auto* number = candidates.classes.data();
  for (auto const& fact : rules.facts) {
    *number = find_class(inputs, fact);
    auto const at = fact.first_class + *number;
    if (*number++ == unknown_class) {
      add_unknown(candidates, rules, fact);
      if (fact.is_in_or) candidates.or_rows.push_back(rules.row(fact.or_row));
      continue;
    }
    if (fact.is_read) candidates.rows.push_back(rules.row(rules.possible.of_classes[at].row));
    if (!fact.is_in_or) continue;
    auto const* of_class = &rules.holding.of_classes[at];
    candidates.or_rows.push_back(rules.row(of_class->row));
    for (auto one = of_class[0].except; one < of_class[1].except; ++one) {
      auto const position = rules.holding.except[one];
      candidates.holding[position / 64] |= std::uint64_t{1} << (position % 64);
    }
  }
  for (std::size_t from = 0; from < rules.words; from += row_block) join_block(candidates, from);
}

/// A row that classes share leaves possible what one of them does.
void take_out_excepted(Candidates& candidates, RuleIndex const& rules) {
  for (std::size_t at = 0; at < rules.facts.size(); ++at) {
    if (candidates.classes[at] == unknown_class) continue;
    auto const* of_class =
        &rules.possible.of_classes[rules.facts[at].first_class + candidates.classes[at]];
    for (auto one = of_class[0].except; one < of_class[1].except; ++one)
      candidates.remove(rules.possible.except[one]);
  }
}

}  // namespace

Truth truth_of_indexed(Candidates const& candidates, RuleIndex const& rules, std::uint32_t at) {
  // Without a branch on what leaves come to: it is not to be foreseen.
  unsigned all_hold = candidates.is_open(at) ? 0 : 1, none_fails = 1;
  unsigned holds = 0, is_unknown = 0;
  auto const* end = rules.leaves.data() + rules.steps[at + 1].leaves;
  auto const begin = candidates.is_or_open ? rules.steps[at].leaves : rules.steps[at].more;
  for (auto const* leaf = rules.leaves.data() + begin; leaf != end; ++leaf) {
    auto const found = candidates.classes[leaf->fact];
    holds |= leaf->holds(found) ? 1u : 0u;
    is_unknown |= found == unknown_class ? 1u : 0u;
    auto const goes_on = leaf->is_last ^ 1u;
    all_hold &= holds | goes_on;
    none_fails &= holds | is_unknown | goes_on;
    holds &= goes_on;
    is_unknown &= goes_on;
  }
  if (none_fails == 0) return Truth::no;
  return all_hold != 0 ? Truth::yes : Truth::unknown;
}

std::span<Candidate const> choose(Candidates& candidates, RuleIndex const& rules,
                                  std::uint32_t begin, std::uint32_t end) {
  auto& chosen = candidates.chosen;
  std::size_t count = 0;
  candidates.for_each(begin, end, [&](std::uint32_t at) {
    if (chosen.size() == count) chosen.resize(2 * count + 64);
    auto const truth = truth_of_indexed(candidates, rules, at);
    chosen[count] = {at, truth};
    count += truth != Truth::no ? 1 : 0;
  });
  return {chosen.data(), count};
}

void find_candidates(Candidates& candidates, Inputs const& inputs, RuleIndex const& rules) {
  candidates.possible.resize(rules.words);
  candidates.classes.resize(rules.facts.size());
  candidates.open.clear();
  candidates.is_or_open = false;
  switch (rules.words) {
    case 1:
      look_up_short<1>(candidates, inputs, rules);
      break;
    case 2:
      look_up_short<2>(candidates, inputs, rules);
      break;
    case 3:
      look_up_short<3>(candidates, inputs, rules);
      break;
    case 4:
      look_up_short<4>(candidates, inputs, rules);
      break;
    default:
      look_up(candidates, inputs, rules);
  }
  if (!rules.possible.except.empty()) take_out_excepted(candidates, rules);
}

}  // namespace heed::run
