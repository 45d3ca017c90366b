#include "server/cli/subject.hpp"

#include "engine/base/limits.hpp"
#include "engine/base/visible.hpp"
#include "server/api/service.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/files.hpp"
#include "server/cli/policy.hpp"
#include "server/cli/terminal.hpp"
#include "server/json/case.hpp"
#include "server/json/source.hpp"

namespace heed::cli {

Expected<Source const*, Error> choose_source(RuleSet const& rules, std::string const& name) {
  if (name.empty()) return nullptr;
  if (auto const* const found = json::find_source(rules.policy, name)) return found;
  std::string known;
  for (auto const& source : rules.policy.sources)
    known += (known.empty() ? "" : ", ") + source.name;
  return Failure<Error>{{"source.unknown", "the policy has no source `" + name + "`",
                         known.empty() ? "it has no sources" : "it has " + known}};
}

Expected<Case, json::CaseMistakes> read_subject(RuleSet const& rules, Source const* source,
                                                std::string_view text) {
  return source == nullptr ? json::read_case(rules, text)
                           : json::read_payload(rules, *source, text);
}

void tell(json::CaseMistakes const& mistakes, std::string const& input) {
  std::string const name = input == "-" ? "standard input" : input;
  for (auto const& mistake : mistakes.mistakes) {
    std::string where = name;
    if (!mistake.pointer.empty()) where += " " + mistake.pointer;
    std::string text = where + ": error[" + mistake.code + "]: " + mistake.message + "\n";
    if (!mistake.expected.empty()) text += "help: expected " + mistake.expected + "\n";
    put(stderr, visible(text, LineFeeds::keep));
  }
  if (mistakes.untold > 0)
    put(stderr, "and " + std::to_string(mistakes.untold) + " more mistakes\n");
}

Instant moment_of(Case const& subject, std::optional<Instant> at) {
  return at ? *at : subject.at.value_or(api::system_now());
}

Expected<std::optional<Instant>, Error> read_moment(RuleSet const& rules, std::string const& at) {
  if (at.empty()) return std::optional<Instant>{};
  auto const moment = rules.policy.zone.parse(at);
  if (moment) return moment;
  return Failure<Error>{
      {"usage.time", "`" + at + "` is no time",
       "write it as 2026-11-22T10:15:00+02:00, or without an offset for the policy's zone"}};
}

Language choose_language(RuleSet const& rules, std::string const& asked) {
  return find_language(asked.empty() ? rules.policy.languages.front() : asked);
}

std::optional<Subject> read_one(std::string const& policy, std::string const& input,
                                std::string const& source, std::string const& at, int& status) {
  status = cannot;
  auto rules = load_rules(policy);
  if (!rules) return std::nullopt;
  auto const from = choose_source(*rules, source);
  auto const moment = read_moment(*rules, at);
  auto const text = read_input(input, limits::case_bytes_max);
  for (auto const* error : {from ? nullptr : &from.error(), moment ? nullptr : &moment.error(),
                            text ? nullptr : &text.error()})
    if (error != nullptr) {
      tell(*error);
      return std::nullopt;
    }
  auto subject = read_subject(*rules, from.value(), text.value());
  if (!subject) {
    tell(subject.error(), input);
    status = does_not_hold;
    return std::nullopt;
  }
  Instant const now = moment_of(subject.value(), moment.value());
  return Subject{std::move(rules), std::move(subject).value(), now};
}

}  // namespace heed::cli
