#include "engine/author/mentions.hpp"

namespace heed::author {

void Walk::form(ast::Rule const& it) {
  declare(it.name, Space::rules);
  for (auto const& name : it.overrides) mention(name, Space::rules);
  expression(it.when);
  for (auto const& line : it.then) consequence(line);
  slots(it.because);
}

void Walk::argument(std::string const& owner, ast::Argument const& argument) {
  auto const whole = owner + "." + argument.name.text;
  mention(Mention{.span = argument.name.span, .name = whole, .space = Space::members});
  expression(argument.value, {whole});
}

void Walk::deadline(std::optional<ast::Deadline> const& it) {
  if (!it) return;
  expression(it->within);
  expression(it->of);
}

void Walk::doing(ast::Do const& it, Deed deed) {
  mention(it.action, Space::shared, deed);
  auto const outer = scope_;
  if (it.for_each) {
    mention(it.for_each->list, Space::shared);
    scope_ = open(it.for_each->list.text, it.for_each->name.text);
    expression(it.for_each->where);
  }
  for (auto const& one : it.arguments) argument(it.action.text, one);
  if (it.by) mention(*it.by, Space::roles);
  deadline(it.within);
  expression(it.expires_after);
  scope_ = outer;
}

void Walk::consequence(ast::Consequence const& line) {
  std::visit(overloaded{
                 [&](ast::WriteNeed const& it) { mention(it.need, Space::shared, Deed::writes); },
                 [&](ast::Do const& it) { doing(it, Deed::writes); },
                 [&](ast::Offer const& it) {
                   for (auto const& one : it.actions) doing(one, Deed::writes);
                 },
                 [&](ast::Say const& it) {
                   if (it.script) mention(*it.script, Space::scripts, Deed::writes);
                   slots(it.text);
                 },
                 [&](ast::Ask const& it) { mention(it.fact, Space::shared); },
                 [&](ast::Escalate const& it) {
                   mention(it.to, Space::roles, Deed::writes);
                   deadline(it.within);
                   for (auto const& step : it.then) {
                     mention(step.to, Space::roles, Deed::writes);
                     expression(step.after);
                   }
                 },
                 [&](ast::Alert const& it) {
                   mention(it.role, Space::roles, Deed::writes);
                   deadline(it.within);
                 },
                 [&](ast::Add const& it) {
                   mention(it.to, Space::shared, Deed::writes);
                   expression(it.value, {it.to.text});
                 },
                 [&](ast::Set const& it) {
                   mention(it.answer, Space::shared, Deed::writes);
                   expression(it.value, {it.answer.text});
                 },
                 [&](ast::Record const& it) {
                   mention(it.event, Space::shared, Deed::writes);
                   for (auto const& field : it.fields) argument(it.event.text, field);
                 },
                 [&](ast::Check const& it) {
                   slots(it.text);
                   mention(it.before, Space::phases);
                 },
                 [&](ast::Forbid const& it) {
                   mention(it.action, Space::shared, Deed::writes);
                   if (it.instead) doing(*it.instead, Deed::writes);
                 },
             },
             line.form);
}

void Walk::value(ast::Value const& value, std::string const& by) {
  std::visit(overloaded{
                 [&](ast::Unknown const&) {},
                 [&](ast::ExpressionPtr const& it) { expression(it, {by}); },
                 [&](std::vector<ast::ExpressionPtr> const& all) {
                   for (auto const& one : all) expression(one, {by});
                 },
             },
             value.form);
}

void Walk::given(ast::Given const& line) {
  std::visit(overloaded{
                 [&](ast::GivenFact const& it) {
                   mention(it.fact, Space::shared);
                   value(it.value, it.fact.text);
                 },
                 [&](ast::GivenItem const& it) {
                   mention(it.list, Space::shared);
                   for (auto const& field : it.fields) argument(it.list.text, field);
                 },
                 [&](ast::GivenEvent const& it) {
                   mention(it.event, Space::shared);
                   expression(it.ago);
                   for (auto const& field : it.fields) argument(it.event.text, field);
                 },
                 [&](ast::GivenNow const& it) { expression(it.now); },
             },
             line.form);
}

void Walk::expect(ast::Expect const& line) {
  std::visit(overloaded{
                 [&](ast::ExpectCondition const& it) { expression(it.condition); },
                 [&](ast::ExpectDo const& it) { doing(it.what, Deed::reads); },
                 [&](ast::ExpectForbid const& it) { mention(it.action, Space::shared); },
                 [&](ast::ExpectEscalate const& it) {
                   if (it.to) mention(*it.to, Space::roles);
                   deadline(it.within);
                 },
                 [&](ast::ExpectQuestion const& it) {
                   if (it.fact) mention(*it.fact, Space::shared);
                 },
                 [&](ast::ExpectOffer const& it) { mention(it.action, Space::shared); },
                 [&](ast::ExpectSay const& it) { mention(it.script, Space::scripts); },
                 [&](ast::ExpectAlert const& it) { mention(it.role, Space::roles); },
                 [&](ast::ExpectRecord const& it) { mention(it.event, Space::shared); },
             },
             line.form);
}

void Walk::form(ast::Test const& it) {
  declare(ast::Name{it.name.value, it.name.span, true}, Space::tests);
  for (auto const& line : it.given) given(line);
  for (auto const& line : it.expect) expect(line);
}

}  // namespace heed::author
