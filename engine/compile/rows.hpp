#pragma once
#include <cstdint>
#include <vector>

#include "engine/compile/index.hpp"
#include "engine/compile/single_fact.hpp"

/// The rows of an index, fact by fact.
namespace heed::compiling {

/// For which classes a fact leaves a rule possible, or makes its `or` hold.
struct Reader {
  std::uint32_t at = 0;  // position of the rule
  std::vector<Span> spans;
};

/// For which rules a row stands where its classes differ: for those of any class, or of all.
enum class Sharing { any, all };

/// Adds rows to `plane` in which the readers stand for which a class holds; of other rules they
/// hold ones where they are for any class, otherwise zeros. `readers` ascend by position, each
/// once. Where the rows find no room the answer is false, and `index` of no use.
bool add_rows(RuleIndex& index, Plane& plane, IndexedFact const& fact,
              std::vector<Reader> const& readers, Sharing sharing);

/// Adds a row of the readers, and answers its number.
std::uint32_t add_row(RuleIndex& index, std::vector<Reader> const& readers);

}  // namespace heed::compiling
