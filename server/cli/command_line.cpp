#include "server/cli/command_line.hpp"

namespace heed::cli {

void add_jobs(CLI::App& command, unsigned& jobs) {
  command
      .add_option("--jobs", jobs,
                  "decides so many cases at a time; as many as processors where not given")
      ->check(CLI::Range(1, 256));
}

void add_language(CLI::App& command, std::string& language, char const* words) {
  command.add_option("--lang", language, words)->check(CLI::IsMember({"en", "he"}));
}

CLI::Validator number_between(double least, double most) {
  auto const words = CLI::Range(least, most).get_description();
  return {[least, most](std::string& text) {
            double number = 0;
            bool const is_one = CLI::detail::lexical_cast(text, number);
            return is_one && number >= least && number <= most
                       ? std::string{}
                       : "Value " + text + " not in range " + CLI::detail::to_string(least) +
                             " - " + CLI::detail::to_string(most);
          },
          words};
}

void add_at(CLI::App& command, std::string& at) {
  command.add_option("--at", at, "decides as of this time instead of the case's or now");
}

}  // namespace heed::cli
