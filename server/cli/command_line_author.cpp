// What policy owners and who tries a case write on the command line.
#include "server/cli/command_line.hpp"

namespace heed::cli {
namespace {

constexpr auto case_words = "the case as JSON; - for standard input";

void add_test_options(CLI::App& test, Test& options) {
  test.add_flag("--coverage", options.coverage,
                "says what the tests reached: rules, branches of conditions, table rows, outcomes");
  test.add_option("--coverage-html", options.coverage_html,
                  "writes it as pages into this folder, to be opened in a browser");
  test.add_option("--coverage-lcov", options.coverage_lcov,
                  "writes it to this file, as genhtml and editors read it");
  test.add_option("--minimum", options.minimum,
                  "exit status 1 where less than so many percent of all was reached");
  test.add_option("--junit", options.junit, "writes the results to this file, as CI systems read");
  add_language(test, options.language, "of the pages");
  test.add_flag("--watch", options.watch, "runs again whenever a file of a policy changes");
}

}  // namespace

void add_author_commands(CLI::App& app, Asked& asked) {
  auto [make, make_options] =
      add<New>(app, asked, "new", "makes a small policy with a test, ready to run");
  make->add_option("DIR", make_options.folder, "the folder to make")->required();

  auto [check, check_options] = add<Check>(app, asked, "check", "tells every mistake of a policy");
  check->add_option("POLICY", check_options.policies, policy_words)->required();
  check->add_option("--format", check_options.format, "how the mistakes are written")
      ->check(CLI::IsMember({"text", "json", "sarif"}));

  auto [fmt, fmt_options] =
      add<Fmt>(app, asked, "fmt", "writes policy files in their one canonical shape");
  fmt->add_option("POLICY", fmt_options.policies, policy_words)->required();
  fmt->add_flag("--check", fmt_options.check,
                "changes nothing; exit status 1 where a file would change");

  auto [test, test_options] = add<Test>(app, asked, "test", "runs the policy's own tests");
  test->add_option("POLICY", test_options.policies, policy_words)->required();

  add_test_options(*test, test_options);

  auto [schema, schema_options] =
      add<Schema>(app, asked, "schema", "prints the JSON Schema of a case");
  schema->add_option("--policy", schema_options.policy, policy_words)->required();

  auto* const lsp =
      add<Lsp>(app, asked, "lsp", "a language server for editors, on standard input and output")
          .app;
  lsp->add_flag("--stdio")->description("as editors pass it; the only way there is");
}

void add_case_commands(CLI::App& app, Asked& asked) {
  auto [decide, decide_options] =
      add<Decide>(app, asked, "decide", "decides a case, or a stream of them");
  decide->add_option("--policy", decide_options.policy, policy_words)->required();
  decide->add_option("CASE", decide_options.input, case_words);
  decide->add_flag("--lines", decide_options.lines, "one case a line in, one decision a line out");
  decide->add_option("--source", decide_options.source, "the input is this source's own payload");
  add_at(*decide, decide_options.at);
  auto* text = decide->add_flag("--text", decide_options.text, "for a person, not JSON");
  add_language(*decide, decide_options.language, "of --text");
  text->excludes(decide->get_option("--lines"));

  auto [explain, explain_options] =
      add<Explain>(app, asked, "explain", "says why each rule fired, waits or did not fire");
  explain->add_option("--policy", explain_options.policy, policy_words)->required();
  explain->add_option("CASE", explain_options.input, case_words);
  explain->add_option("--rule", explain_options.rule, "only this rule");
  explain->add_option("--source", explain_options.source, "the input is this source's own payload");
  add_at(*explain, explain_options.at);
  add_language(*explain, explain_options.language);
  explain
      ->add_option("--tries", explain_options.tries,
                   "how often the case is tried to find the smallest change; 0: not at all")
      ->check(CLI::Range(0, 1'000'000'000));
  explain->add_flag("--json", explain_options.json, "the decision with its explanation, as JSON");
}

void add_compare_command(CLI::App& app, Asked& asked) {
  auto [compare, compare_options] = add<Compare>(
      app, asked, "compare", "says which decisions a change of policy changes, and why");
  compare->add_option("OLD", compare_options.before, policy_words)->required();
  compare->add_option("NEW", compare_options.after, policy_words)->required();
  auto* cases = compare->add_option("--cases", compare_options.cases,
                                    "the cases, one a line as JSON; - for standard input");
  auto* log = compare->add_option("--log", compare_options.log, "the cases of this decision log");
  cases->excludes(log);
  compare
      ->add_option("--source", compare_options.source, "the cases are this source's own payloads")
      ->excludes(log);
  add_at(*compare, compare_options.at);
  compare->add_option("--format", compare_options.format, "how the comparison is written")
      ->check(CLI::IsMember({"text", "json"}));
  compare->add_option("--html", compare_options.html, "writes it to this file too, as a page");
  add_language(*compare, compare_options.language);
  compare->add_option("--examples", compare_options.examples, "cases shown of each group")
      ->check(CLI::Range(0, 100));
  compare->add_flag("--exit-code", compare_options.exit_code,
                    "exit status 1 where any decision changes");
}

void add_bench_command(CLI::App& app, Asked& asked) {
  auto [bench, bench_options] =
      add<Bench>(app, asked, "bench", "measures how fast a policy decides");
  bench->add_option("--policy", bench_options.policy, policy_words)->required();
  bench
      ->add_option("--cases", bench_options.cases,
                   "the cases, one a line as JSON; - for standard input")
      ->required();
  bench->add_option("--source", bench_options.source, "the cases are this source's own payloads");
  add_at(*bench, bench_options.at);
  bench->add_option("--seconds", bench_options.seconds, "for each of the four things measured")
      ->check(number_between(0.01, 3'600))
      ->capture_default_str();
  add_jobs(*bench, bench_options.jobs);
  bench->add_flag("--json", bench_options.json, "what was measured as JSON");
}

}  // namespace heed::cli
