#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "server/json/mistake.hpp"

/// A case as it was decided, for the log.
namespace heed::json {

/// The case in canonical bytes (RFC 8785), with the clock it was decided at, every fact that is
/// known under its dotted name (defaults too), the history that counted, and what was passed over.
/// Reading it, with the same policy, gives the same case, so that the decision can be computed
/// again, byte for byte. Times stand in UTC, money and durations as texts; a number that no double
/// holds stands as {"fraction": "1/3"}. A default that JSON cannot write is left out: reading puts
/// it back.
std::string resolved_case(RuleSet const& rules, Case const& subject, Instant now);

/// The facts of a policy in the order in which a resolved case names them.
using FactOrder = std::vector<std::size_t>;
FactOrder order_facts(Policy const& policy);

/// A case of which the decision is known, where that order is at hand.
struct Resolving {
  RuleSet const& rules;
  Case const& subject;
  Instant now;
  FactOrder const& order;
};

/// What is written in the place of the values of some facts.
struct Replacing {
  SealedNames::Names const& facts;
  /// Appends it; `value` is the canonical bytes of the value.
  std::function<void(std::string& out, std::string_view fact, std::string_view value)> append;
};

/// The same as above, with values replaced where `replacing` is given.
std::string resolved_case(Resolving const& resolving, Replacing const* replacing = nullptr);

/// Reads a resolved case. As read_case, but for the limit on its size: it may have grown a few
/// times over what was sent. At most limits::log_record_bytes_max bytes.
Expected<Case, CaseMistakes> read_resolved_case(RuleSet const& rules, std::string_view json);

}  // namespace heed::json
