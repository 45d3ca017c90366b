// Reads the command line, says what is wrong with it, and does what it asks for.
#include <csignal>

#include "server/cli/command_line.hpp"
#include "server/cli/completion.hpp"
#include "server/cli/terminal.hpp"
#include "server/cli/usage.hpp"

namespace heed::cli {
namespace {

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
  Asked asked;
  add_author_commands(app, asked);
  add_case_commands(app, asked);
  add_compare_command(app, asked);
  add_bench_command(app, asked);
  add_server_commands(app, asked);
  add_log_commands(app, asked);
  add_token_commands(app, asked);
  std::string shell;
  auto* completion =
      app.add_subcommand("completion", "prints a script that completes this command line");
  completion->add_option("SHELL", shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  completion->callback([&] { asked.action = [&] { return print_completion(app, shell); }; });
  try {
    app.parse(count, words);
  } catch (CLI::ParseError const& stopped) {
    if (stopped.get_exit_code() == 0) return app.exit(stopped);  // --help, --version
    tell(to_error(app, stopped));
    return cannot;
  }
  int const status = asked.action();
  return flush_output() ? status : cannot;
}

}  // namespace
}  // namespace heed::cli

int main(int count, char** words) {
  return heed::cli::main(count, words);
}
