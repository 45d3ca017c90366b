// Heed, over the same policy in its own language. Four things:
//
//     case    what rules come to in a case that is parsed: fired or waiting, needs, scores,
//     actions; three-valued whole   the whole decision of it: plan, escalations, questions,
//     reasons, texts text    from the bytes of a case to the bytes of that decision, as `heed
//     decide --lines` works parse   nlohmann's tree of the case's bytes, and nothing else: a
//     yardstick
#include "engine/advisor.hpp"
#include "server/json/case.hpp"
#include "server/json/case_reader.hpp"
#include "server/json/decision.hpp"
#include "tests/bench/peers/measured.hpp"

using namespace bench;

int main(int count, char** words) {
  Arguments const given{count, words};
  Workload const workload{given};
  auto const text = read_file(given.file("policy", ".heed"));
  Line line;
  auto const loaded = heed::load({{"policy.heed", text}}, "bench");
  if (!loaded.rules) return 2;
  line.loaded();
  auto const& rules = *loaded.rules;
  auto const engine = heed::engine_version();
  std::vector<heed::Case> cases;
  for (auto const& each : workload.lines) {
    auto subject = heed::json::read_case(rules, each);
    if (!subject) return 2;
    cases.push_back(std::move(subject).value());
  }
  auto const now = *cases.front().at;
  heed::Evaluator evaluator{rules};
  // Rules are numbered by name, and their names by the workload's numbers.
  line.verify(workload, [&](std::size_t at) {
    std::vector<unsigned> fired;
    auto const found = evaluator.evaluate(cases[at], now);
    for (auto const rule : found.active)
      if (found.status[heed::index(rule)] == heed::RuleStatus::fired)
        fired.push_back(static_cast<unsigned>(heed::index(rule)));
    auto const decision = heed::decide(rules, cases[at], now);
    bool const agrees =
        std::equal(fired.begin(), fired.end(), decision.fired.begin(), decision.fired.end(),
                   [](unsigned one, std::string const& name) {
                     return one == static_cast<unsigned>(std::atoi(name.c_str() + 1));
                   });
    if (!agrees) fired.push_back(~0u);
    return fired;
  });
  line.add("case", measure(cases.size(), given.seconds, [&](std::size_t at) {
             auto const found = evaluator.evaluate(cases[at], now);
             keep(found);
           }));
  line.add("whole", measure(cases.size(), given.seconds,
                            [&](std::size_t at) { keep(evaluator.decide(cases[at], now)); }));
  heed::json::CaseReader reader{rules};
  std::string out;
  std::size_t bytes = 0;
  line.add("text", measure(cases.size(), given.seconds, [&](std::size_t at) {
             auto const& subject = *reader.read(workload.lines[at]).value();
             out.clear();
             heed::json::write_decision(out, evaluator.decide(subject, *subject.at), engine);
             bytes = out.size();
           }));
  line.add("parse", measure(cases.size(), given.seconds, [&](std::size_t at) {
             auto const document = Json::parse(workload.lines[at]);
             keep(document);
           }));
  line.add_note("answer_bytes", static_cast<double>(bytes));
}
