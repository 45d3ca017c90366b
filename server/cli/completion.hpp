#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Shell completion, made from the shape of the command line itself.
namespace heed::cli {

struct OptionShape {
  std::string name;  // "--format"
  std::string description;
  std::vector<std::string> values;  // where there is a choice
  bool takes_value = false;
};
struct CommandShape {
  std::string name;
  std::string description;
  std::vector<OptionShape> options;
  std::vector<CommandShape> commands;
};

/// A script that teaches `shell` (bash, zsh or fish) the commands and options of `program`. Nothing
/// for another shell.
std::optional<std::string> completion_script(std::string_view shell, CommandShape const& program);

}  // namespace heed::cli
