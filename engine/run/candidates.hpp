#pragma once
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/compile/index.hpp"
#include "engine/run/explanation.hpp"

/// Which rules are still possible once each fact has been looked up in the index.
namespace heed::run {

struct Inputs;

/// A rule that is still possible, and what of its condition is indexed comes to: yes or unknown.
struct Candidate {
  std::uint32_t at = 0;  // position
  Truth truth = Truth::yes;
};

/// Two planes of bits, by position in the index.
struct Candidates {
  std::vector<std::uint64_t> possible;  // no indexed part of its condition is false
  std::vector<std::uint64_t> open;      // an indexed part is unknown; empty where none is
  std::vector<std::uint32_t> classes;   // by RuleIndex::facts; unknown_class where it is unknown
  bool is_or_open = false;              // so is a part of a first `or`
  // Room to work in.
  std::vector<std::uint64_t const*> rows, or_rows;
  std::vector<std::uint64_t> holding;  // whose first `or` holds whatever the rows say
  std::vector<Candidate> chosen;

  bool is_possible(std::uint32_t at) const { return (possible[at / 64] >> (at % 64) & 1) != 0; }
  void remove(std::uint32_t at) { possible[at / 64] &= ~(std::uint64_t{1} << (at % 64)); }
  bool is_open(std::uint32_t at) const {
    return !open.empty() && (open[at / 64] >> (at % 64) & 1) != 0;
  }

  /// Calls `visit(position)` for each possible rule from `begin` up to `end`, ascending.
  template <class Visit>
  void for_each(std::uint32_t begin, std::uint32_t end, Visit const& visit) const {
    for (auto word = begin / 64; word * 64 < end; ++word) {
      auto bits = possible[word];
      if (word == begin / 64) bits &= ~std::uint64_t{0} << (begin % 64);
      if ((word + 1) * 64 > end) bits &= ~std::uint64_t{0} >> (64 - end % 64);
      for (; bits != 0; bits &= bits - 1)
        visit(word * 64 + static_cast<std::uint32_t>(std::countr_zero(bits)));
    }
  }
};

/// What the indexed parts of the condition of the rule at a position come to, together; it is
/// possible.
Truth truth_of_indexed(Candidates const& candidates, RuleIndex const& rules, std::uint32_t at);

/// Those from `begin` up to `end` whose indexed parts are not false, ascending. They live until the
/// next call.
std::span<Candidate const> choose(Candidates& candidates, RuleIndex const& rules,
                                  std::uint32_t begin, std::uint32_t end);

/// Fills `candidates` in.
void find_candidates(Candidates& candidates, Inputs const& inputs, RuleIndex const& rules);

}  // namespace heed::run
