#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/advisor.hpp"
#include "server/json/hash.hpp"

/// Finding the values of choices by their names, as they stand in cases.
namespace heed::json {

/// The values of all choices that a policy's facts have. Immutable; the policy outlives it.
class ChoiceNames {
 public:
  explicit ChoiceNames(Policy const& policy);

  /// A value of the fact, which is a choice; nothing where it has none of this name.
  std::optional<Chosen> find(std::uint32_t fact, std::string_view name) const;

 private:
  struct Entry {
    std::uint32_t choice = 0;  // 0: free
    Chosen value{};
    std::string_view name;
    NameKey key{{}};
  };
  std::size_t place_of(std::uint32_t choice, std::string_view name) const;

  std::vector<std::uint32_t> choice_of_;  // by FactId, from 1; 0: no choice
  std::vector<Entry> table_;              // open addressing
};

}  // namespace heed::json
