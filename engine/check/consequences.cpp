#include "engine/check/consequences.hpp"

#include <algorithm>

#include "engine/base/expected.hpp"
#include "engine/check/expression.hpp"
#include "engine/check/forms.hpp"
#include "engine/check/items.hpp"
#include "engine/check/roles.hpp"
#include "engine/check/settle.hpp"
#include "engine/check/tell.hpp"
#include "engine/check/texts.hpp"

namespace heed::check {

namespace {

using Answered = std::optional<Consequence>;

ExpressionPtr check_duration(Scope const& scope, ast::Expression const& written) {
  return check_value(scope, written, {plain(Kind::duration), "a deadline"});
}

/// A deadline that is not there is sound; one with a mistake is not.
struct MaybeDeadline {
  std::optional<Deadline> deadline;
  bool sound = true;
};
MaybeDeadline check_maybe(Scope const& scope, std::optional<ast::Deadline> const& written) {
  if (!written) return {};
  auto deadline = check_deadline(scope, *written);
  auto const sound = deadline.has_value();
  return {std::move(deadline), sound};
}

Answered check_form(Scope const& scope, ast::Consequence const&, ast::WriteNeed const& it) {
  auto const* need = find_symbol(scope, it.need, SymbolKind::need);
  auto const state = find_state(scope, it.state.text, it.state.span);
  if (state == NeedState::met) {
    tell(scope.draft, place(scope, it.state.span), "check.unknown-state",
         "no rule can say that a need is met",
         "a need that no rule writes is met: write `threatened` or `violated`");
    return std::nullopt;
  }
  int severity = 3;
  if (it.severity) {
    auto const number = Number::parse(it.severity->digits);
    if (!number || !number->is_whole() || it.severity->percent || *number < Number{1} ||
        *number > Number{5}) {
      tell(scope.draft, place(scope, it.severity->span), "check.severity-range",
           quoted(written(scope, it.severity->span)) + " is no severity",
           "a severity is a whole number from 1 to 5, 3 where none is written");
      return std::nullopt;
    }
    severity = static_cast<int>(number->numerator());
  }
  if (!need || !state) return std::nullopt;
  return WriteNeed{static_cast<NeedId>(need->index), *state, severity};
}

Answered check_form(Scope const& scope, ast::Consequence const&, ast::Do const& it) {
  auto checked = check_do(scope, it);
  if (!checked) return std::nullopt;
  return Consequence{std::move(*checked)};
}

/// Who does it and by when is settled once the customer has chosen. False where it is told.
bool check_offered(Scope const& scope, ast::Do const& it) {
  std::optional<Span> more;
  if (it.by) more = it.by->span;
  if (it.within) more = it.within->within->span;
  if (it.expires_after) more = it.expires_after->span;
  if (it.for_each) more = it.for_each->name.span;
  if (!more) return true;
  tell(scope.draft, place(scope, *more), "check.offer",
       "an offer names actions and what they are given, no more",
       "advise what follows on the customer's choice with a `do` in another rule");
  return false;
}

Answered check_form(Scope const& scope, ast::Consequence const&, ast::Offer const& it) {
  Offer offer;
  bool sound = true;
  for (auto const& action : it.actions) {
    auto checked = check_offered(scope, action) ? check_do(scope, action) : std::nullopt;
    sound = sound && checked;
    if (checked) offer.actions.push_back(std::move(*checked));
  }
  if (!sound) return std::nullopt;
  return offer;
}

Answered check_form(Scope const& scope, ast::Consequence const&, ast::Say const& it) {
  if (!it.script) return Say{std::nullopt, check_wordings(scope, it.text)};
  auto const script = find_script(scope, *it.script);
  if (!script) return std::nullopt;
  return Say{script, scope.draft.policy.scripts[index(*script)].text};
}

Answered check_form(Scope const& scope, ast::Consequence const&, ast::Ask const& it) {
  auto const* fact = find_symbol(scope, it.fact, SymbolKind::fact);
  if (!fact) return std::nullopt;
  return Ask{static_cast<FactId>(fact->index)};
}

std::optional<Escalate::Step> check_step(Scope const& scope, ast::Escalate::Step const& step,
                                         std::optional<RoleId> first) {
  auto const role = find_role(scope, step.to);
  auto const after = check_duration(scope, *step.after);
  if (!role || !after) return std::nullopt;
  auto const& roles = scope.draft.policy.roles;
  if (first && roles[index(*first)].line != roles[index(*role)].line) {
    tell(scope.draft, place(scope, step.to.span), "check.another-line",
         quoted(step.to.text) + " is not in the line of " + quoted(roles[index(*first)].name),
         "escalate to it with a consequence of its own: " + quoted("escalate to " + step.to.text));
    return std::nullopt;
  }
  return Escalate::Step{*role, after};
}

Answered check_form(Scope const& scope, ast::Consequence const&, ast::Escalate const& it) {
  auto const to = find_role(scope, it.to);
  auto const within = check_maybe(scope, it.within);
  bool sound = to && within.sound;
  std::vector<Escalate::Step> steps;
  for (auto const& step : it.then) {
    auto checked = check_step(scope, step, to);
    sound = sound && checked;
    if (checked) steps.push_back(std::move(*checked));
  }
  if (!sound) return std::nullopt;
  return Escalate{*to, within.deadline, std::move(steps)};
}

Answered check_form(Scope const& scope, ast::Consequence const&, ast::Alert const& it) {
  auto const role = find_role(scope, it.role);
  auto const within = check_maybe(scope, it.within);
  if (!role || !within.sound) return std::nullopt;
  return Alert{*role, within.deadline};
}

Answered add_to_score(Scope const& scope, ast::Add const& it, Symbol const& score) {
  auto const value =
      check_value(scope, *it.value, {plain(Kind::number), "the score " + quoted(it.to.text)});
  if (!value) return std::nullopt;
  return AddToScore{static_cast<ScoreId>(score.index), value};
}

Answered add_to_answer(Scope const& scope, ast::Add const& it, Symbol const& symbol) {
  auto const& answer = scope.draft.policy.answers[symbol.index];
  if (answer.reports || answer.type.kind != Kind::set) {
    tell(scope.draft, place(scope, it.to.span), "check.not-a-set",
         quoted(it.to.text) + " is " + words(answer.type) + ", and `add` needs a score or a set",
         "write " + quoted("set " + it.to.text + " to …"));
    return std::nullopt;
  }
  auto element = answer.type;
  element.kind = element.element;
  auto const value = infer(scope, *it.value, &element);
  if (!value) return std::nullopt;
  auto const& wanted = value->type.kind == Kind::set ? answer.type : element;
  if (!fits(value->type, wanted)) {
    tell_mismatch(scope, *it.value, value->type, {wanted, quoted(it.to.text)});
    return std::nullopt;
  }
  return SetAnswer{static_cast<AnswerId>(symbol.index), value};
}

Answered check_form(Scope const& scope, ast::Consequence const&, ast::Add const& it) {
  auto& draft = scope.draft;
  auto const found = draft.names.find(it.to.text);
  if (found == draft.names.end()) {
    tell_word(draft, place(scope, it.to.span), "check.unknown-name",
              "no score or answer is named " + quoted(it.to.text), it.to.text,
              names_of(draft, {SymbolKind::score, SymbolKind::answer}),
              "declare it, as in " + quoted("score " + it.to.text + " from 0 to 100"));
    return std::nullopt;
  }
  if (!settle(draft, found->first)) return std::nullopt;
  if (found->second.kind == SymbolKind::score) return add_to_score(scope, it, found->second);
  if (found->second.kind == SymbolKind::answer) return add_to_answer(scope, it, found->second);
  tell(draft, place(scope, it.to.span), "check.wrong-name",
       quoted(it.to.text) + " is " + std::string{noun(found->second.kind)} +
           ", and `add` needs a score or a set",
       "name a score, or an answer that is a set");
  return std::nullopt;
}

Answered check_form(Scope const& scope, ast::Consequence const&, ast::Set const& it) {
  auto const* symbol = find_symbol(scope, it.answer, SymbolKind::answer);
  if (!symbol || !settle(scope.draft, it.answer.text)) return std::nullopt;
  auto const& answer = scope.draft.policy.answers[symbol->index];
  if (answer.reports) {
    tell(scope.draft, place(scope, it.answer.span), "check.reported-answer",
         quoted(it.answer.text) + " reports " + quoted(answer.reports->text) + " and cannot be set",
         "declare it with a type of its own to set it by rules");
    return std::nullopt;
  }
  auto const value = check_value(scope, *it.value, {answer.type, quoted(it.answer.text)});
  if (!value) return std::nullopt;
  return SetAnswer{static_cast<AnswerId>(symbol->index), value};
}

Answered check_form(Scope const& scope, ast::Consequence const&, ast::Record const& it) {
  auto const* event = find_symbol(scope, it.event, SymbolKind::event);
  if (!event) return std::nullopt;
  auto fields = check_arguments(scope, it.fields, scope.draft.policy.events[event->index].fields,
                                it.event.text);
  if (!fields) return std::nullopt;
  return Record{static_cast<EventId>(event->index), std::move(*fields)};
}

Answered check_form(Scope const& scope, ast::Consequence const&, ast::Check const& it) {
  auto text = check_wordings(scope, it.text);
  auto const before = find_phase(scope, it.before);
  if (!before) return std::nullopt;
  return Check{std::move(text), *before};
}

Answered check_form(Scope const& scope, ast::Consequence const&, ast::Forbid const& it) {
  auto const* action = find_symbol(scope, it.action, SymbolKind::action);
  if (!action) return std::nullopt;
  return Forbid{static_cast<ActionId>(action->index)};
}

/// What `forbid X, instead do Y` does beside forbidding X.
Answered check_instead(Scope const& scope, ast::Forbid const& it, Answered const& forbid) {
  auto what = check_do(scope, *it.instead);
  if (!what || !forbid) return std::nullopt;
  return Instead{std::get<Forbid>(*forbid).action, std::move(*what)};
}

}  // namespace

std::optional<Deadline> check_deadline(Scope const& scope, ast::Deadline const& written) {
  auto const within = check_duration(scope, *written.within);
  ExpressionPtr of;
  if (written.of) {
    of = infer(scope, *written.of);
    if (of && of->type.kind != Kind::time) {
      tell_mismatch(scope, *written.of, of->type,
                    {plain(Kind::time), "what a deadline counts from"});
      of = nullptr;
    }
    if (!of) return std::nullopt;
  }
  if (!within) return std::nullopt;
  return Deadline{within, of};
}

std::optional<std::uint32_t> find_parameter(Scope const& scope, ast::Name const& name,
                                            std::vector<Parameter> const& parameters,
                                            std::string const& owner) {
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < parameters.size(); ++i) {
    if (parameters[i].name == name.text) return i;
    names.push_back(parameters[i].name);
  }
  tell_word(scope.draft, place(scope, name.span), "check.unknown-parameter",
            quoted(owner) + " takes no " + quoted(name.text), name.text, names,
            names.empty() ? quoted(owner) + " takes nothing" : "it takes " + listed(names));
  return std::nullopt;
}

