#include <chrono>
#include <thread>

#include "engine/base/limits.hpp"
#include "server/api/measure.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/line_reader.hpp"
#include "server/cli/policy.hpp"
#include "server/cli/subject.hpp"
#include "server/cli/terminal.hpp"

namespace heed::cli {
namespace {

constexpr std::uint64_t told_max = 10;  // lines whose mistakes are told

struct Gathered {
  std::vector<std::string> lines;
  api::MeasuredCases cases;
};

/// The lines that are cases, as far as they find room; tells what is wrong with the others.
Gathered gather(RuleSet const& rules, Source const* source, std::string const& path,
                std::FILE* input) {
  Gathered gathered;
  Lines lines{input};
  std::string line;
  std::size_t bytes = 0;
  for (std::uint64_t number = 1; lines.next(line); ++number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    if (bytes + line.size() > limits::http_batch_bytes_max) {
      gathered.cases.is_cut = true;
      break;
    }
    auto const subject = read_subject(rules, source, line);
    if (!subject) {
      if (++gathered.cases.refused <= told_max)
        tell(subject.error(),
             (path == "-" ? "standard input" : path) + ":" + std::to_string(number));
      continue;
    }
    bytes += line.size();
    gathered.lines.push_back(line);
  }
  gathered.cases.cases = gathered.lines.size();
  if (!gathered.lines.empty())
    gathered.cases.case_bytes =
        static_cast<double>(bytes) / static_cast<double>(gathered.lines.size());
  return gathered;
}

bool tell_refused(Gathered const& gathered, std::string const& path) {
  auto const& cases = gathered.cases;
  if (cases.refused > 0)
    put(stderr, std::to_string(cases.refused) + " of " +
                    std::to_string(cases.refused + cases.cases) +
                    " lines were no case that can be decided; they are left out\n");
  if (cases.cases > 0) return true;
  tell({"bench.no-cases", "`" + path + "` holds no case that can be decided",
        "write one case a line, as `heed decide --lines` reads them"});
  return false;
}

}  // namespace

int run(Bench const& options) {
  auto const begun = std::chrono::steady_clock::now();
  auto const rules = load_rules(options.policy);
  if (!rules) return cannot;
  std::chrono::duration<double, std::milli> const loaded = std::chrono::steady_clock::now() - begun;
  auto const source = choose_source(*rules, options.source);
  auto const at = read_moment(*rules, options.at);
  auto const input = open_input(options.cases);
  for (auto const* error : {source ? nullptr : &source.error(), at ? nullptr : &at.error(),
                            input ? nullptr : &input.error()})
    if (error != nullptr) {
      tell(*error);
      return cannot;
    }
  auto gathered = gather(*rules, source.value(), options.cases, input.value().get());
  gathered.cases.load_ms = loaded.count();
  if (!tell_refused(gathered, options.cases)) return cannot;
  auto const engine = engine_version();
  auto const jobs =
      options.jobs > 0 ? options.jobs : std::max(1u, std::thread::hardware_concurrency());
  auto const measured = api::measure({*rules, source.value(), at.value(), engine, gathered.lines},
                                     {.seconds = options.seconds, .jobs = jobs});
  auto const text = options.json ? api::measured_json(*rules, engine, gathered.cases, measured)
                                 : api::measured_text(*rules, gathered.cases, measured);
  if (!put(stdout, text)) return cannot;
  return gathered.cases.refused > 0 ? does_not_hold : done;
}

}  // namespace heed::cli
