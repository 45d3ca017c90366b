#include "engine/compile/rows.hpp"

#include <algorithm>

namespace heed::compiling {
namespace {

/// Rows that take no more for all classes of a fact stand there for each class by itself.
constexpr std::size_t small_bytes = 128u << 10;
/// Otherwise classes share a row while they differ in no more rules than these.
constexpr std::size_t differing_max = 16;

/// A rule that is possible from a class on, or no longer.
struct Turn {
  std::uint32_t number = 0;  // of the class
  std::uint32_t at = 0;
};

std::vector<Turn> list_turns(IndexedFact const& fact, std::vector<Reader> const& readers) {
  std::vector<Turn> turns;
  for (auto const& reader : readers) {
    for (auto const& span : reader.spans) {
      turns.push_back({span.begin, reader.at});
      if (span.end < fact.classes) turns.push_back({span.end, reader.at});
    }
  }
  std::ranges::stable_sort(turns, {}, &Turn::number);
  return turns;
}

/// Goes through the classes of one fact.
class Sweep {
 public:
  Sweep(RuleIndex& index, Plane& plane, IndexedFact const& fact, std::vector<Reader> const& readers,
        Sharing sharing)
      : index_{index},
        plane_{plane},
        fact_{fact},
        turns_{list_turns(fact, readers)},
        now_(index.words, sharing == Sharing::any ? ~std::uint64_t{0} : 0),
        sharing_{sharing},
        is_small_{index.words <= row_words_short ||
                  fact.classes * index.words * sizeof(std::uint64_t) <= small_bytes} {
    if (sharing == Sharing::any)
      for (auto const& reader : readers) flip(now_.data(), reader.at);
  }

  bool run() {
    for (number_ = 0; number_ < fact_.classes; ++number_) {
      auto const end = find_end();
      if (is_new_row(end)) {
        finish_group();
        if (!begin_group(end)) return false;
      } else {
        for (auto turn = next_; turn < end; ++turn) join(turns_[turn].at);
      }
      next_ = end;
    }
    finish_group();
    return true;
  }

 private:
  static bool is_set(std::uint64_t const* words, std::uint32_t at) {
    return (words[at / 64] >> (at % 64) & 1) != 0;
  }
  static void flip(std::uint64_t* words, std::uint32_t at) {
    words[at / 64] ^= std::uint64_t{1} << (at % 64);
  }

  /// Behind the turns of this class.
  std::size_t find_end() const {
    auto end = next_;
    while (end < turns_.size() && turns_[end].number == number_) ++end;
    return end;
  }

  bool is_new_row(std::size_t end) const {
    if (number_ == 0) return true;
    if (is_small_) return end > next_;
    return differing_.size() + (end - next_) > differing_max;
  }

  bool begin_group(std::size_t end) {
    for (auto turn = next_; turn < end; ++turn) flip(now_.data(), turns_[turn].at);
    begin_ = number_;
    begin_turn_ = end;
    if ((index_.rows.size() + 2 * index_.words) * sizeof(std::uint64_t) > index_bytes_max)
      return false;
    index_.rows.insert(index_.rows.end(), now_.begin(), now_.end());
    return true;
  }

  /// A rule that turns within a group.
  void join(std::uint32_t at) {
    flip(now_.data(), at);
    auto* row = index_.rows.data() + index_.rows.size() - index_.words;
    if (is_set(row, at) != (sharing_ == Sharing::any)) flip(row, at);
    if (std::ranges::find(differing_, at) == differing_.end()) differing_.push_back(at);
  }

  /// Notes for each class of the group in which rules it differs from the row. Backwards, for what
  /// holds is known behind the last one.
  void finish_group() {
    if (number_ == 0) return;
    auto const row =
        static_cast<std::uint32_t>(index_.rows.size() / std::max<std::size_t>(index_.words, 1)) - 1;
    std::vector<std::vector<std::uint32_t>> except(number_ - begin_);
    auto turn = next_;
    for (auto number = number_; number-- > begin_;) {
      for (auto const at : differing_)
        if (is_set(now_.data(), at) != (sharing_ == Sharing::any))
          except[number - begin_].push_back(at);
      for (; turn > begin_turn_ && turns_[turn - 1].number == number; --turn)
        flip(now_.data(), turns_[turn - 1].at);
    }
    for (turn = begin_turn_; turn < next_; ++turn) flip(now_.data(), turns_[turn].at);
    for (auto const& one : except) {
      plane_.of_classes.push_back({row, static_cast<std::uint32_t>(plane_.except.size())});
      plane_.except.insert(plane_.except.end(), one.begin(), one.end());
    }
    differing_.clear();
  }

  RuleIndex& index_;
  Plane& plane_;
  IndexedFact const& fact_;
  std::vector<Turn> turns_;
  std::vector<std::uint64_t> now_;  // what holds for the class
  Sharing sharing_;
  bool is_small_ = false;
  std::uint32_t number_ = 0;              // of the class
  std::size_t next_ = 0;                  // turn
  std::uint32_t begin_ = 0;               // first class of the group
  std::size_t begin_turn_ = 0;            // first turn behind that class
  std::vector<std::uint32_t> differing_;  // rules that turn within the group
};

}  // namespace

bool add_rows(RuleIndex& index, Plane& plane, IndexedFact const& fact,
              std::vector<Reader> const& readers, Sharing sharing) {
  return Sweep{index, plane, fact, readers, sharing}.run();
}

std::uint32_t add_row(RuleIndex& index, std::vector<Reader> const& readers) {
  auto const begin = index.rows.size();
  index.rows.resize(begin + index.words, 0);
  for (auto const& [at, spans] : readers)
    index.rows[begin + at / 64] |= std::uint64_t{1} << (at % 64);
  return static_cast<std::uint32_t>(begin / std::max<std::size_t>(index.words, 1));
}

}  // namespace heed::compiling
