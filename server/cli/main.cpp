// The command line: this file and usage.cpp know CLI11, no others. Each command is a function in
// commands.hpp.
#include <CLI/CLI.hpp>
#include <csignal>
#include <functional>

#include "server/cli/commands.hpp"
#include "server/cli/completion.hpp"
#include "server/cli/terminal.hpp"
#include "server/cli/usage.hpp"

namespace heed::cli {
namespace {

using Action = std::function<int()>;

/// What the line asked for, once it is parsed.
struct Asked {
  Action action;
};

template <class Options>
CLI::App* add(CLI::App& parent, Asked& asked, std::string const& name, std::string const& words,
              Options& options) {
  CLI::App* const command = parent.add_subcommand(name, words);
  command->callback([&asked, &options] { asked.action = [&options] { return run(options); }; });
  return command;
}

struct AllOptions {
  New make;
  Check check;
  Fmt fmt;
  Test test;
  Decide decide;
  Explain explain;
  Compare compare;
  Bench bench;
  Schema schema;
  Lsp lsp;
  bool stdio = false;
  Serve serve;
  TokenAdd token_add;
  TokenList token_list;
  TokenRevoke token_revoke;
  LogList list;
  LogShow show;
  LogVerify verify;
  LogProve prove;
  LogCheckpoint checkpoint;
  LogKey key;
  LogWitness witness;
  LogExport export_log;
  LogBackup backup;
  LogRestore restore;
  LogReplay replay;
  std::string shell;
};

constexpr auto policy_words = "the policy: a folder of *.heed files, or one such file";
constexpr auto case_words = "the case as JSON; - for standard input";

void add_jobs(CLI::App& command, unsigned& jobs) {
  command
      .add_option("--jobs", jobs,
                  "decides so many cases at a time; as many as processors where not given")
      ->check(CLI::Range(1, 256));
}

void add_language(CLI::App& command, std::string& language, char const* words = "language") {
  command.add_option("--lang", language, words)->check(CLI::IsMember({"en", "he"}));
}

void add_at(CLI::App& command, std::string& at) {
  command.add_option("--at", at, "decides as of this time instead of the case's or now");
}

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

void add_author_commands(CLI::App& app, Asked& asked, AllOptions& all) {
  auto* make = add(app, asked, "new", "makes a small policy with a test, ready to run", all.make);
  make->add_option("DIR", all.make.folder, "the folder to make")->required();

  auto* check = add(app, asked, "check", "tells every mistake of a policy", all.check);
  check->add_option("POLICY", all.check.policies, policy_words)->required();
  check->add_option("--format", all.check.format, "how the mistakes are written")
      ->check(CLI::IsMember({"text", "json", "sarif"}));

  auto* fmt = add(app, asked, "fmt", "writes policy files in their one canonical shape", all.fmt);
  fmt->add_option("POLICY", all.fmt.policies, policy_words)->required();
  fmt->add_flag("--check", all.fmt.check,
                "changes nothing; exit status 1 where a file would change");

  auto* test = add(app, asked, "test", "runs the policy's own tests", all.test);
  test->add_option("POLICY", all.test.policies, policy_words)->required();

  add_test_options(*test, all.test);

  auto* schema = add(app, asked, "schema", "prints the JSON Schema of a case", all.schema);
  schema->add_option("--policy", all.schema.policy, policy_words)->required();

  auto* lsp = add(app, asked, "lsp", "a language server for editors, on standard input and output",
                  all.lsp);
  lsp->add_flag("--stdio", all.stdio, "as editors pass it; the only way there is");
}

void add_case_commands(CLI::App& app, Asked& asked, AllOptions& all) {
  auto* decide = add(app, asked, "decide", "decides a case, or a stream of them", all.decide);
  decide->add_option("--policy", all.decide.policy, policy_words)->required();
  decide->add_option("CASE", all.decide.input, case_words);
  decide->add_flag("--lines", all.decide.lines, "one case a line in, one decision a line out");
  decide->add_option("--source", all.decide.source, "the input is this source's own payload");
  add_at(*decide, all.decide.at);
  auto* text = decide->add_flag("--text", all.decide.text, "for a person, not JSON");
  add_language(*decide, all.decide.language, "of --text");
  text->excludes(decide->get_option("--lines"));

  auto* explain =
      add(app, asked, "explain", "says why each rule fired, waits or did not fire", all.explain);
  explain->add_option("--policy", all.explain.policy, policy_words)->required();
  explain->add_option("CASE", all.explain.input, case_words);
  explain->add_option("--rule", all.explain.rule, "only this rule");
  explain->add_option("--source", all.explain.source, "the input is this source's own payload");
  add_at(*explain, all.explain.at);
  add_language(*explain, all.explain.language);
  explain
      ->add_option("--tries", all.explain.tries,
                   "how often the case is tried to find the smallest change; 0: not at all")
      ->check(CLI::Range(0, 1'000'000'000));
  explain->add_flag("--json", all.explain.json, "the decision with its explanation, as JSON");
}

void add_compare_command(CLI::App& app, Asked& asked, AllOptions& all) {
  auto* compare = add(app, asked, "compare",
                      "says which decisions a change of policy changes, and why", all.compare);
  compare->add_option("OLD", all.compare.before, policy_words)->required();
  compare->add_option("NEW", all.compare.after, policy_words)->required();
  auto* cases = compare->add_option("--cases", all.compare.cases,
                                    "the cases, one a line as JSON; - for standard input");
  auto* log = compare->add_option("--log", all.compare.log, "the cases of this decision log");
  cases->excludes(log);
  compare->add_option("--source", all.compare.source, "the cases are this source's own payloads")
      ->excludes(log);
  add_at(*compare, all.compare.at);
  compare->add_option("--format", all.compare.format, "how the comparison is written")
      ->check(CLI::IsMember({"text", "json"}));
  compare->add_option("--html", all.compare.html, "writes it to this file too, as a page");
  add_language(*compare, all.compare.language);
  compare->add_option("--examples", all.compare.examples, "cases shown of each group")
      ->check(CLI::Range(0, 100));
  compare->add_flag("--exit-code", all.compare.exit_code,
                    "exit status 1 where any decision changes");
}

void add_bench_command(CLI::App& app, Asked& asked, AllOptions& all) {
  auto* bench = add(app, asked, "bench", "measures how fast a policy decides", all.bench);
  bench->add_option("--policy", all.bench.policy, policy_words)->required();
  bench
      ->add_option("--cases", all.bench.cases,
                   "the cases, one a line as JSON; - for standard input")
      ->required();
  bench->add_option("--source", all.bench.source, "the cases are this source's own payloads");
  add_at(*bench, all.bench.at);
  bench->add_option("--seconds", all.bench.seconds, "for each of the four things measured")
      ->check(CLI::Range(0.01, 3'600.0))
      ->capture_default_str();
  add_jobs(*bench, all.bench.jobs);
  bench->add_flag("--json", all.bench.json, "what was measured as JSON");
}

void add_serve_protection(CLI::App& serve, Serve& options) {
  serve.add_option("--tls-cert", options.tls_certificate,
                   "speaks HTTPS with this certificate and its chain (PEM), read again when it "
                   "changes");
  serve.add_option("--tls-key", options.tls_key, "its key (PEM, without a password)");
  serve.add_option("--host", options.hosts,
                   "a name by which clients ask, beside this machine's own; may come again");
  serve.add_option("--origin", options.origins,
                   "an origin whose pages may ask, beside our own; may come again");
  serve
      .add_option("--decisions-max", options.decisions_max,
                  "decisions under way at once, a batch as 64; beyond: 503")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  serve.add_option("--connections-max", options.connections_max, "connections; beyond: 503")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  serve
      .add_option("--connections-per-address", options.connections_per_address,
                  "of one address; 1024 where not given, as many as there are on loopback")
      ->check(CLI::Range(1, 1'000'000));
  serve
      .add_option("--client-requests", options.client_requests,
                  "requests that one client may have under way; beyond: 429")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  serve
      .add_option("--client-rate", options.client_rate,
                  "requests a second that one client may send; without a bound where not given")
      ->check(CLI::Range(0.001, 1e6));
  serve
      .add_option("--client-burst", options.client_burst,
                  "requests that a client may send at once after a pause; twice the rate where not "
                  "given")
      ->check(CLI::Range(1.0, 1e6));
}

void add_serve_logging(CLI::App& serve, Serve& options) {
  serve.add_option("--log-format", options.log_format, "of what is told on standard error")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  serve
      .add_option("--log-level", options.log_level,
                  "how much of it; debug has a line for each request")
      ->check(CLI::IsMember({"error", "warning", "info", "debug"}))
      ->capture_default_str();
  serve.add_option("--slow-ms", options.slow_ms, "a request that takes longer is told of")
      ->check(CLI::Range(1, 3'600'000))
      ->capture_default_str();
}

void add_server_commands(CLI::App& app, Asked& asked, AllOptions& all) {
  auto* serve =
      add(app, asked, "serve", "answers cases over HTTP and keeps the decision log", all.serve);
  serve->add_option("--policy", all.serve.policy,
                    "the folder of the policy, which then decides by what stands in it; without it "
                    "the store's active policy decides, and another is activated over HTTP");
  serve->add_option("--first-policy", all.serve.first_policy,
                    "without --policy: the folder of the policy to begin with, where none was ever "
                    "active in the store");
  serve->add_flag("--four-eyes", all.serve.four_eyes,
                  "who wrote a policy may not activate it; needs --tokens");
  serve
      ->add_option("--store", all.serve.store,
                   "the file of the decision log; made where it is not there")
      ->required();
  serve->add_option("--key", all.serve.key_file,
                    "the file of the key that signs the log; the store's name and .key where not "
                    "given, made where it is not there");
  serve->add_option("--listen", all.serve.listen,
                    "address and port; other than on loopback only with TLS and tokens");
  serve->add_option("--tokens", all.serve.tokens,
                    "the file of tokens; without it whoever reaches the server may do everything");
  serve
      ->add_option("--threads", all.serve.threads,
                   "event loops; as many as processors where not given")
      ->check(CLI::Range(1, 256));
  add_serve_protection(*serve, all.serve);
  add_serve_logging(*serve, all.serve);
  serve->add_flag(
      "--constant", all.serve.constant,
      "answers every decision with the same bytes and logs nothing: to measure the server");
}

constexpr auto store_words = "the file of the decision log";

void add_proof_commands(CLI::App& log, Asked& asked, AllOptions& all) {
  auto* prove = add(log, asked, "prove", "prints the proof that a record is in the log", all.prove);
  prove->add_option("STORE", all.prove.store, store_words)->required();
  prove->add_option("ID", all.prove.id, "the decision's id")->required();

  auto* checkpoint =
      add(log, asked, "checkpoint", "prints the signed head of the log", all.checkpoint);
  checkpoint->add_option("STORE", all.checkpoint.store, store_words)->required();

  auto* key = add(log, asked, "key", "prints the key that checks the log's signatures", all.key);
  key->add_option("STORE", all.key.store, store_words)->required();
  key->add_flag("--rotate", all.key.rotate,
                "makes a new key that signs from now on, and records it in the log");
  key->add_flag("--lost", all.key.lost, "the old key is lost, and cannot sign for the new one");
  key->add_option("--key", all.key.key_file, "the file of the signing key, as for serve");

  auto* witness = add(log, asked, "witness",
                      "refuses a log that does not continue what was seen of it", all.witness);
  witness->add_option("STORE", all.witness.store, store_words)->required();
  witness
      ->add_option("FILE", all.witness.file,
                   "keeps what was seen; made where it is not there. Not where the log is")
      ->required();
  witness->add_option("--key", all.witness.key, "a key to trust, as `heed log key` prints it");

  auto* exported =
      add(log, asked, "export", "prints records with their proofs, for checking without the log",
          all.export_log);
  exported->add_option("STORE", all.export_log.store, store_words)->required();
  exported->add_option("--subject", all.export_log.subject, "of this subject");
  exported->add_option("--from", all.export_log.from, "decided at this time or later");
  exported->add_option("--until", all.export_log.until, "decided before this time");
}

void add_copy_commands(CLI::App& log, Asked& asked, AllOptions& all) {
  auto* backup =
      add(log, asked, "backup",
          "copies the log, also while the server writes, and verifies the copy", all.backup);
  backup->add_option("STORE", all.backup.store, store_words)->required();
  backup->add_option("COPY", all.backup.copy, "the file to make")->required();

  auto* restore = add(log, asked, "restore",
                      "verifies a copy and puts it where the server reads it", all.restore);
  restore->add_option("COPY", all.restore.copy, "what `heed log backup` made")->required();
  restore->add_option("STORE", all.restore.store, store_words)->required();
  restore->add_flag("--quick", all.restore.quick, "does not compute the decisions again");
  restore->add_flag("--replace", all.restore.replace,
                    "where a log is there: keeps it under a dated name");
  restore->add_flag(
      "--accept-loss", all.restore.accept_loss,
      "also where the copy lacks records of the log that is there, or of the witness");
  restore->add_option("--witness", all.restore.witness,
                      "the copy must hold what this file of `heed log witness` saw");
  restore->add_option("--key", all.restore.key_file, "the file of the signing key, as for serve");
  add_jobs(*restore, all.restore.jobs);
}

void add_filter(CLI::App& command, LogFilter& filter) {
  command.add_option("--subject", filter.subject, "of this subject");
  command.add_option("--need", filter.need, "with this need at stake");
  command.add_option("--need-state", filter.need_state, "with --need: in this state")
      ->check(CLI::IsMember({"threatened", "violated"}));
  command.add_option("--rule", filter.rule, "in which this rule fired");
  command.add_option("--action", filter.action, "with this action in the plan");
  command.add_option("--escalation", filter.escalation, "escalated to this role");
  command.add_option("--revision", filter.revision, "decided by this revision of the policy");
  command.add_option("--by", filter.by, "asked by the token with this id, or by command-line");
  command.add_option("--from", filter.from, "decided at this time or later");
  command.add_option("--until", filter.until, "decided before this time");
}

void add_replay_command(CLI::App& log, Asked& asked, AllOptions& all) {
  auto* replay = add(log, asked, "replay",
                     "decides logged cases again under another policy: what would change, for whom "
                     "and why",
                     all.replay);
  replay->add_option("STORE", all.replay.store, store_words)->required();
  replay->add_option("--policy", all.replay.policy, policy_words)->required();
  add_filter(*replay, all.replay.filter);
  replay->add_option("--format", all.replay.format, "how it is written")
      ->check(CLI::IsMember({"text", "json", "html"}));
  add_language(*replay, all.replay.language);
  replay->add_option("--examples", all.replay.examples, "cases shown of each group")
      ->check(CLI::Range(0, 100));
  add_jobs(*replay, all.replay.jobs);
  replay->add_flag("--exit-code", all.replay.exit_code,
                   "exit status 1 where any decision would change, or cannot be read");
}

void add_log_commands(CLI::App& app, Asked& asked, AllOptions& all) {
  auto* log = app.add_subcommand("log", "reads, verifies and proves a decision log");
  log->require_subcommand(1);
  auto* list = add(*log, asked, "list", "lists records, the newest first", all.list);
  list->add_option("STORE", all.list.store, store_words)->required();
  add_filter(*list, all.list.filter);
  list->add_option("--kind", all.list.kind, "of this kind")
      ->check(CLI::IsMember({"decision", "key", "policy", "erasure", "retention", "all"}));
  list->add_option("--order", all.list.order, "which come first")
      ->check(CLI::IsMember({"newest", "oldest"}));
  list->add_option("--limit", all.list.limit, "at most so many")->check(CLI::Range(1, 1000));
  list->add_option("--cursor", all.list.cursor, "goes on where a list ended");
  list->add_flag("--json", all.list.json, "a record a line, as JSON");

  auto* show = add(*log, asked, "show", "shows one record, to read or to print", all.show);
  show->add_option("STORE", all.show.store, store_words)->required();
  show->add_option("ID", all.show.id, "the record's id, or its number in the log")->required();
  show->add_option("--format", all.show.format, "how it is written; html is a page")
      ->check(CLI::IsMember({"text", "json", "html"}));
  show->add_option("--lang", all.show.language, "language")
      ->check(CLI::IsMember({"en", "he", "both"}));
  show->add_flag("--json", all.show.json, "the same as --format json");

  auto* verify = add(*log, asked, "verify",
                     "computes the whole log again and names the first bad record", all.verify);
  verify->add_option("STORE", all.verify.store, store_words)->required();
  add_jobs(*verify, all.verify.jobs);
  verify->add_flag("--json", all.verify.json, "the result as JSON");
  add_proof_commands(*log, asked, all);
  add_copy_commands(*log, asked, all);
  add_replay_command(*log, asked, all);
}

void add_token_commands(CLI::App& app, Asked& asked, AllOptions& all) {
  auto* token = app.add_subcommand("token", "says who may ask the server what");
  token->require_subcommand(1);
  constexpr auto tokens_words = "the file of tokens, as `heed serve --tokens` reads it";
  auto* make = add(*token, asked, "add", "makes a token and prints it, this once", all.token_add);
  make->add_option("NAME", all.token_add.name, "who gets it, for people")->required();
  make->add_option("--tokens", all.token_add.tokens, tokens_words)->required();
  make->add_option("--role", all.token_add.roles,
                   "caller decides, owner edits policies, auditor reads the log, admin all")
      ->required()
      ->check(CLI::IsMember({"caller", "owner", "auditor", "admin"}));
  make->add_option("--expires", all.token_add.expires,
                   "a time, or how long from now: `2027-01-01`, `90 days`; never where not given");
  auto* list = add(*token, asked, "list", "lists the tokens", all.token_list);
  list->add_option("--tokens", all.token_list.tokens, tokens_words)->required();
  list->add_flag("--json", all.token_list.json, "a token a line, as JSON");
  auto* revoke = add(*token, asked, "revoke", "takes a token back at once", all.token_revoke);
  revoke->add_option("ID", all.token_revoke.id, "as `heed token list` shows it")->required();
  revoke->add_option("--tokens", all.token_revoke.tokens, tokens_words)->required();
}

std::vector<std::string> formats_of(std::string const& command) {
  if (command == "compare") return {"text", "json"};
  return {"text", "json", command == "check" ? "sarif" : "html"};
}

CommandShape shape_of(CLI::App const& app, std::string const& name) {
  CommandShape shape{.name = name, .description = app.get_description()};
  for (auto const* option : app.get_options()) {
    if (option->get_lnames().empty()) continue;
    std::string const type = option->get_type_name();
    OptionShape found{.name = "--" + option->get_lnames().front(),
                      .description = option->get_description(),
                      .takes_value = option->get_items_expected_max() > 0};
    if (found.name == "--lang") found.values = {"en", "he"};
    if (found.name == "--lang" && name == "show") found.values.emplace_back("both");
    if (found.name == "--format") found.values = formats_of(name);
    shape.options.push_back(std::move(found));
  }
  for (auto const* inner : app.get_subcommands([](CLI::App const*) { return true; }))
    shape.commands.push_back(shape_of(*inner, inner->get_name()));
  return shape;
}

int print_completion(CLI::App const& app, std::string const& shell) {
  auto const script = completion_script(shell, shape_of(app, "heed"));
  return script && put(stdout, *script) ? done : cannot;
}

int main(int count, char** words) {
  std::signal(SIGPIPE, SIG_IGN);
  CLI::App app{
      "Heed decides with service people: what is at stake for a customer, what to do, say and "
      "ask, who takes over and by when, and why."};
  app.set_version_flag("--version", "heed " HEED_VERSION);
  app.require_subcommand(1);
  AllOptions all;
  Asked asked;
  add_author_commands(app, asked, all);
  add_case_commands(app, asked, all);
  add_compare_command(app, asked, all);
  add_bench_command(app, asked, all);
  add_server_commands(app, asked, all);
  add_log_commands(app, asked, all);
  add_token_commands(app, asked, all);
  auto* completion =
      app.add_subcommand("completion", "prints a script that completes this command line");
  completion->add_option("SHELL", all.shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  completion->callback([&] { asked.action = [&] { return print_completion(app, all.shell); }; });
  try {
    app.parse(count, words);
  } catch (CLI::ParseError const& stopped) {
    if (stopped.get_exit_code() == 0) return app.exit(stopped);  // --help, --version
    tell(to_error(app, stopped));
    return cannot;
  }
  int const status = asked.action();
  return std::fflush(stdout) == 0 ? status : cannot;
}

}  // namespace
}  // namespace heed::cli

int main(int count, char** words) {
  return heed::cli::main(count, words);
}
