#include "server/cli/commands.hpp"
#include "server/cli/lines.hpp"
#include "server/cli/subject.hpp"
#include "server/cli/terminal.hpp"
#include "server/json/decision.hpp"

namespace heed::cli {

int run(Decide const& options) {
  if (options.lines) return decide_lines(options);
  int status = done;
  auto const one = read_one(options.policy, options.input, options.source, options.at, status);
  if (!one) return status;
  auto const decision = decide(*one->rules, one->subject, one->now);
  if (options.text) {
    auto const language = choose_language(*one->rules, options.language);
    return put_words(to_words(decision, language, one->rules.get())) ? done : cannot;
  }
  std::string text;
  json::write_decision(text, decision, engine_version());
  text += '\n';
  return put(stdout, text) ? done : cannot;
}

}  // namespace heed::cli
