#include "engine/check/rules.hpp"

#include <algorithm>

#include "engine/check/consequences.hpp"
#include "engine/check/expression.hpp"
#include "engine/check/roles.hpp"
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

std::vector<RuleId> check_overrides(Scope const& scope, std::vector<ast::Name> const& written) {
  std::vector<RuleId> rules;
  for (auto const& name : written) {
    auto const rule = find_rule(scope, name);
    if (!rule) continue;
    if (std::find(rules.begin(), rules.end(), *rule) == rules.end())
      rules.push_back(*rule);
    else
      tell(scope.draft, place(scope, name.span), "check.twice",
           quoted(name.text) + " is overridden twice", "leave one of the two out");
  }
  std::sort(rules.begin(), rules.end());
  return rules;
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
  rule.overrides = check_overrides(scope, written.overrides);
  if (written.when) rule.when = check_condition(scope, *written.when);
  for (auto const& consequence : written.then)
    for (auto& checked : check_consequence(scope, consequence)) {
      rule.then.push_back(std::move(checked));
      rule.places.push_back(place(scope, consequence.span));
    }
  rule.because = check_wordings(scope, written.because);
  return rule;
}

}  // namespace

void check_rules(Draft& draft) {
  draft.policy.rules.reserve(draft.rule_list.size());
  for (auto const& declared : draft.rule_list)
    draft.policy.rules.push_back(check_rule({draft, declared.file}, *declared.written));
}

}  // namespace heed::check
