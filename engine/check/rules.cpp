#include "engine/check/rules.hpp"

#include "engine/check/consequences.hpp"
#include "engine/check/expression.hpp"
#include "engine/check/tell.hpp"
#include "engine/check/texts.hpp"

namespace heed::check {

namespace {

void check_days(Scope const& scope, ast::Rule const& written) {
  if (!written.from || !written.until || *written.from <= *written.until) return;
  tell(scope.draft, place(scope, written.until_span), "check.effective-days",
       "the rule ends on " + quoted(to_text(*written.until)) + ", before it begins on " +
           quoted(to_text(*written.from)),
       "`until` names the last day on which the rule holds");
}

Rule check_rule(Scope const& scope, ast::Rule const& written) {
  Rule rule;
  rule.name = written.name.text;
  rule.where = place(scope, written.name.span);
  rule.title = check_texts(scope, written.title);
  for (auto const& source : written.sources) rule.sources.push_back(source.value);
  rule.from = written.from;
  rule.until = written.until;
  check_days(scope, written);
  if (!written.overrides.empty())
    refuse(scope.draft, place(scope, written.overrides.front().span), "`overrides`",
           "write the exception into the condition of the rule that it sets aside, with `not`");
  if (written.when) rule.when = check_condition(scope, *written.when);
  for (auto const& consequence : written.then)
    if (auto checked = check_consequence(scope, consequence)) {
      rule.then.push_back(std::move(*checked));
      rule.places.push_back(place(scope, consequence.span));
    }
  rule.because = check_texts(scope, written.because);
  return rule;
}

}  // namespace

void check_rules(Draft& draft) {
  draft.policy.rules.reserve(draft.rule_list.size());
  for (auto const& declared : draft.rule_list)
    draft.policy.rules.push_back(check_rule({draft, declared.file}, *declared.written));
}

}  // namespace heed::check
