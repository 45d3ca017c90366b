#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "engine/advisor.hpp"
#include "engine/base/error.hpp"
#include "engine/base/expected.hpp"
#include "server/json/mistake.hpp"

/// Cases as the commands read them.
namespace heed::cli {

/// The source of the policy that `name` names; null where `name` is empty. Fails with
/// source.unknown.
Expected<Source const*, Error> choose_source(RuleSet const& rules, std::string const& name);

/// A case, or the payload of `source` where it is not null.
Expected<Case, json::CaseMistakes> read_subject(RuleSet const& rules, Source const* source,
                                                std::string_view text);

/// Every mistake of a case on standard error, one a line with its JSON Pointer.
void tell(json::CaseMistakes const& mistakes, std::string const& input);

/// When to decide: at `at` where it is given, else at the case's own time, else now.
Instant moment_of(Case const& subject, std::optional<Instant> at);

/// Reads `--at` in the policy's zone; nothing where it is empty. Fails with usage.time.
Expected<std::optional<Instant>, Error> read_moment(RuleSet const& rules, std::string const& at);

/// The language asked for, or the policy's first.
Language choose_language(RuleSet const& rules, std::string const& asked);

/// One case of a command, ready to be decided. Tells what is wrong and answers nothing where it is
/// not; `status` is then the exit status.
struct Subject {
  std::shared_ptr<RuleSet const> rules;
  Case subject;
  Instant now;
};
std::optional<Subject> read_one(std::string const& policy, std::string const& input,
                                std::string const& source, std::string const& at, int& status);

}  // namespace heed::cli
