#include "engine/check/roles.hpp"

#include <algorithm>
#include <limits>

#include "engine/check/tell.hpp"
#include "engine/check/texts.hpp"
#include "engine/check/vocabulary.hpp"

namespace heed::check {

namespace {

constexpr auto nobody = std::numeric_limits<std::uint32_t>::max();

Symbol const* find_in(Scope const& scope, Symbols const& symbols, ast::Name const& name,
                      std::string_view what, std::string_view help) {
  auto const found = symbols.find(name.text);
  if (found != symbols.end()) return found->second.broken ? nullptr : &found->second;
  std::vector<std::string> names;
  for (auto const& [other, symbol] : symbols) names.push_back(other);
  auto otherwise = names.empty() ? std::string{help} : "there are " + listed(names);
  tell_word(scope.draft, place(scope, name.span), "check.unknown-name",
            "no " + std::string{what} + " is named " + quoted(name.text), name.text, names,
            std::move(otherwise));
  return nullptr;
}

/// Who stands directly above each role: `nobody` where none does.
std::vector<std::uint32_t> find_uppers(Draft& draft) {
  std::vector<std::uint32_t> upper(draft.role_list.size(), nobody);
  std::vector<std::uint32_t> order(draft.role_list.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  auto const where = [&](std::uint32_t at) {
    return Place{draft.role_list[at].file, draft.role_list[at].written->name.span};
  };
  std::sort(order.begin(), order.end(), [&](std::uint32_t left, std::uint32_t right) {
    return stands_before(draft, where(left), where(right));
  });
  for (auto const at : order) {
    auto const& [written, file, progress] = draft.role_list[at];
    if (!written->above) continue;
    Scope const scope{draft, file};
    auto const lower = find_role(scope, *written->above);
    if (!lower) {
      draft.roles.find(written->name.text)->second.broken = true;
      continue;
    }
    auto& other = upper[index(*lower)];
    draft.policy.roles[at].above = lower;
    if (other == nobody) {
      other = at;
      continue;
    }
    tell(draft, place(scope, written->above->span), "check.branching-line",
         quoted(draft.policy.roles[other].name) + " stands directly above " +
             quoted(written->above->text) + " already",
         "a line has one role on each level: write `above` another one");
    draft.policy.roles[at].above.reset();
  }
  return upper;
}

void tell_role_circle(Draft& draft, std::uint32_t start) {
  std::vector<std::uint32_t> circle;
  for (auto at = start; circle.empty() || at != start;
       at = static_cast<std::uint32_t>(index(*draft.policy.roles[at].above)))
    circle.push_back(at);
  auto const where = [&](std::uint32_t at) {
    return Place{draft.role_list[at].file, draft.role_list[at].written->name.span};
  };
  auto const first = std::min_element(circle.begin(), circle.end(), [&](auto left, auto right) {
    return stands_before(draft, where(left), where(right));
  });
  std::rotate(circle.begin(), first, circle.end());
  std::string way = quoted(draft.policy.roles[circle[0]].name);
  for (std::size_t i = 1; i <= circle.size(); ++i)
    way += (i == 1 ? " is above " : ", which is above ") +
           quoted(draft.policy.roles[circle[i % circle.size()]].name);
  tell(draft, where(circle[0]), "check.circle", way + ": a circle",
       "one of them is the lowest: leave its `above` out");
}

}  // namespace

std::optional<RoleId> find_role(Scope const& scope, ast::Name const& name) {
  auto const* found = find_in(scope, scope.draft.roles, name, "role",
                              "declare it, as in `role agent \"Service agent\"`");
  if (!found) return std::nullopt;
  return static_cast<RoleId>(found->index);
}

std::optional<std::uint32_t> find_phase(Scope const& scope, ast::Name const& name) {
  if (!scope.draft.phases_known) return std::nullopt;
  auto const* found = find_in(scope, scope.draft.phases, name, "phase",
                              "declare the phases, as in `phase respond, resolve, close`");
  if (!found) return std::nullopt;
  return found->index;
}

std::optional<ScriptId> find_script(Scope const& scope, ast::Name const& name) {
  auto const* found = find_in(scope, scope.draft.scripts, name, "script",
                              "declare it with `script`, or write the text in quotes");
  if (!found) return std::nullopt;
  return static_cast<ScriptId>(found->index);
}

std::optional<RuleId> find_rule(Scope const& scope, ast::Name const& name) {
  auto const* found =
      find_in(scope, scope.draft.rules, name, "rule", "a rule overrides rules by their names");
  if (!found) return std::nullopt;
  return static_cast<RuleId>(found->index);
}

void check_roles(Draft& draft) {
  auto& roles = draft.policy.roles;
  auto const upper = find_uppers(draft);
  std::vector<bool> placed(roles.size());
  std::uint32_t line = 0;
  for (std::uint32_t i = 0; i < roles.size(); ++i) {
    roles[i].title =
        check_texts({draft, draft.role_list[i].file}, draft.role_list[i].written->title);
    if (roles[i].above) continue;
    std::uint32_t rank = 0;
    for (auto at = i; at != nobody; at = upper[at]) {
      roles[at].line = line;
      roles[at].rank = rank++;
      placed[at] = true;
    }
    ++line;
  }
  for (std::uint32_t i = 0; i < roles.size(); ++i) {
    if (placed[i]) continue;
    tell_role_circle(draft, i);
    for (auto at = i; !placed[at]; at = static_cast<std::uint32_t>(index(*roles[at].above)))
      placed[at] = true;
  }
}

}  // namespace heed::check
