#include "engine/check/authority.hpp"

#include <algorithm>
#include <tuple>

#include "engine/check/consequences.hpp"
#include "engine/check/expression.hpp"
#include "engine/check/roles.hpp"
#include "engine/check/settle.hpp"
#include "engine/check/tell.hpp"
#include "engine/check/types.hpp"

namespace heed::check {

namespace {

/// What an authority is about: `refund.amount`.
struct Subject {
  ActionId action;
  std::uint32_t parameter = 0;
  Parameter const* what = nullptr;
};

std::optional<Subject> find_subject(Scope const& scope, ast::Name const& written) {
  auto& draft = scope.draft;
  auto const dot = written.text.rfind('.');
  if (dot == written.text.npos) {
    tell(draft, place(scope, written.span), "check.authority",
         "an authority is about something that an action takes",
         "name it after the action, as in " + quoted(written.text + ".amount"));
    return std::nullopt;
  }
  ast::Name const owner{written.text.substr(0, dot), written.span};
  ast::Name const part{written.text.substr(dot + 1), written.span};
  auto const* action = find_symbol(scope, owner, SymbolKind::action);
  if (!action || !settle(draft, owner.text)) return std::nullopt;
  auto const& takes = draft.policy.actions[action->index].takes;
  auto const parameter = find_parameter(scope, part, takes, owner.text);
  if (!parameter) return std::nullopt;
  auto const& type = takes[*parameter].type;
  if (!is_measured(type)) {
    tell(draft, place(scope, written.span), "check.authority",
         quoted(written.text) + " is " + quoted(words(type)) + ", which has no order to limit",
         "give authority over an amount, a number or a duration");
    return std::nullopt;
  }
  return Subject{static_cast<ActionId>(action->index), *parameter, &takes[*parameter]};
}

std::optional<Authority::Line> check_line(Scope const& scope, Subject const& subject,
                                          ast::Authority::Line const& written) {
  auto const role = find_role(scope, written.role);
  Authority::Line line{};
  bool sound = role.has_value();
  if (written.up_to) {
    line.up_to = check_value(scope, *written.up_to, {subject.what->type, "a limit"});
    sound = sound && line.up_to;
  }
  if (written.when) {
    line.when = check_condition(scope, *written.when);
    sound = sound && line.when;
  }
  if (!sound) return std::nullopt;
  line.role = *role;
  return line;
}

auto order_of(Authority::Line const& line) {
  auto const text = [](ExpressionPtr const& it) {
    return it ? std::string_view{it->text} : std::string_view{};
  };
  return std::tuple{line.role, text(line.up_to), text(line.when)};
}

bool is_same(Authority const& left, Subject const& right) {
  return left.action == right.action && left.parameter == right.parameter;
}

}  // namespace

void check_authorities(Draft& draft) {
  auto& all = draft.policy.authorities;
  auto& list = draft.authorities;
  std::sort(list.begin(), list.end(), [&](auto const& left, auto const& right) {
    return stands_before(draft, {left.file, left.written->what.span},
                         {right.file, right.written->what.span});
  });
  for (auto const& [written, file, progress] : list) {
    Scope const scope{draft, file};
    auto const subject = find_subject(scope, written->what);
    if (!subject) continue;
    if (std::any_of(all.begin(), all.end(),
                    [&](Authority const& it) { return is_same(it, *subject); }))
      tell(draft, place(scope, written->what.span), "check.twice",
           "there is an authority over " + quoted(written->what.text) + " already",
           "put the lines of both together into one");
    Authority authority{subject->action, subject->parameter, {}};
    for (auto const& line : written->lines)
      if (auto checked = check_line(scope, *subject, line)) authority.lines.push_back(*checked);
    std::stable_sort(
        authority.lines.begin(), authority.lines.end(),
        [](auto const& left, auto const& right) { return order_of(left) < order_of(right); });
    all.push_back(std::move(authority));
  }
  std::sort(all.begin(), all.end(), [](Authority const& left, Authority const& right) {
    return std::tie(left.action, left.parameter) < std::tie(right.action, right.parameter);
  });
}

}  // namespace heed::check
