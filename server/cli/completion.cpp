#include "server/cli/completion.hpp"

namespace heed::cli {
namespace {

/// Every command with the words that lead to it, such as `log verify`.
struct Path {
  std::string words;
  CommandShape const* command;
};

void collect(CommandShape const& command, std::string const& words, std::vector<Path>& paths) {
  paths.push_back({words, &command});
  for (auto const& inner : command.commands)
    collect(inner, words.empty() ? inner.name : words + " " + inner.name, paths);
}

std::vector<Path> paths_of(CommandShape const& program) {
  std::vector<Path> paths;
  collect(program, "", paths);
  return paths;
}

std::string quoted(std::string_view text) {
  std::string result = "'";
  for (char c : text) result += c == '\'' ? std::string{"'\\''"} : std::string(1, c);
  return result + "'";
}

std::string join(std::vector<std::string> const& words) {
  std::string text;
  for (auto const& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string words_after(CommandShape const& command) {
  std::vector<std::string> words;
  for (auto const& inner : command.commands) words.push_back(inner.name);
  for (auto const& option : command.options) words.push_back(option.name);
  return join(words);
}

/// The words that lead to the command under the cursor, in `path`; the same in bash and zsh.
std::string bash_script(CommandShape const& program) {
  std::string const& name = program.name;
  std::string text =
      "# " + name + " completion for bash: eval \"$(" + name + " completion bash)\"\n";
  text += "_" + name + "() {\n  local current=\"${COMP_WORDS[COMP_CWORD]}\"\n";
  text += "  local previous=\"${COMP_WORDS[COMP_CWORD-1]}\" path='' word\n";
  text += "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n    case \"$path $word\" in\n";
  std::string choices, words;
  for (auto const& [path, command] : paths_of(program)) {
    if (!path.empty()) {
      auto const lead = path.rfind(' ');
      std::string const before = lead == std::string::npos ? "" : path.substr(0, lead);
      std::string const last = lead == std::string::npos ? path : path.substr(lead + 1);
      text += "      " + quoted(before + " " + last) + ") path=" + quoted(path) + " ;;\n";
    }
    words += "    " + quoted(path) + ") words=" + quoted(words_after(*command)) + " ;;\n";
    for (auto const& option : command->options)
      if (!option.values.empty())
        choices += "    " + quoted(path + " " + option.name) +
                   ") words=" + quoted(join(option.values)) + " ;;\n";
  }
  text +=
      "    esac\n  done\n  local words=''\n  case \"$path $previous\" in\n" + choices + "  esac\n";
  text += "  if [ -z \"$words\" ]; then\n    case \"$path\" in\n" + words + "    esac\n  fi\n";
  text += "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n";
  text +=
      "  case \"$current\" in -*) ;; *) COMPREPLY+=($(compgen -f -- \"$current\")) ;; esac\n}\n";
  return text + "complete -o filenames -F _" + name + " " + name + "\n";
}

std::string zsh_script(CommandShape const& program) {
  std::string const& name = program.name;
  return "#compdef " + name + "\n# eval \"$(" + name + " completion zsh)\"\n" +
         "autoload -U +X bashcompinit && bashcompinit\n" + bash_script(program);
}

std::string fish_script(CommandShape const& program) {
  std::string const& name = program.name;
  std::string text = "# " + name + " completion for fish: " + name + " completion fish | source\n";
  for (auto const& [path, command] : paths_of(program)) {
    std::string seen = "__fish_use_subcommand";
    if (!path.empty()) {
      seen.clear();
      std::string word;
      for (char c : path + " ") {
        if (c != ' ') {
          word += c;
          continue;
        }
        seen += (seen.empty() ? "" : "; and ") + ("__fish_seen_subcommand_from " + word);
        word.clear();
      }
    }
    std::string const lead = "complete -c " + name + " -n " + quoted(seen);
    for (auto const& inner : command->commands)
      text += lead + " -a " + quoted(inner.name) + " -d " + quoted(inner.description) + "\n";
    for (auto const& option : command->options) {
      if (!option.name.starts_with("--")) continue;
      text += lead + " -l " + option.name.substr(2) + (option.takes_value ? " -r" : "") +
              (option.values.empty() ? "" : " -f -a " + quoted(join(option.values))) + " -d " +
              quoted(option.description) + "\n";
    }
  }
  return text;
}

}  // namespace

std::optional<std::string> completion_script(std::string_view shell, CommandShape const& program) {
  if (shell == "bash") return bash_script(program);
  if (shell == "zsh") return zsh_script(program);
  if (shell == "fish") return fish_script(program);
  return std::nullopt;
}

}  // namespace heed::cli
