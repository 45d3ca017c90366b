#include <algorithm>
#include <memory>

#include "server/api/sealing.hpp"
#include "server/api/service.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/files.hpp"
#include "server/cli/line_reader.hpp"
#include "server/cli/log_file.hpp"
#include "server/cli/policy.hpp"
#include "server/cli/subject.hpp"
#include "server/cli/terminal.hpp"
#include "server/json/comparison.hpp"
#include "server/json/resolved.hpp"
#include "server/pages/comparison.hpp"
#include "server/store/reader.hpp"

namespace heed::cli {
namespace {

/// One of the two policies, with what reads its cases.
struct Side {
  PolicyOnDisk policy;
  Source const* source = nullptr;
  std::optional<Instant> at;

  RuleSet const& rules() const { return *policy.loaded.rules; }
};

/// Whether a case knows anything that the policy declares.
bool knows_anything(Case const& subject) {
  auto const is_known = [](auto const& value) { return value.has_value(); };
  return !subject.history.empty() || std::ranges::any_of(subject.facts, is_known);
}

/// The way out where cases may be a CRM's own payloads; empty where they are not.
std::string help_with_source(Side const& side, Compare const& options) {
  auto const& sources = side.rules().policy.sources;
  if (!options.source.empty() || !options.log.empty() || sources.empty()) return {};
  return "; where these are a CRM's own payloads, name their source: `--source " +
         sources.front().name + "`";
}

/// Loads a policy without errors and finds its source; tells why not and answers nothing.
std::optional<Side> load_side(std::string const& path, Compare const& options) {
  auto policy = load_policy(path);
  if (!policy) {
    tell(policy.error());
    return std::nullopt;
  }
  Side side{std::move(policy).value(), nullptr, {}};
  if (!side.policy.loaded.rules) {
    print_diagnostics(stderr, side.policy.loaded.diagnostics, side.policy.sources);
    return std::nullopt;
  }
  auto const source = choose_source(side.rules(), options.source);
  auto const at = read_moment(side.rules(), options.at);
  if (!source || !at) {
    tell(source ? at.error() : source.error());
    return std::nullopt;
  }
  side.source = source.value();
  side.at = at.value();
  return side;
}

std::string first_mistake(json::CaseMistakes const& mistakes) {
  if (mistakes.mistakes.empty()) return "it is no case";
  auto const& mistake = mistakes.mistakes.front();
  return (mistake.pointer.empty() ? "" : mistake.pointer + ": ") + mistake.message;
}

using MaybeCase = Expected<Case, json::CaseMistakes>;

struct Comparing {
  Comparer& comparer;
  Side const& before;
  Side const& after;
  bool knows_anything = false;  // any case
};

/// Decides one case under both policies, or tells who refuses it. `clock`: where the case has no
/// time of its own, the same for both.
void compare_case(Comparing& comparing, std::uint64_t line, MaybeCase const& old,
                  MaybeCase const& fresh, Instant clock) {
  auto& comparer = comparing.comparer;
  auto const& before = comparing.before;
  auto const& after = comparing.after;
  CaseName name{line, old ? old.value().subject : fresh ? fresh.value().subject : std::string{}};
  if (!old || !fresh) {
    comparer.add_refused(
        {std::move(name), !old, !fresh, first_mistake(fresh ? old.error() : fresh.error())});
    return;
  }
  comparing.knows_anything =
      comparing.knows_anything || knows_anything(old.value()) || knows_anything(fresh.value());
  auto const now = [clock](Side const& side, Case const& subject) {
    return side.at ? *side.at : subject.at.value_or(clock);
  };
  comparer.add(name, decide(before.rules(), old.value(), now(before, old.value())),
               decide(after.rules(), fresh.value(), now(after, fresh.value())));
}

bool compare_lines(Comparing& comparing, std::string const& path) {
  auto const input = open_input(path);
  if (!input) {
    tell(input.error());
    return false;
  }
  auto const clock = api::system_now();
  Progress progress{"compared"};
  Lines lines{input.value().get()};
  std::string line;
  for (std::uint64_t number = 1; lines.next(line); ++number) {
    if (line.find_first_not_of(" \t") == std::string::npos) continue;  // an empty line is no case
    compare_case(comparing, number,
                 read_subject(comparing.before.rules(), comparing.before.source, line),
                 read_subject(comparing.after.rules(), comparing.after.source, line), clock);
    progress.show(number);
  }
  return true;
}

bool compare_log(Comparing& comparing, std::string const& path) {
  auto const reader = open_private_log(path, {});
  if (!reader) return false;
  Progress progress{"compared"};
  std::uint64_t unreadable = 0;
  std::uint64_t compared = 0;
  auto const visited = reader->visit(1, [&](store::RecordRow const& row) {
    if (row.columns.kind != "decision") return store::Visit::next;
    auto const text = api::readable_case(row.case_json, row.secret, !row.digests.empty());
    if (!text) {
      ++unreadable;
      return store::Visit::next;
    }
    compare_case(comparing, static_cast<std::uint64_t>(row.columns.sequence),
                 json::read_resolved_case(comparing.before.rules(), *text),
                 json::read_resolved_case(comparing.after.rules(), *text),
                 Instant{row.columns.at_us});
    progress.show(++compared);
    return store::Visit::next;
  });
  if (!visited) tell(visited.error());
  if (unreadable > 0)
    put(stderr, std::to_string(unreadable) +
                    " cases were passed over: they are sealed, erased or dropped\n");
  return static_cast<bool>(visited);
}

/// Tells where nothing was compared; false there.
bool has_compared(PolicyComparison const& comparison, Side const& before, Compare const& options) {
  auto const& input = options.log.empty() ? options.cases : options.log;
  if (comparison.cases == 0) {
    tell({"compare.no-cases", "`" + input + "` holds no case, so there is nothing to compare",
          options.log.empty() ? "write one case a line, as `heed decide --lines` reads them" : ""});
    return false;
  }
  if (comparison.refused_by_both < comparison.cases) return true;
  auto help = "`heed schema --policy " + options.before + "` says what a case holds" +
              help_with_source(before, options);
  auto const& first = comparison.refusals.front();
  tell({"compare.no-case-read",
        "neither policy can read any case of `" + input + "`; line " +
            std::to_string(first.name.line) + ": " + first.why,
        std::move(help)});
  return false;
}

bool write_comparison(PolicyComparison const& comparison, Compare const& options,
                      Language language) {
  if (!options.html.empty()) {
    auto const written = replace_file(options.html, pages::comparison_page(comparison, language));
    if (!written) {
      tell(written.error());
      return false;
    }
  }
  if (options.format == "text") return put_words(to_words(comparison, language));
  std::string text;
  json::write_comparison(text, comparison);
  return put(stdout, text + "\n");
}

}  // namespace

int run(Compare const& options) {
  if (options.cases.empty() == options.log.empty()) {
    tell({"usage.cases", "nothing says which cases to compare",
          "give a file of cases, one a line: `--cases FILE`, or a decision log: `--log STORE`"});
    return cannot;
  }
  auto const before = load_side(options.before, options);
  auto const after = load_side(options.after, options);
  if (!before || !after) return cannot;
  Comparer comparer{{before->policy.sources, before->rules()},
                    {after->policy.sources, after->rules()},
                    options.examples};
  Comparing comparing{comparer, *before, *after};
  auto const is_read = options.log.empty() ? compare_lines(comparing, options.cases)
                                           : compare_log(comparing, options.log);
  if (!is_read) return cannot;
  auto const comparison = std::move(comparer).finish();
  if (!has_compared(comparison, *before, options)) return cannot;
  if (!comparing.knows_anything)
    put(stderr, "help: no case holds a fact that the policies know" +
                    help_with_source(*before, options) + "\n");
  auto const language = choose_language(after->rules(), options.language);
  if (!write_comparison(comparison, options, language)) return cannot;
  auto const differs =
      comparison.changed > 0 || comparison.refused_by_before > 0 || comparison.refused_by_after > 0;
  return options.exit_code && differs ? does_not_hold : done;
}

}  // namespace heed::cli
