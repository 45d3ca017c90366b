#include <array>
#include <cstdio>

#include "server/api/measure.hpp"
#include "server/json/write.hpp"

namespace heed::api {
namespace {

/// As printf does. What it writes fits a line.
template <class... Values>
std::string print(char const* format, Values... values) {
  std::array<char, 256> line{};
  auto const size = std::snprintf(line.data(), line.size(), format, values...);
  return {line.data(), std::min(line.size() - 1, static_cast<std::size_t>(std::max(0, size)))};
}

/// `12,345`.
std::string grouped(double number) {
  auto digits = print("%.0f", number);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}
std::string grouped(std::uint64_t number) {
  return grouped(static_cast<double>(number));
}

/// Microseconds with three figures that count, or milliseconds.
std::string time_text(double us) {
  if (us >= 10'000) return print("%.1f ms", us / 1e3);
  if (us >= 100) return grouped(us) + " us";
  return print(us >= 10 ? "%.1f us" : "%.2f us", us);
}

double share(double part, double whole) {
  return whole > 0 ? part / whole : 0;
}

double steps_of(Times const& times) {
  return times.read + times.decide + times.write;
}

std::string counted(std::uint64_t count, std::string const& noun) {
  return grouped(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string rate_line(Rate const& rate) {
  return grouped(rate.per_second()) + " decisions/s, " + time_text(rate.processor_us) +
         " of processor time each";
}

std::string dear_text(RuleSet const& rules, DearRules const& dear) {
  if (dear.rules.empty()) return "no rule costs anything that can be measured\n";
  auto const of_one = dear.decide_us / static_cast<double>(dear.cases);
  std::string text = "deciding takes " + time_text(of_one) + ", each of " +
                     counted(dear.cases, "case") +
                     " at its quickest; without a rule it would take less by\n";
  for (auto const& cost : dear.rules)
    text += print("  %5.1f%%  ", 100 * share(cost.ns / 1e3, dear.decide_us)) +
            rules.policy.rules[index(cost.rule)].name + " (asked in " + grouped(cost.asked) +
            ", fired in " + grouped(cost.fired) + ", waits in " + grouped(cost.waited) + ")\n";
  return text;
}

std::string times_text(Times const& times) {
  auto const steps = steps_of(times);
  return "one decision:  p50 " + time_text(times.p50) + ", p95 " + time_text(times.p95) + ", p99 " +
         time_text(times.p99) + ", longest " + time_text(times.longest) + " (" +
         grouped(times.timed) + " timed)\n" +
         print("its steps:     %.0f%% reading the case, %.0f%% deciding, %.0f%% writing\n",
               100 * share(times.read, steps), 100 * share(times.decide, steps),
               100 * share(times.write, steps));
}

using Members = std::vector<std::pair<std::string_view, std::string>>;

std::string object(Members const& members) {
  std::string out;
  json::append_members(out, members);
  return out;
}

std::string number(double value) {
  return print("%.6g", value);
}
std::string number(std::uint64_t value) {
  return std::to_string(value);
}
std::string text(std::string_view words) {
  std::string out;
  json::append_text(out, words);
  return out;
}

std::string rate_json(Rate const& rate) {
  return object({{"threads", number(std::uint64_t{rate.threads})},
                 {"decisions", number(rate.decisions)},
                 {"seconds", number(rate.seconds)},
                 {"per_second", number(rate.per_second())},
                 {"processor_us", number(rate.processor_us)}});
}

std::string times_json(Times const& times) {
  return object({{"timed", number(times.timed)},
                 {"p50", number(times.p50)},
                 {"p95", number(times.p95)},
                 {"p99", number(times.p99)},
                 {"longest", number(times.longest)},
                 {"read", number(times.read)},
                 {"decide", number(times.decide)},
                 {"write", number(times.write)}});
}

std::string dear_json(RuleSet const& rules, DearRules const& dear) {
  std::string list;
  json::append_each(list, dear.rules, [&](RuleCost const& cost) {
    list += object({{"rule", text(rules.policy.rules[index(cost.rule)].name)},
                    {"asked", number(cost.asked)},
                    {"fired", number(cost.fired)},
                    {"waits", number(cost.waited)},
                    {"us", number(cost.ns / 1e3)},
                    {"share", number(share(cost.ns / 1e3, dear.decide_us))}});
  });
  return object(
      {{"cases", number(dear.cases)}, {"decide_us", number(dear.decide_us)}, {"rules", list}});
}

}  // namespace

std::string measured_text(RuleSet const& rules, MeasuredCases const& cases,
                          Measured const& measured) {
  auto const& policy = rules.policy;
  std::string text = policy.name + ": " + counted(policy.rules.size(), "rule") +
                     print(", loaded in %.1f ms\n", cases.load_ms);
  text += counted(cases.cases, "case") + (cases.is_cut ? ", the first of more" : "") + ": " +
          grouped(cases.case_bytes) + " bytes each on average, answers of " +
          grouped(measured.answer_bytes) + "\n";
  text += "one thread:    " + rate_line(measured.one) + "\n";
  if (measured.all.threads > 1)
    text +=
        print("%u threads:     ", measured.all.threads) + rate_line(measured.all) +
        print("; %.2f times one\n", share(measured.all.per_second(), measured.one.per_second()));
  return text + times_text(measured.times) + dear_text(rules, measured.dear);
}

std::string measured_json(RuleSet const& rules, EngineVersion const& engine,
                          MeasuredCases const& cases, Measured const& measured) {
  auto const& policy = rules.policy;
  auto const is_all = measured.all.threads > 1;
  return object({{"policy", object({{"name", text(policy.name)},
                                    {"revision", text(rules.revision)},
                                    {"rules", number(std::uint64_t{policy.rules.size()})},
                                    {"load_ms", number(cases.load_ms)}})},
                 {"engine", text(engine.version)},
                 {"cases", object({{"taken", number(cases.cases)},
                                   {"refused", number(cases.refused)},
                                   {"more", cases.is_cut ? "true" : "false"},
                                   {"bytes", number(cases.case_bytes)},
                                   {"answer_bytes", number(measured.answer_bytes)}})},
                 {"one_thread", rate_json(measured.one)},
                 {"all_threads", is_all ? rate_json(measured.all) : "null"},
                 {"decision_us", times_json(measured.times)},
                 {"dearest", dear_json(rules, measured.dear)}}) +
         "\n";
}

}  // namespace heed::api