std::optional<std::vector<Argument>> check_arguments(Scope const& scope,
                                                     std::vector<ast::Argument> const& written,
                                                     std::vector<Parameter> const& parameters,
                                                     std::string const& owner) {
  std::vector<Argument> arguments;
  bool sound = true;
  for (auto const& argument : written) {
    auto const parameter = find_parameter(scope, argument.name, parameters, owner);
    if (!parameter) {
      sound = false;
      continue;
    }
    auto const twice = std::any_of(arguments.begin(), arguments.end(),
                                   [&](auto const& it) { return it.parameter == *parameter; });
    if (twice)
      tell(scope.draft, place(scope, argument.name.span), "check.twice",
           quoted(argument.name.text) + " is given twice", "leave one of the two out");
    auto const value = check_value(
        scope, *argument.value,
        {parameters[*parameter].type, quoted(argument.name.text) + " of " + quoted(owner)});
    sound = sound && value && !twice;
    if (value) arguments.push_back({*parameter, value});
  }
  if (!sound) return std::nullopt;
  std::sort(arguments.begin(), arguments.end(),
            [](auto const& left, auto const& right) { return left.parameter < right.parameter; });
  return arguments;
}

namespace {

/// All but `for each`.
std::optional<Do> check_done(Scope const& scope, ast::Do const& written) {
  auto const* action = find_symbol(scope, written.action, SymbolKind::action);
  auto const within = check_maybe(scope, written.within);
  std::optional<RoleId> by;
  if (written.by) by = find_role(scope, *written.by);
  bool sound = action && within.sound && (by || !written.by);
  ExpressionPtr expires_after;
  if (written.expires_after) expires_after = check_duration(scope, *written.expires_after);
  sound = sound && (expires_after || !written.expires_after);
  if (!action) return std::nullopt;
  auto arguments =
      check_arguments(scope, written.arguments, scope.draft.policy.actions[action->index].takes,
                      written.action.text);
  if (!sound || !arguments) return std::nullopt;
  return Do{static_cast<ActionId>(action->index),
            std::move(*arguments),
            by,
            within.deadline,
            {},
            expires_after};
}

}  // namespace

std::optional<Do> check_do(Scope const& scope, ast::Do const& written) {
  if (!written.for_each) return check_done(scope, written);
  auto const& each = *written.for_each;
  auto const list = find_list(scope, each.list);
  if (!list) return std::nullopt;
  Within const within{scope.draft, names_within(each.name, list)};
  auto const where = each.where ? check_condition(scope, *each.where) : nullptr;
  auto checked = check_done(scope, written);
  if (!checked || (each.where && !where)) return std::nullopt;
  checked->for_each = ForEach{list, where};
  return checked;
}

std::vector<Consequence> check_consequence(Scope const& scope, ast::Consequence const& written) {
  std::vector<Consequence> found;
  auto const first =
      std::visit([&](auto const& form) { return check_form(scope, written, form); }, written.form);
  if (first) found.push_back(*first);
  auto const* forbid = std::get_if<ast::Forbid>(&written.form);
  if (!forbid || !forbid->instead) return found;
  if (auto instead = check_instead(scope, *forbid, first)) found.push_back(std::move(*instead));
  return found;
}

}  // namespace heed::check
