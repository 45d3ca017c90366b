#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/check/policy.hpp"

/// Which rules single facts leave possible, found out once for each value that tells them apart.
///
/// A rule's condition is split into what must all hold. A part that reads one fact alone, against
/// constants, is indexed; what remains is asked of the few rules that are still possible. The
/// values of a fact fall into classes within which all indexed parts come out the same; a row of
/// bits for each class says which rules it leaves possible. Where an `or` joins such parts of
/// several facts, the classes tell of each rule that is still possible whether one of them holds.
/// Joined by AND over all facts the rows say which rules are possible; those that read a fact that
/// is unknown can only wait.
namespace heed {

struct RuleSet;

/// A fact whose values are told apart, or whether phrases are mentioned in it.
struct IndexedFact {
  FactId fact{};
  std::optional<std::uint32_t> mention;  // index into RuleSet::mentions; classes are no, yes
  bool is_ordered = false;               // `values` have classes between them
  std::vector<Value> values;             // ascending, as comes_before orders them, each once
  std::vector<std::int64_t> wholes;      // `values` where all of them are whole numbers
  std::uint32_t first_row = 0;           // of its classes, see class_of
  std::uint32_t reading_row = 0;         // the rules with a part that reads it
};

/// A condition of one fact within an `or`: which classes of that fact it holds for.
struct Leaf {
  std::uint32_t fact = 0;  // place in RuleIndex::facts
  std::uint32_t bits = 0;  // place in RuleIndex::bits: a bit for each class
};

/// Rules that follow each other: those of one layer that repeats, or of layers that do not.
struct Stretch {
  std::uint32_t begin = 0, end = 0;  // positions
  bool repeats = false;
};

/// Immutable. Rules are numbered anew, by their position: layer after layer, within one by RuleId.
struct RuleIndex {
  std::size_t words = 0;      // of 64 rules each, in a row
  std::vector<RuleId> rules;  // by position
  std::vector<Stretch> stretches;
  std::vector<std::uint32_t> at;  // positions by RuleId
  std::vector<RuleId> dated;      // that count on some days alone
  std::vector<IndexedFact> facts;
  std::vector<std::uint64_t> rows;  // one after the other, `words` each

  // By position: parts joined by `or`, each of one fact alone: ors[or_begin[p]] up to
  // ors[or_begin[p + 1]]. Each is the number behind the last of its leaves.
  std::vector<std::uint32_t> ors, or_begin;
  std::vector<Leaf> leaves;
  std::vector<std::uint64_t> bits;

  // By position: what remains of its condition, rest[rest_begin[p]] up to rest[rest_begin[p + 1]].
  std::vector<Expression const*> rest;
  std::vector<std::uint32_t> rest_begin;

  std::uint64_t const* row(std::uint32_t number) const { return rows.data() + number * words; }
};

/// The class of a known value, from 0. Of an ordered kind, 2n is what lies below value n, 2n + 1
/// that value, and after the last value what lies above; otherwise n is value n, and after the last
/// any other value. The class after these is none.
std::uint32_t class_of(IndexedFact const& fact, Value const& value);
/// How many classes there are.
std::uint32_t count_classes(IndexedFact const& fact);

/// What all rows may take, together.
constexpr std::size_t index_bytes_max = 256u << 20;

/// Looks at `policy`, `layers` and `mentions` of a rule set. Facts whose rows find no room are not
/// indexed: their parts remain.
RuleIndex make_index(RuleSet const& rules);

}  // namespace heed
