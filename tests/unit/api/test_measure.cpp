#include <gtest/gtest.h>

#include "server/api/measure.hpp"

/// What `heed bench` measures, as far as it does not depend on the machine.
namespace heed::api {
namespace {

constexpr std::string_view policy_text = R"(policy tested "Tested"
need functional n "N"
fact tier is one of low < high
fact amount is number
event contact
  channel is one of phone, web
rule looks_far_back
  when count of contact in last 1800 days where (channel is phone) >= 1
  then n is violated
rule of_the_high
  when tier is high
  then n is threatened
rule of_an_amount
  when amount > 3
  then n is threatened
)";

std::shared_ptr<RuleSet const> rules_of(Indexing indexing) {
  auto rules = load({{"policy.heed", std::string{policy_text}}}, "r").rules;
  return indexing == Indexing::on ? rules : compile(rules->policy, "r", indexing);
}

std::string case_of(std::string_view facts, int contacts) {
  std::string text =
      R"({"at":"2026-11-22T10:00:00Z","facts":{)" + std::string{facts} + R"(},"history":[)";
  for (int nth = 0; nth < contacts; ++nth)
    text += std::string{nth > 0 ? "," : ""} +
            R"({"event":"contact","at":"2026-11-01T10:00:00Z","channel":"web"})";
  return text + "]}";
}

Measured measure_lines(std::vector<std::string> const& lines, Indexing indexing = Indexing::on) {
  auto const rules = rules_of(indexing);
  EngineVersion const engine{"0", "tz", "cldr"};
  return measure({*rules, nullptr, std::nullopt, engine, lines}, {.seconds = 0.01, .jobs = 2});
}

TEST(Measuring, percentiles_are_values_that_were_measured) {
  std::vector<std::uint32_t> const times{1, 2, 3, 4, 5, 6, 7, 8, 9, 100};
  EXPECT_EQ(percentile(times, 0.5), 5);
  EXPECT_EQ(percentile(times, 0.9), 9);
  EXPECT_EQ(percentile(times, 0.91), 100);
  EXPECT_EQ(percentile(times, 1), 100);
  EXPECT_EQ(percentile(times, 0), 1);
  EXPECT_EQ(percentile({}, 0.5), 0);
}

TEST(Measuring, the_dearest_come_first_and_what_costs_nothing_not_at_all) {
  auto const dearest = find_dearest(
      {{RuleId{0}, 1, 0, 0, 5}, {RuleId{1}, 1, 0, 0, -2}, {RuleId{2}, 1, 0, 0, 9}, {RuleId{3}}}, 2);
  ASSERT_EQ(dearest.size(), 2u);
  EXPECT_EQ(dearest[0].rule, RuleId{2});
  EXPECT_EQ(dearest[1].rule, RuleId{0});
  EXPECT_EQ(find_dearest({{RuleId{0}, 1, 0, 0, 5}, {RuleId{1}, 1, 0, 0, 6}}, 1).size(), 1u);
}

TEST(Measuring, each_case_is_decided_and_each_step_timed) {
  auto const measured = measure_lines({case_of(R"("tier":"high")", 1), case_of("", 0)});
  EXPECT_GE(measured.one.decisions, 2u);
  EXPECT_GE(measured.all.decisions, 4u);
  EXPECT_EQ(measured.all.threads, 2u);
  EXPECT_GT(measured.one.processor_us, 0);
  EXPECT_GE(measured.times.timed, 2u);
  EXPECT_LE(measured.times.p50, measured.times.p95);
  EXPECT_LE(measured.times.p99, measured.times.longest);
  EXPECT_GT(measured.times.read, 0);
  EXPECT_GT(measured.times.write, 0);
  EXPECT_GT(measured.answer_bytes, 100);
}

TEST(Measuring, a_rule_that_goes_through_a_long_history_costs_most) {
  for (auto const indexing : {Indexing::on, Indexing::off}) {
    auto const dear = measure_lines({case_of(R"("tier":"high","amount":1)", 2'000)}, indexing).dear;
    ASSERT_FALSE(dear.rules.empty());
    EXPECT_EQ(dear.rules[0].rule, RuleId{0});
    EXPECT_EQ(dear.rules[0].asked, 1u);
    EXPECT_EQ(dear.rules[0].fired, 0u);
    EXPECT_GT(dear.rules[0].ns, 1'000);
  }
}

TEST(Measuring, rules_are_counted_by_what_became_of_them) {
  auto const rules = rules_of(Indexing::on);
  RuleCosts costs{*rules, [] { return std::int64_t{0}; }};
  auto subject = make_case(*rules);
  auto const tier = RuleId{2}, amount = RuleId{1};  // by name
  subject.facts.resize(2);
  subject.facts[0] = Number{1};  // amount
  subject.history_given = true;
  costs.add(subject, *Zone::utc().parse("2026-11-22T10:00:00Z"));
  EXPECT_EQ(costs.costs()[index(tier)].asked, 1u);
  EXPECT_EQ(costs.costs()[index(tier)].waited, 1u);
  EXPECT_EQ(costs.costs()[index(amount)].asked, 0u);  // the look-up leaves it out
  subject.facts[0] = Number{4};
  costs.add(subject, *Zone::utc().parse("2026-11-22T10:00:00Z"));
  EXPECT_EQ(costs.costs()[index(amount)].asked, 1u);
  EXPECT_EQ(costs.costs()[index(amount)].fired, 1u);
  EXPECT_EQ(costs.costs()[index(tier)].waited, 2u);
}

TEST(Measuring, what_was_measured_reads_as_a_person_would_say_it) {
  auto const rules = rules_of(Indexing::on);
  Measured measured;
  measured.answer_bytes = 1'234.4;
  measured.one = {1, 1'000'000, 2, 1.25};
  measured.all = {4, 3'000'000, 2, 1.5};
  measured.times = {1'000, 0.75, 12.5, 123.4, 12'345.6, 1, 2, 1};
  measured.dear = {1, 10, {{RuleId{1}, 3, 2, 1, 2'500}}};
  EXPECT_EQ(measured_text(*rules, {2.5, 1, 0, true, 700}, measured),
            "tested: 3 rules, loaded in 2.5 ms\n"
            "1 case, the first of more: 700 bytes each on average, answers of 1,234\n"
            "one thread:    500,000 decisions/s, 1.25 us of processor time each\n"
            "4 threads:     1,500,000 decisions/s, 1.50 us of processor time each; 3.00 times one\n"
            "one decision:  p50 0.75 us, p95 12.5 us, p99 123 us, longest 12.3 ms (1,000 timed)\n"
            "its steps:     25% reading the case, 50% deciding, 25% writing\n"
            "deciding takes 10.0 us, each of 1 case at its quickest; without a rule it would take "
            "less by\n"
            "   25.0%  of_an_amount (asked in 3, fired in 2, waits in 1)\n");
}

}  // namespace
}  // namespace heed::api
