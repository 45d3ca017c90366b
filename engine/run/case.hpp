#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/compile/rule_set.hpp"

/// One customer's case, its facts in the slots of a rule set.
namespace heed {

/// How many events count: `surely` without those of which it is not known, `possibly` with them.
struct CountedEvents {
  std::int64_t surely = 0;
  std::optional<std::int64_t> possibly;  // nothing: there may be any number more
  bool operator==(CountedEvents const&) const = default;
};
/// When the last event was that counts; nothing where there is none.
struct LatestEvent {
  std::optional<Instant> surely, possibly;
  bool operator==(LatestEvent const&) const = default;
};
/// What an expression over everyone's history came to.
struct Figure {
  using Count = CountedEvents;
  using Latest = LatestEvent;
  std::variant<Count, Latest> form;
  bool operator==(Figure const&) const = default;
};
/// By the text of the expression, as the language writes it; one that was read with `possibly` and
/// its like left open (for the questions) has `?` before it.
using Figures = std::map<std::string, Figure, std::less<>>;

struct Case {
  std::optional<Instant> at;  // the case's own clock
  std::string subject;        // whose case; may be empty
  std::vector<std::optional<Value>>
      facts;                         // by FactId, as many as the policy has; empty: not given
  std::vector<Happened> history;     // in the order given
  bool history_given = false;        // otherwise the server takes it from its store
  Figures figures;                   // across customers, as found before: used, not found again
  std::vector<std::string> ignored;  // JSON Pointers of what the policy does not declare, sorted
};

/// A case in which nothing is known.
Case make_case(RuleSet const& rules);

}  // namespace heed
