#pragma once
#include <set>
#include <vector>

#include "engine/compile/rule_set.hpp"

/// All that the outcome of some rules rests on.
namespace heed::search {

/// A comparison, membership, containment or mention with the facts in it, through defines too: from
/// these come the values worth trying.
struct Test {
  Expression const* expression = nullptr;
  std::vector<FactId> facts;   // ascending
  bool reads_targets = false;  // something that rules write
};

/// A fact compared with a field of an event, in what counts events of the customer's history.
struct BesideEvent {
  FactId fact{};
  EventId event{};
  std::uint32_t field = 0;  // of Event::fields
};

struct Cone {
  std::vector<Layer> layers;  // of the rules that have to be settled, in an order that does it
  std::vector<FactId> facts;  // read by them, ascending
  std::vector<Test> tests;
  std::vector<BesideEvent> beside_events;
  std::vector<HistoryRead> across_customers;  // what is counted there
  bool reads_what_is_open = false;  // `possibly`, `certainly`, `is known`: to know less may matter
};

/// What `goals` rest on: their conditions and values, and whatever these read, through defines,
/// tables and targets with the rules that write them.
Cone find_cone(RuleSet const& rules, std::vector<RuleId> const& goals);

/// The facts inside an expression, through defines and tables.
std::set<FactId> facts_in(Policy const& policy, Expression const& expression);

}  // namespace heed::search
