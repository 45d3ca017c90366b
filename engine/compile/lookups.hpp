#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "engine/compile/classes.hpp"

/// Where the classes of a case's values are found: facts of one kind together, so that no fact is
/// asked what it is.
namespace heed {

/// A fact in a list of IndexedFact, and the highest class that a value of it may name itself.
struct NamedLookup {
  FactId fact{};
  std::uint32_t place = 0, last = 0;
};

/// A fact whose values are numbers, as whole numbers of which `scale` are one.
struct NumberLookup {
  FactId fact{};
  std::uint32_t place = 0;
  std::int64_t scale = 1;
  std::int64_t first = 0;              // Lookups::near[begin] is the class of this one
  std::uint32_t begin = 0, count = 0;  // in Lookups::near where it is listed, else in wholes
  bool is_listed = false;
};

/// Immutable.
struct Lookups {
  std::vector<NamedLookup> truths, choices;
  std::vector<NumberLookup> numbers;
  std::vector<std::uint32_t> others;  // places of facts of all other kinds, and mentions
  /// The classes of whole numbers that follow each other, of numbers whose constants lie near each
  /// other: from below the first constant to above the last.
  std::vector<std::uint32_t> near;
  std::vector<std::int64_t> wholes;  // constants of other numbers, ascending
};

Lookups make_lookups(std::vector<IndexedFact> const& facts);

/// The class of a fact whose value is unknown.
constexpr std::uint32_t unknown_class = 0xFFFFFFFF;

/// Writes the class of each fact to `classes`, by its place; `values` are by FactId, null where
/// unknown, `mentioned` by RuleSet::mentions. Answers whether all are known.
bool find_classes(Lookups const& lookups, std::vector<IndexedFact> const& facts,
                  std::span<Value const* const> values, std::vector<bool> const& mentioned,
                  std::span<std::uint32_t> classes);

}  // namespace heed
