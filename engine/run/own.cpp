#include "engine/base/expected.hpp"
#include "engine/run/lent.hpp"

/// From a decision that borrows to one that stands on its own.
namespace heed::lent {
namespace {

template <class To, template <class> class Lent, class From>
std::vector<To> each(Lent<From> const& list, To (*convert)(From const&)) {
  std::vector<To> items;
  items.reserve(list.size());
  for (auto const& item : list) items.push_back(convert(item));
  return items;
}

std::string own(Name const& name) {
  return std::string{name};
}
std::vector<std::string> own(Names const& names) {
  return {names.begin(), names.end()};
}
std::vector<std::string> own(List<std::string> const& names) {
  return {names.begin(), names.end()};
}
std::optional<std::string> own(std::optional<Name> const& name) {
  return name ? std::optional{own(*name)} : std::nullopt;
}
std::optional<Counted> own(Counted const* counted) {
  return counted == nullptr ? std::nullopt : std::optional{*counted};
}

std::vector<std::pair<std::string, heed::Shown>> own(List<Given> const& with) {
  std::vector<std::pair<std::string, heed::Shown>> all;
  all.reserve(with.size());
  for (auto const& [name, value] : with) all.emplace_back(name, lent::own(value));
  return all;
}

heed::Reason own(Reason const& reason) {
  return {own(reason.rule), lent::own(reason.text)};
}
heed::NeedFinding own(NeedFinding const& need) {
  return {own(need.need),
          need.kind,
          need.state,
          need.could_be,
          need.severity,
          need.could_be_severity,
          each<heed::Reason>(need.because, own)};
}
heed::ScoreFinding own(ScoreFinding const& score) {
  return {own(score.score), score.value, score.least, score.most};
}
heed::AnswerFinding own(AnswerFinding const& answer) {
  return {own(answer.answer), lent::own(answer.value), lent::own(answer.could_be),
          own(answer.rules)};
}
heed::PlanItem own(PlanItem const& item) {
  heed::PlanItem owned;
  owned.phase = own(item.phase);
  owned.action = own(item.action);
  owned.with = own(item.with);
  owned.by = own(item.by);
  owned.internal_to = own(item.internal_to);
  owned.due = item.due;
  owned.expires = item.expires;
  owned.counted = own(item.counted);
  if (item.approval) owned.approval = {own(item.approval->role), own(item.approval->limit)};
  owned.requires_ = own(item.requires_);
  owned.unless = own(item.unless);
  owned.rules = own(item.rules);
  return owned;
}
heed::Saying own(Saying const& saying) {
  return {own(saying.script), lent::own(saying.text), own(saying.rules)};
}
heed::Offering::Option own(Offering::Option const& option) {
  return {own(option.action), own(option.with), own(option.requires_), own(option.unless)};
}
heed::Offering own(Offering const& offering) {
  return {each<heed::Offering::Option>(offering.options, own), own(offering.rules)};
}
heed::CheckFinding own(CheckFinding const& check) {
  return {own(check.before), lent::own(check.text), own(check.rules)};
}
heed::Escalation::Step own(Escalation::Step const& step) {
  return {own(step.to), step.due};
}
heed::Escalation own(Escalation const& escalation) {
  heed::Escalation owned;
  owned.to = own(escalation.to);
  owned.due = escalation.due;
  owned.counted = own(escalation.counted);
  owned.then = each<heed::Escalation::Step>(escalation.then, own);
  owned.could_be = own(escalation.could_be);
  owned.rules = own(escalation.rules);
  owned.because = each<heed::Reason>(escalation.because, own);
  return owned;
}
heed::AlertFinding own(AlertFinding const& alert) {
  return {own(alert.role), alert.due, own(alert.rules)};
}
heed::Recording own(Recording const& recording) {
  return {own(recording.event), own(recording.with), own(recording.rules), *recording.happened};
}
heed::Forbidding own(Forbidding const& forbidding) {
  return {own(forbidding.action), own(forbidding.rules)};
}
heed::Withholding own(Withholding const& withholding) {
  return {own(withholding.action), own(withholding.requires_), own(withholding.rules)};
}
heed::Question own(Question const& question) {
  return {own(question.fact), own(question.type), own(question.values), lent::own(question.ask),
          own(question.could_change)};
}
heed::Match own(Match const& match) {
  return {own(match.fact), own(match.phrases), own(match.phrase), match.begin, match.end};
}
heed::Warning own(Warning const& warning) {
  return {own(warning.code), own(warning.rule), own(warning.text)};
}

}  // namespace

heed::Texts own(Texts const& texts) {
  heed::Texts owned;
  for (auto const& [language, text] : texts) owned.emplace_hint(owned.end(), language, text);
  return owned;
}

heed::Shown own(Shown const& shown) {
  return std::visit(
      overloaded{
          [](std::monostate) { return heed::Shown{}; },
          [](None none) { return heed::Shown{none}; },
          [](bool truth) { return heed::Shown{truth}; },
          [](Shown::Decimal const& number) {
            return heed::Shown{heed::Shown::Decimal{own(number.text)}};
          },
          [](Shown::Amount const& money) {
            return heed::Shown{heed::Shown::Amount{own(money.amount), own(money.currency)}};
          },
          [](std::string_view text) { return heed::Shown{own(text)}; },
          [](List<Shown> const& items) {
            std::vector<heed::Shown> owned;
            for (auto const& item : items) owned.push_back(lent::own(item));
            return heed::Shown{std::move(owned)};
          },
      },
      shown.form);
}

heed::Decision own(Decision const& decision) {
  heed::Decision owned;
  owned.at = decision.at;
  owned.subject = own(decision.subject);
  owned.policy = own(decision.policy);
  owned.revision = own(decision.revision);
  owned.needs = each<heed::NeedFinding>(decision.needs, own);
  owned.scores = each<heed::ScoreFinding>(decision.scores, own);
  owned.answers = each<heed::AnswerFinding>(decision.answers, own);
  owned.plan = each<heed::PlanItem>(decision.plan, own);
  owned.say = each<heed::Saying>(decision.say, own);
  owned.choices = each<heed::Offering>(decision.choices, own);
  owned.checks = each<heed::CheckFinding>(decision.checks, own);
  owned.escalations = each<heed::Escalation>(decision.escalations, own);
  owned.alerts = each<heed::AlertFinding>(decision.alerts, own);
  owned.record = each<heed::Recording>(decision.record, own);
  owned.forbidden = each<heed::Forbidding>(decision.forbidden, own);
  owned.withheld = each<heed::Withholding>(decision.withheld, own);
  owned.questions = each<heed::Question>(decision.questions, own);
  owned.matches = each<heed::Match>(decision.matches, own);
  owned.fired = own(decision.fired);
  owned.pending = own(decision.pending);
  owned.ignored = own(decision.ignored);
  owned.warnings = each<heed::Warning>(decision.warnings, own);
  if (decision.figures != nullptr) owned.figures = *decision.figures;
  owned.zone = decision.zone;
  return owned;
}

}  // namespace heed::lent
