#include "server/cli/lines.hpp"

#include "server/cli/line_reader.hpp"
#include "server/cli/policy.hpp"
#include "server/cli/subject.hpp"
#include "server/cli/terminal.hpp"
#include "server/json/decision.hpp"
#include "server/json/problem.hpp"

namespace heed::cli {
namespace {

/// The answer to one line, with its line end, appended to `out`. False where it was no case.
bool answer(RuleSet const& rules, Source const* source, std::optional<Instant> at,
            EngineVersion const& engine, std::string const& line, std::string& out) {
  auto const subject = read_subject(rules, source, line);
  if (subject) {
    auto const decision = decide(rules, subject.value(), moment_of(subject.value(), at));
    json::write_decision(out, decision, engine);
  } else {
    json::write_problem(out, json::to_problem(subject.error()));
  }
  out += '\n';
  return static_cast<bool>(subject);
}

}  // namespace

int decide_lines(Decide const& options) {
  auto const rules = load_rules(options.policy);
  if (!rules) return cannot;
  auto const source = choose_source(*rules, options.source);
  auto const at = read_moment(*rules, options.at);
  if (!source || !at) {
    tell(source ? at.error() : source.error());
    return cannot;
  }
  auto const input = open_input(options.input);
  if (!input) {
    tell(input.error());
    return cannot;
  }

  EngineVersion const engine = engine_version();
  Progress progress{"decided"};
  Lines lines{input.value().get()};
  std::string line, out;
  std::uint64_t decided = 0, refused = 0;
  while (lines.next(line)) {
    if (!answer(*rules, source.value(), at.value(), engine, line, out)) ++refused;
    progress.show(++decided);
    if (out.size() < (1u << 16) && !lines.is_drained()) continue;
    if (!put(stdout, out) || std::fflush(stdout) != 0) return cannot;
    out.clear();
  }
  if (!put(stdout, out)) return cannot;
  if (refused > 0)
    put(stderr, std::to_string(refused) + " of " + std::to_string(decided) +
                    " lines were no case that can be decided; each is answered in its place\n");
  return refused > 0 ? does_not_hold : done;
}

}  // namespace heed::cli
