#pragma once
#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

#include "engine/run/frame.hpp"

/// Which facts a rule waits for (language, part 3.6), and which computations failed where that
/// matters.
namespace heed::run {

class FactSet {
 public:
  void add(FactId fact);
  void clear() { words_.clear(); }
  bool is_empty() const {
    return std::ranges::all_of(words_, [](std::uint64_t word) { return word == 0; });
  }
  /// True where that made it larger.
  bool add(FactSet const& other);
  /// Calls `visit(std::size_t)` with the index of each fact, ascending.
  template <class Visit>
  void for_each(Visit const& visit) const {
    for (std::size_t word = 0; word < words_.size(); ++word) {
      for (auto rest = words_[word]; rest != 0; rest &= rest - 1)
        visit(word * 64 + static_cast<std::size_t>(std::countr_zero(rest)));
    }
  }

 private:
  std::vector<std::uint64_t> words_;
};

struct Waits {
  std::vector<RuleId> rules;        // that fired or are pending, ascending
  std::vector<FactSet> of_rules;    // by `rules`; there may be more of them
  std::vector<FactSet> of_answers;  // by AnswerId: those that report what is still unknown
  std::vector<Warning> warnings;    // in no order, perhaps doubled

  /// Null where the rule waits for nothing.
  FactSet const* of(RuleId rule) const;
};

/// `plain` and `left_open` are settled frames of the same case; they may be one and the same where
/// nothing is read differently. What `waits` held is forgotten, its memory kept.
void find_waits(Waits& waits, Frame& plain, Frame& left_open);

}  // namespace heed::run
