#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/advisor.hpp"
#include "engine/rule_costs.hpp"

/// How fast a policy decides the cases that its owner has.
namespace heed::api {

/// What is decided again and again. Everything in it outlives the measuring.
struct Workload {
  RuleSet const& rules;
  Source const* source = nullptr;  // null: the lines are cases
  std::optional<Instant> at;       // nothing: each case's own time, or now
  EngineVersion const& engine;
  std::span<std::string const> lines;  // INVARIANT: each is a case, and there is one
};

struct MeasureOptions {
  double seconds = 3;  // for each of: one thread, all threads, one by one, rules
  unsigned jobs = 1;
};

/// Decisions without a pause, from the bytes of a case to those of its decision.
struct Rate {
  unsigned threads = 1;
  std::uint64_t decisions = 0;
  double seconds = 0;
  double processor_us = 0;  // of a decision, on all threads together

  double per_second() const { return seconds > 0 ? static_cast<double>(decisions) / seconds : 0; }
};

/// Decisions timed one by one, in microseconds.
struct Times {
  std::uint64_t timed = 0;
  double p50 = 0, p95 = 0, p99 = 0, longest = 0;
  double read = 0, decide = 0, write = 0;  // what the steps take, on average
};

/// The rules that cost most, the dearest first; see RuleCosts.
struct DearRules {
  std::uint64_t cases = 0;  // that there was time for
  double decide_us = 0;     // what deciding these cases takes, together
  std::vector<RuleCost> rules;
};

struct Measured {
  double answer_bytes = 0;  // of a decision, on average
  Rate one, all;            // `all` counts nothing where there is only one thread
  Times times;
  DearRules dear;
};

/// Warms up, then measures, as long as `options` say and at least each case once.
Measured measure(Workload const& workload, MeasureOptions const& options);

/// The value that so large a part of them does not exceed; 0 of none.
double percentile(std::span<std::uint32_t const> ascending, double part);

/// At most so many, without those that cost nothing; by cost, then by RuleId.
std::vector<RuleCost> find_dearest(std::vector<RuleCost> costs, std::size_t at_most);

/// What is known of the policy and the cases beside what was measured.
struct MeasuredCases {
  double load_ms = 0;
  std::uint64_t cases = 0, refused = 0;
  bool is_cut = false;  // there are more cases than were taken
  double case_bytes = 0;
};

/// For a person, with a line end.
std::string measured_text(RuleSet const& rules, MeasuredCases const& cases,
                          Measured const& measured);
/// schemas/bench.schema.json, on one line, with a line end.
std::string measured_json(RuleSet const& rules, EngineVersion const& engine,
                          MeasuredCases const& cases, Measured const& measured);

}  // namespace heed::api
