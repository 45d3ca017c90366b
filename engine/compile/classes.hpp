#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/check/policy.hpp"

/// The values of a fact in classes, within which all conditions that hold it against constants come
/// out the same.
namespace heed {

/// A fact whose values are told apart, or whether phrases are mentioned in it.
struct IndexedFact {
  FactId fact{};
  std::optional<std::uint32_t> mention;  // index into RuleSet::mentions; classes are no, yes
  bool is_ordered = false;               // `values` have classes between them
  std::vector<Value> values;             // ascending, as comes_before orders them, each once
  std::uint32_t classes = 0;             // how many there are; see class_of

  // Of ordered kinds: the values as whole numbers, `scale` of them to one. Empty where they are no
  // such numbers, or not all of one currency.
  std::vector<std::int64_t> wholes;
  std::int64_t scale = 1;

  std::uint32_t first_class = 0;  // of its classes, in a Plane
  // Rules with a part that reads it, and rules whose first `or` does: whether there are some, and
  // their rows in RuleIndex::rows.
  bool is_read = false, is_in_or = false;
  std::uint32_t reading_row = 0, or_row = 0;
};

/// Whether values of this kind have others between them.
bool is_ordered_kind(Kind kind);

/// A fact of these values, in no order and perhaps doubled; it stands nowhere in an index.
IndexedFact make_indexed(FactId fact, std::optional<std::uint32_t> mention, bool is_ordered,
                         std::vector<Value> values);

/// The class of a known value, from 0. Of an ordered kind, 2n is what lies below value n, 2n + 1
/// that value, and after the last value what lies above; otherwise n is value n, and after the last
/// any other value. The class after these is none.
std::uint32_t class_of(IndexedFact const& fact, Value const& value);

}  // namespace heed
