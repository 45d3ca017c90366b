#include "server/api/replay.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/log_file.hpp"
#include "server/cli/policy.hpp"
#include "server/cli/subject.hpp"
#include "server/cli/terminal.hpp"

namespace heed::cli {
namespace {

std::string text_of(pages::Replay const& replayed, LogReplay const& options, RuleSet const& rules) {
  if (options.format == "json") return api::replay_json(replayed);
  auto const language = choose_language(rules, options.language);
  return options.format == "html" ? pages::replay_page(replayed, language)
                                  : pages::replay_text(replayed, language);
}

}  // namespace

int run(LogReplay const& options) {
  auto filter = read_filter(options.filter);
  if (!filter) return cannot;
  auto const policy = load_policy(options.policy);
  if (!policy) {
    tell(policy.error());
    return cannot;
  }
  auto const& [_, sources, loaded] = policy.value();
  if (!loaded.rules) {
    print_diagnostics(stderr, loaded.diagnostics, sources);
    return cannot;
  }
  auto const reader = open_private_log(options.store, {});
  if (!reader) return cannot;
  Progress progress{"decided again"};
  auto const replayed =
      api::replay(*reader, {sources, *loaded.rules},
                  {.filter = std::move(*filter),
                   .jobs = options.jobs,
                   .examples = options.examples,
                   .progress = [&](std::uint64_t so_far) { progress.show(so_far); }});
  if (!replayed) {
    tell(replayed.error());
    return cannot;
  }
  if (replayed.value().decisions == 0) {
    tell({"replay.no-decisions", "`" + options.store + "` holds no such decision",
          "`heed log list` with the same filters lists what there is"});
    return cannot;
  }
  auto const text = text_of(replayed.value(), options, *loaded.rules);
  if (!(options.format == "text" ? put_words(text) : put(stdout, text))) return cannot;
  auto const differs = replayed.value().changed + replayed.value().unreadable > 0;
  return options.exit_code && differs ? does_not_hold : done;
}

}  // namespace heed::cli
