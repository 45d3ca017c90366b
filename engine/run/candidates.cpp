#include "engine/run/candidates.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "engine/run/frame.hpp"
#include "engine/run/kleene.hpp"

namespace heed::run {
namespace {

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

/// Where a fact is unknown, whatever reads it is open.
void open_unknown(Candidates& candidates, RuleIndex const& rules) {
  candidates.open.assign(rules.words, 0);
  for (std::size_t at = 0; at < rules.facts.size(); ++at) {
    if (candidates.classes[at] != unknown_class) continue;
    auto const& fact = rules.facts[at];
    if (fact.is_read) add(candidates.open, rules.row(fact.reading_row));
    candidates.is_or_open = candidates.is_or_open || fact.is_in_or;
  }
}

/// Rows that are so short that their length is a constant are joined in registers.
template <std::size_t words>
void look_up_short(Candidates& candidates, RuleIndex const& rules) {
  std::array<std::uint64_t, words> possible, holding;
  possible.fill(~std::uint64_t{0});
  std::copy_n(rules.without.begin(), words, holding.begin());
  auto const* number = candidates.classes.data();
  for (auto const& [classes, begin] : rules.pairs) {
    auto const* row = rules.paired.data() + begin + 2 * words * std::min(*number++, classes);
    for (std::size_t word = 0; word < words; ++word) {
      possible[word] &= row[word];
      holding[word] |= row[words + word];
    }
  }
  for (std::size_t word = 0; word < words; ++word)
    candidates.possible[word] = possible[word] & holding[word];
}

void look_up_short(Candidates& candidates, RuleIndex const& rules) {
  static_assert(row_words_short == 4);
  if (rules.words == 1) return look_up_short<1>(candidates, rules);
  if (rules.words == 2) return look_up_short<2>(candidates, rules);
  if (rules.words == 3) return look_up_short<3>(candidates, rules);
  if (rules.words == 4) return look_up_short<4>(candidates, rules);
}

void look_up_long(Candidates& candidates, RuleIndex const& rules) {
  candidates.rows.clear();
  candidates.or_rows.clear();
  candidates.holding = rules.without;
  auto const* number = candidates.classes.data();
  for (auto const& fact : rules.facts) {
    auto const at = fact.first_class + *number;
    if (*number++ == unknown_class) {
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

void make_room(Candidates& candidates, RuleIndex const& rules) {
  candidates.possible.resize(rules.words);
  candidates.classes.resize(rules.facts.size());
  candidates.chosen.resize(rules.steps.size());
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

/// What truth_of_indexed says where no fact is unknown: yes or no.
bool leaves_hold(Candidates const& candidates, RuleIndex const& rules, std::uint32_t at) {
  unsigned all_hold = 1, holds = 0;
  auto const* end = rules.leaves.data() + rules.steps[at + 1].leaves;
  for (auto const* leaf = rules.leaves.data() + rules.steps[at].more; leaf != end; ++leaf) {
    holds |= leaf->holds(candidates.classes[leaf->fact]) ? 1u : 0u;
    auto const goes_on = leaf->is_last ^ 1u;
    all_hold &= holds | goes_on;
    holds &= goes_on;
  }
  return all_hold != 0;
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
  auto* next = candidates.chosen.data();
  if (candidates.open.empty()) {
    candidates.for_each(begin, end, [&](std::uint32_t at) {
      *next = {at, Truth::yes};
      next += leaves_hold(candidates, rules, at) ? 1 : 0;
    });
  } else {
    candidates.for_each(begin, end, [&](std::uint32_t at) {
      auto const truth = truth_of_indexed(candidates, rules, at);
      *next = {at, truth};
      next += truth != Truth::no ? 1 : 0;
    });
  }
  return {candidates.chosen.data(), next};
}

void find_candidates(Candidates& candidates, Inputs const& inputs, RuleIndex const& rules) {
  if (candidates.chosen.size() != rules.steps.size()) make_room(candidates, rules);
  candidates.open.clear();
  candidates.is_or_open = false;
  if (!find_classes(rules.lookups, rules.facts, inputs.facts, inputs.mentioned, candidates.classes))
    open_unknown(candidates, rules);
  if (rules.words > row_words_short)
    look_up_long(candidates, rules);
  else
    look_up_short(candidates, rules);
  if (!rules.possible.except.empty()) take_out_excepted(candidates, rules);
}

}  // namespace heed::run
