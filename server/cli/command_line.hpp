#pragma once
#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>

#include "server/cli/commands.hpp"

/// The words of the command line. These functions, usage.hpp and main.cpp alone know CLI11; what
/// they ask for are the functions of commands.hpp.
namespace heed::cli {

/// What the line asked for, once it is parsed.
struct Asked {
  std::function<int()> action;
};

/// A command, and what its line is read into.
template <class Options>
struct Command {
  CLI::App* app;
  Options& options;
};

template <class Options>
Command<Options> add(CLI::App& parent, Asked& asked, std::string const& name,
                     std::string const& words) {
  CLI::App* const command = parent.add_subcommand(name, words);
  auto const options = std::make_shared<Options>();
  command->callback([&asked, options] { asked.action = [options] { return run(*options); }; });
  return {command, *options};
}

// Options that several commands have.
void add_jobs(CLI::App& command, unsigned& jobs);
void add_language(CLI::App& command, std::string& language, char const* words = "language");
void add_at(CLI::App& command, std::string& at);

/// A number of this range; CLI::Range takes `nan` as well.
CLI::Validator number_between(double least, double most);

constexpr auto policy_words = "the policy: a folder of *.heed files, or one such file";

void add_author_commands(CLI::App& app, Asked& asked);
void add_case_commands(CLI::App& app, Asked& asked);
void add_compare_command(CLI::App& app, Asked& asked);
void add_bench_command(CLI::App& app, Asked& asked);
void add_server_commands(CLI::App& app, Asked& asked);
void add_log_commands(CLI::App& app, Asked& asked);
void add_token_commands(CLI::App& app, Asked& asked);

}  // namespace heed::cli
