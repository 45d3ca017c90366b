#pragma once
#include <memory>
#include <string>
#include <vector>

#include "engine/advisor.hpp"
#include "engine/base/error.hpp"
#include "engine/base/expected.hpp"

/// Policies as the commands read them.
namespace heed::cli {

struct PolicyOnDisk {
  std::string path;
  std::vector<SourceText> sources;  // named as the person would type them: the path first
  Loaded loaded;
};

/// The files of a policy; of `-` the one that standard input is, named `-`. Fails as
/// api::read_policy does, or with file.too-large.
Expected<std::vector<SourceText>, Error> read_policy(std::string const& path);

/// Reads, checks and compiles. Fails only where a file cannot be read; mistakes are in `loaded`.
Expected<PolicyOnDisk, Error> load_policy(std::string const& path,
                                          Analyses analyses = Analyses::leave_out);

/// The rules of a policy that has no mistakes; otherwise tells what is wrong on standard error and
/// answers null.
std::shared_ptr<RuleSet const> load_rules(std::string const& path);

/// The diagnostics as text on `stream`, with a last line that counts them and what is silenced.
void print_diagnostics(std::FILE* stream, Diagnostics const& diagnostics,
                       std::vector<SourceText> const& sources, std::size_t silenced = 0);

}  // namespace heed::cli
