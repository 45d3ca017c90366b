#include "server/cli/lines.hpp"

#include "server/cli/line_reader.hpp"
#include "server/cli/policy.hpp"
#include "server/cli/subject.hpp"
#include "server/cli/terminal.hpp"
#include "server/json/case_reader.hpp"
#include "server/json/decision.hpp"
#include "server/json/problem.hpp"
#include "server/json/source.hpp"

namespace heed::cli {
namespace {

/// Answers lines, one after the other.
class Answering {
 public:
  Answering(RuleSet const& rules, Source const* source, std::optional<Instant> at)
      : rules_{rules}, source_{source}, at_{at}, reader_{rules}, evaluator_{rules} {}

  /// The answer to one line, with its line end, appended to `out`. False where it was no case.
  bool answer(std::string const& line, std::string& out) {
    auto const is_case = source_ == nullptr
                             ? answer(reader_.read(line), out)
                             : answer(json::read_payload(rules_, *source_, line), out);
    out += '\n';
    return is_case;
  }

 private:
  static Case const& case_of(Case const& subject) { return subject; }
  static Case const& case_of(Case const* subject) { return *subject; }

  template <class Read>
  bool answer(Expected<Read, json::CaseMistakes> const& read, std::string& out) {
    if (!read) {
      json::write_problem(out, json::to_problem(read.error()));
      return false;
    }
    auto const& subject = case_of(read.value());
    json::write_decision(out, evaluator_.decide(subject, moment_of(subject, at_)), engine_);
    return true;
  }

  RuleSet const& rules_;
  Source const* source_;
  std::optional<Instant> at_;
  json::CaseReader reader_;
  Evaluator evaluator_;
  EngineVersion engine_ = engine_version();
};

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

  Answering answering{*rules, source.value(), at.value()};
  Progress progress{"decided"};
  Lines lines{input.value().get()};
  std::string line, out;
  std::uint64_t decided = 0, refused = 0;
  while (lines.next(line)) {
    if (line.empty() || line == "\r") continue;  // as over HTTP
    if (!answering.answer(line, out)) ++refused;
    progress.show(++decided);
    if (out.size() < (1u << 16) && !lines.is_drained()) continue;
    if (!put(stdout, out) || !flush_output()) return cannot;
    out.clear();
  }
  if (!put(stdout, out)) return cannot;
  if (refused > 0)
    put(stderr, std::to_string(refused) + " of " + std::to_string(decided) +
                    " lines were no case that can be decided; each is answered in its place\n");
  return refused > 0 ? does_not_hold : done;
}

}  // namespace heed::cli
