#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/advisor.hpp"

/// Finding facts by the names of members, as they stand in cases: nested, dotted, or both.
namespace heed::json {

/// What a member's name leads to.
struct Named {
  bool is_fact = false;
  std::uint32_t number = 0;  // of the fact, or of the group that its object holds
  std::uint32_t place = 0;   // of this way to write the name, below count_places()
};

/// Every way in which a case may write the names of a policy's facts: `order.total` stands as
/// `order.total` in the root, and as `total` in the group `order`. Immutable; the policy outlives
/// it.
class FactNames {
 public:
  explicit FactNames(Policy const& policy);

  static constexpr std::uint32_t root = 0;
  std::uint32_t count_groups() const { return groups_; }
  /// What this name leads to in a group; nothing where the policy has nothing of this name.
  std::optional<Named> find(std::uint32_t group, std::string_view name) const;

  /// Ways to write names, by number: some are free. The name, the same with its quotes and colon as
  /// a member begins, and what it leads to.
  std::uint32_t count_places() const { return static_cast<std::uint32_t>(table_.size()); }
  std::string_view name(std::uint32_t place) const { return table_[place].name; }
  std::string_view beginning(std::uint32_t place) const { return table_[place].beginning; }
  Named const& at(std::uint32_t place) const { return table_[place].leads_to; }

 private:
  struct Entry {
    std::uint32_t group = 0;
    std::string_view name;
    Named leads_to;
    std::string beginning = {};
  };
  void add(Entry const& entry);
  std::size_t place_of(std::uint32_t group, std::string_view name) const;

  std::uint32_t groups_ = 1;
  std::vector<Entry> table_;  // open addressing; an entry without a name is free
};

}  // namespace heed::json
