#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/json/value.hpp"

/// The facts of a case, as they are filled into the slots of a policy.
namespace heed::json {

/// Whether a fact may still be given.
enum class Slot : std::uint8_t {
  open,
  given,
  mapped  // a line of a source says where it comes from: members of its name mean something else
};

/// Facts that are being read.
struct Slots {
  Policy const& policy;
  std::vector<std::optional<Value>> facts;            // by FactId
  std::vector<Slot> state;                            // by FactId
  std::vector<ItemLine> const* item_lines = nullptr;  // of the source; null where there is none
  Findings findings;
};

Slots make_slots(Policy const& policy);

/// Reads the members of `object`, which stands at `pointer`, as facts: `{"customer": {"tier": …}}`
/// and `{"customer.tier": …}` alike. A fact given twice is a mistake.
void read_facts(Node const& object, std::string pointer, Slots& slots);

/// Puts the default where nothing is known.
void fill_defaults(Slots& slots);

/// The fact of this name; nothing where the policy declares none.
std::optional<FactId> find_fact(Policy const& policy, std::string_view name);

}  // namespace heed::json
