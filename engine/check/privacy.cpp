#include "engine/check/privacy.hpp"

#include "engine/check/secrets.hpp"
#include "engine/check/tell.hpp"

namespace heed::check {

namespace {

struct Watch {
  Draft& draft;
  SecretSearch confidential{draft.policy,
                            {.fact = [](Fact const& fact) { return fact.confidential; }}};
  SecretSearch private_{draft.policy, {.fact = [](Fact const& fact) { return fact.is_private; }}};

  std::string words(Secret const& secret) const {
    auto const fact = quoted(secret.name);
    return secret.through.empty() ? fact : fact + ", through " + quoted(secret.through);
  }

  void tell_confidential(Expression const& value, Secret const& secret) {
    tell(draft, value.where, "check.confidential-in-text",
         "the customer would read " + words(secret) + ", which is confidential",
         "leave it out; a rule may decide by it, and say one text or another");
  }

  void said(Wordings const& wordings) {
    for_each_slot_value(wordings, [&](ExpressionPtr const& value) {
      if (auto const found = confidential.in(value)) tell_confidential(*value, *found);
    });
  }
  /// What the staff reads: it stands in reports and lists too, and is never sealed.
  void kept(Wordings const& wordings, std::string const& where) {
    for_each_slot_value(wordings, [&](ExpressionPtr const& value) {
      auto const found = private_.in(value);
      if (!found) return;
      tell(draft, value->where, "check.private-in-text",
           where + " would hold " + words(*found) + ", which is private",
           "reasons and checks go into reports, which outlive the erasure of what is private: say "
           "it without, or in a `say` to the customer");
    });
  }
  /// A text that is handed to what is done for the customer's eyes.
  void handed(Do const& act) {
    auto const& action = draft.policy.actions[index(act.action)];
    if (!action.internal_to.empty()) return;
    for (auto const& argument : act.arguments) {
      auto const& type = action.takes[argument.parameter].type;
      bool const is_text =
          type.kind == Kind::text || (type.kind == Kind::set && type.element == Kind::text);
      auto found = is_text ? confidential.in(argument.value) : SecretSearch::Found{};
      if (is_text && !found && act.for_each) found = confidential.in(act.for_each->list);
      if (found) tell_confidential(*argument.value, *found);
    }
  }
};

}  // namespace

void check_privacy(Draft& draft) {
  Watch watch{draft};
  for (auto const& script : draft.policy.scripts) watch.said(script.text);
  for (auto const& rule : draft.policy.rules) {
    watch.kept(rule.because, "the reason");
    for (auto const& consequence : rule.then) {
      auto const* say = std::get_if<Say>(&consequence);
      if (say && !say->script) watch.said(say->text);
      if (auto const* check = std::get_if<Check>(&consequence))
        watch.kept(check->text, "the check");
      each_do(consequence, [&](Do const& act) { watch.handed(act); });
    }
  }
}

}  // namespace heed::check
