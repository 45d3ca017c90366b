#include "server/cli/usage.hpp"

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "server/cli/closest_word.hpp"

namespace heed::cli {
namespace {

/// Commands and options that may stand behind this command.
std::vector<std::string> list_words(CLI::App const& command) {
  std::vector<std::string> words;
  for (auto const* inner : command.get_subcommands([](CLI::App const*) { return true; }))
    words.push_back(inner->get_name());
  for (auto const* option : command.get_options())
    if (!option->get_lnames().empty()) words.push_back("--" + option->get_lnames().front());
  return words;
}

}  // namespace

Error to_error(CLI::App const& app, CLI::ParseError const& stopped) {
  auto const* command = &app;
  std::string path = "heed";
  while (!command->get_subcommands().empty()) {
    command = command->get_subcommands().front();
    path += " " + command->get_name();
  }
  std::string help = "`" + path + " --help` says what it takes";
  if (auto const unknown = app.remaining(true); !unknown.empty()) {
    auto const& word = unknown.front();
    auto const near = closest_word(word.substr(0, word.find('=')), list_words(*command));
    if (!near.empty()) help = "did you mean `" + near + "`?";
    auto const what = word.starts_with("-") ? "option" : "command";
    auto const has_commands =
        !command->get_subcommands([](CLI::App const*) { return true; }).empty();
    if (word.starts_with("-") || has_commands)
      return {"usage.unknown", "`" + path + "` has no " + what + " `" + word + "`",
              std::move(help)};
    return {"usage.unknown", "`" + word + "` is a word too many", std::move(help)};
  }
  std::string text = stopped.what();
  auto const kind = stopped.get_name();
  if (auto const end = text.find(" is required"); kind == "RequiredError" && end != text.npos)
    return {"usage.missing", "`" + text.substr(0, end) + "` is missing", std::move(help)};
  if (kind == "ExcludesError")
    return {"usage.together", "two options that exclude each other: " + text, std::move(help)};
  return {"usage.value", std::move(text), std::move(help)};
}

}  // namespace heed::cli
