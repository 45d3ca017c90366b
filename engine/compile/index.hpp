#pragma once
#include <cstdint>
#include <vector>

#include "engine/compile/lookups.hpp"

/// Which rules single facts leave possible, found out once for each value that tells them apart.
///
/// A rule's condition is split into what must all hold. A part that reads one fact alone, against
/// constants, is indexed; what remains is asked of the few rules that are still possible. The
/// values of a fact fall into classes within which all indexed parts come out the same; a row of
/// bits says which rules a class leaves possible. Joined by AND over all facts the rows say which
/// rules are possible; those that read a fact that is unknown can only wait. Where an `or` joins
/// such parts of several facts, second rows say for which rules a class makes their first `or`
/// hold: these are joined by OR. Further ones are looked up, by class, of each rule that is still
/// possible.
namespace heed {

struct RuleSet;

/// The row of a class. Classes that follow each other and differ in few rules share one; each then
/// names the rules in which it differs.
struct ClassRow {
  std::uint32_t row = 0;
  std::uint32_t except = 0;  // in Plane::except, up to that of the class behind it
};

/// Rows by class, of all facts, to be joined.
struct Plane {
  std::vector<ClassRow> of_classes;   // and one behind the last
  std::vector<std::uint32_t> except;  // positions
};

/// A condition of one fact within an `or`: it holds for `count` classes from `begin` on, of those
/// whose number modulo 64 is among the bits.
struct Leaf {
  std::uint32_t fact = 0;     // place in RuleIndex::facts
  std::uint32_t is_last = 0;  // 1: of its `or`
  std::uint32_t begin = 0, count = 0;
  std::uint64_t bits = 0;

  bool holds(std::uint32_t number) const {
    return (static_cast<unsigned>(number - begin < count) & (bits >> (number % 64) & 1)) != 0;
  }
};

/// What is to be looked at of a rule that is still possible. It ends where that of the next one
/// begins.
struct Step {
  RuleId rule{};
  std::uint32_t leaves = 0;  // RuleIndex::leaves: parts joined by `or`, one `or` after the other
  std::uint32_t more = 0;    // those that are in no row
  std::uint32_t rest = 0;    // RuleIndex::rest: what is not indexed of its condition
};

/// Rules that follow each other: those of one layer that repeats, or of layers that do not.
struct Stretch {
  std::uint32_t begin = 0, end = 0;  // positions
  bool repeats = false;
};

/// Where rows are short, those of each class of a fact stand beside each other: of `possible`, then
/// of `holding`. Behind the last class comes what is joined where the fact is unknown.
struct PairedRows {
  std::uint32_t classes = 0;  // of the fact
  std::uint32_t begin = 0;    // of its first class, in RuleIndex::paired
};

/// Rows are as short as these words, and then no classes share one but such as do not differ; or
/// they are filled up to blocks, of rules that there are not.
constexpr std::size_t row_words_short = 4, row_block = 8;

/// Immutable. Rules are numbered anew, by their position: layer after layer, within one by RuleId.
struct RuleIndex {
  std::size_t words = 0;    // of 64 rules each, in a row: at most row_words_short, or whole blocks
  std::vector<Step> steps;  // by position, and one without a rule
  std::vector<Stretch> stretches;
  std::vector<std::uint32_t> at;  // positions by RuleId
  std::vector<RuleId> dated;      // that count on some days alone
  std::vector<IndexedFact> facts;
  Lookups lookups;                     // of `facts`
  Plane possible;                      // a row leaves possible what one of its classes does
  Plane holding;                       // in a row first `or`s hold that do for all its classes
  std::vector<std::uint64_t> without;  // the rules of which no `or` is in rows
  std::vector<std::uint64_t> rows;     // one after the other, `words` each
  std::vector<PairedRows> pairs;       // by `facts`; empty where rows are not short
  std::vector<std::uint64_t> paired;   // 2 * `words` for each class
  std::vector<Leaf> leaves;
  std::vector<Expression const*> rest;

  std::uint32_t count() const { return static_cast<std::uint32_t>(steps.size() - 1); }
  std::uint64_t const* row(std::uint32_t number) const { return rows.data() + number * words; }
};

/// What all rows may take, together.
constexpr std::size_t index_bytes_max = 256u << 20;

/// Looks at `policy`, `layers` and `mentions` of a rule set. Facts whose rows find no room are not
/// indexed: their parts remain.
RuleIndex make_index(RuleSet const& rules);

}  // namespace heed
