// The engine's parts, one by one: which step of a decision grew slower. Google Benchmark:
//
//     ninja -C build/release benchmarks && build/release/tests/benchmarks --benchmark_filter=index
#include <benchmark/benchmark.h>

#include <string>

#include "engine/advisor.hpp"
#include "engine/base/calendar.hpp"
#include "engine/compile/index.hpp"
#include "engine/compile/phrases.hpp"
#include "engine/run/candidates.hpp"
#include "engine/run/frame.hpp"
#include "server/json/canonical.hpp"
#include "server/json/case.hpp"
#include "server/json/case_reader.hpp"
#include "server/json/decision.hpp"
#include "server/store/sha256.hpp"
#include "tests/bench/parts/policy.hpp"

namespace {

using namespace heed;

/// A policy, a case as its bytes, and the same case as read.
struct Subject {
  std::shared_ptr<RuleSet const> rules;
  std::string bytes;
  Case subject;
  Instant now;

  explicit Subject(std::int64_t rule_count)
      : rules{load({{"bench.heed", bench::policy_text(static_cast<int>(rule_count))}}, "r").rules},
        bytes{bench::case_text(7)},
        subject{json::read_case(*rules, bytes).value()},
        now{*subject.at} {}
};

void by_size(benchmark::internal::Benchmark* benchmark) {
  benchmark->Arg(10)->Arg(100)->Arg(1'000)->Arg(10'000);
}

void read_a_case(benchmark::State& state) {
  Subject const given{state.range(0)};
  json::CaseReader reader{*given.rules};
  for (auto _ : state) benchmark::DoNotOptimize(reader.read(given.bytes).value());
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(given.bytes.size()));
}
BENCHMARK(read_a_case)->Arg(100);

void evaluate(benchmark::State& state) {
  Subject const given{state.range(0)};
  Evaluator evaluator{*given.rules};
  for (auto _ : state)
    benchmark::DoNotOptimize(evaluator.evaluate(given.subject, given.now).active.size());
}
BENCHMARK(evaluate)->Apply(by_size);

void decide_whole(benchmark::State& state) {
  Subject const given{state.range(0)};
  Evaluator evaluator{*given.rules};
  for (auto _ : state)
    benchmark::DoNotOptimize(evaluator.decide(given.subject, given.now).fired.size());
}
BENCHMARK(decide_whole)->Apply(by_size);

void decide_without_the_index(benchmark::State& state) {
  Subject const given{state.range(0)};
  auto const rules = compile(given.rules->policy, "r", Indexing::off);
  for (auto _ : state) benchmark::DoNotOptimize(decide(*rules, given.subject, given.now));
}
BENCHMARK(decide_without_the_index)->Arg(100)->Arg(1'000);

void explain_all(benchmark::State& state) {
  Subject const given{state.range(0)};
  for (auto _ : state) benchmark::DoNotOptimize(explain(*given.rules, given.subject, given.now));
}
BENCHMARK(explain_all)->Arg(100);

void index_look_up(benchmark::State& state) {
  Subject const given{state.range(0)};
  auto const inputs = run::make_inputs(*given.rules, given.subject, given.now);
  run::Candidates candidates;
  for (auto _ : state) {
    run::find_candidates(candidates, inputs, *given.rules->index);
    benchmark::DoNotOptimize(candidates);
  }
}
BENCHMARK(index_look_up)->Apply(by_size);

void write_a_decision(benchmark::State& state) {
  Subject const given{state.range(0)};
  Evaluator evaluator{*given.rules};
  auto const& decision = evaluator.decide(given.subject, given.now);
  auto const engine = engine_version();
  std::string out;
  for (auto _ : state) {
    out.clear();
    json::write_decision(out, decision, engine);
    benchmark::DoNotOptimize(out.data());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(out.size()));
}
BENCHMARK(write_a_decision)->Arg(100);

void canonical_and_hash(benchmark::State& state) {
  Subject const given{100};
  Evaluator evaluator{*given.rules};
  auto const& decision = evaluator.decide(given.subject, given.now);
  auto const engine = engine_version();
  std::string out;
  for (auto _ : state) {
    out.clear();
    json::write_canonical_decision(out, decision, engine);
    benchmark::DoNotOptimize(store::sha256(out));
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(out.size()));
}
BENCHMARK(canonical_and_hash);

void canonical_of_a_foreign_document(benchmark::State& state) {
  auto const bytes = bench::case_text(7);
  for (auto _ : state) benchmark::DoNotOptimize(json::canonical(bytes, bytes.size()));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes.size()));
}
BENCHMARK(canonical_of_a_foreign_document);

void find_phrases(benchmark::State& state) {
  auto const rules =
      load({{"bench.heed", bench::phrases_text(static_cast<int>(state.range(0)))}}, "r").rules;
  std::string text;
  for (int nth = 0; text.size() < 500; ++nth)
    text += nth % 8 == 7 ? "you should have looked at word " + std::to_string(nth) + ". "
                         : "The parcel did not come. ";
  for (auto _ : state) benchmark::DoNotOptimize(rules->phrases->find(text));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(find_phrases)->Arg(100)->Arg(1'000)->Arg(10'000);

std::shared_ptr<Calendar const> make_office() {
  auto office = std::make_shared<Calendar>();
  office->name = "office";
  office->zone = *Zone::find("Asia/Jerusalem");
  for (std::size_t day = 0; day < 5; ++day) office->open[day] = {{9 * 3600, 18 * 3600}};
  office->open[5] = {{9 * 3600, 13 * 3600}};
  return office;
}

void count_working_hours(benchmark::State& state) {
  auto const office = make_office();
  Duration const hours{0, Number{state.range(0) * 3600}, office};
  auto const start = office->zone.parse("2026-11-22T10:15")->micros;
  std::int64_t nth = 0;
  for (auto _ : state) {
    Instant const from{start + nth++ % 10'000 * std::int64_t{60'000'000}};
    benchmark::DoNotOptimize(count(from, hours, nullptr));
  }
}
BENCHMARK(count_working_hours)->Arg(4)->Arg(40);

void window_over_a_history(benchmark::State& state) {
  auto const rules = load({{"bench.heed", bench::history_text()}}, "r").rules;
  auto const now = *Zone::utc().parse("2026-11-22T10:00:00Z");
  auto subject = make_case(*rules);
  for (std::int64_t nth = 0; nth < state.range(0); ++nth)
    subject.history.push_back({EventId{0},
                               Instant{now.micros - nth * 3'600'000'000},
                               {{0, Chosen{static_cast<std::uint32_t>(nth % 2)}}}});
  subject.history_given = true;
  for (auto _ : state) benchmark::DoNotOptimize(decide(*rules, subject, now));
}
BENCHMARK(window_over_a_history)->Arg(100)->Arg(10'000);

void load_a_policy(benchmark::State& state) {
  auto const text = bench::policy_text(static_cast<int>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(load({{"bench.heed", text}}, "r"));
}
BENCHMARK(load_a_policy)->Arg(100)->Arg(1'000)->Unit(benchmark::kMillisecond);

}  // namespace
