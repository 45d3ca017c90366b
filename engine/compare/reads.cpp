#include "engine/compare/reads.hpp"

#include "engine/compile/parts.hpp"

namespace heed::comparing {
namespace {

class Reading {
 public:
  explicit Reading(Policy const& policy) : policy_{policy} {}

  RuleReads read(Rule const& rule) {
    if (rule.when) into(*rule.when);
    found_.when = rule.when ? rule.when->text : std::string{};
    for (auto const& day : {rule.from, rule.until})
      found_.when += "|" + (day ? to_text(*day) : std::string{});
    rests_ = &found_.values;
    for (auto const& consequence : rule.then) {
      compiling::for_each_value(consequence, [this](auto const& value) { into(value); });
      std::visit([&](auto const& form) { write(rule, form); }, consequence);
    }
    return std::move(found_);
  }

  RuleReads read(Answer const& answer) {
    rests_ = &found_.values;
    into(*answer.reports);
    found_.writes.insert("answer:" + answer.name);
    return std::move(found_);
  }

 private:
  void name(std::string const& kind, std::string const& name) {
    rests_->declarations.emplace(kind, name);
  }

  void into_slots(Wordings const& texts) {
    for_each_slot_value(texts, [this](ExpressionPtr const& value) { into(*value); });
  }
  void into(Expression const& expression) {
    std::visit([this](auto const& form) { look(form); }, expression.form);
    compiling::for_each_part(expression, [this](auto const& part) { into(part); });
  }

  /// Forms that name nothing themselves; their parts are gone into.
  template <class Form>
  void look(Form const&) {}
  void look(Constant const& form) {
    if (!form.name.empty()) name("parameter", form.name);
    auto const* duration = std::get_if<Duration>(&form.value);
    if (duration != nullptr && duration->calendar) name("calendar", duration->calendar->name);
  }
  void look(FactValue const& form) {
    auto const& fact = policy_.facts[index(form.fact)].name;
    name("fact", fact);
    found_.writes.insert("question:" + fact);
  }
  void look(DefineValue const& form) {
    auto const& define = policy_.defines[index(form.define)];
    if (!rests_->declarations.emplace("define", define.name).second) return;
    into(*define.value);
  }
  void look(TableValue const& form) {
    auto const& table = policy_.tables[index(form.table)];
    if (!rests_->declarations.emplace("table", table.name).second) return;
    for (auto const& row : table.rows) {
      for (auto const& cell : row.cells) into(*cell);
      for (auto const& result : row.results) into(*result);
    }
  }
  void look(AnswerValue const& form) {
    auto const& answer = policy_.answers[index(form.answer)];
    rests_->reads.insert("answer:" + answer.name);
    if (rests_->declarations.emplace("answer", answer.name).second && answer.reports)
      into(*answer.reports);
  }
  void look(ScoreValue const& form) {
    auto const& score = policy_.scores[index(form.score)].name;
    name("score", score);
    rests_->reads.insert("score:" + score);
  }
  void look(SeverityValue const& form) { look_at(form.need); }
  void look(NeedTest const& form) { look_at(form.need); }
  void look(AnyNeedTest const& form) {
    for (auto const need : form.needs) look_at(need);
  }
  void look(NeedCount const& form) {
    for (auto const need : form.needs) look_at(need);
  }
  void look_at(NeedId need) {
    name("need", policy_.needs[index(need)].name);
    rests_->reads.insert("need:" + policy_.needs[index(need)].name);
  }
  void look(AdvisedTest const& form) {
    look_at(form.action);
    rests_->reads.insert("action:" + policy_.actions[index(form.action)].name);
  }
  void look_at(ActionId id) {
    auto const& action = policy_.actions[index(id)];
    if (!rests_->declarations.emplace("action", action.name).second) return;
    if (action.requires_) into(*action.requires_);
    for (auto const& authority : policy_.authorities)
      if (authority.action == id) look_at(authority);
  }
  void look_at(Authority const& authority) {
    auto const& action = policy_.actions[index(authority.action)];
    name("authority", action.name + "." + action.takes[authority.parameter].name);
    for (auto const& line : authority.lines) {
      if (line.up_to) into(*line.up_to);
      if (line.when) into(*line.when);
    }
  }
  void look(JoinedValue const& form) {
    look_at(form.action);
    rests_->reads.insert("action:" + policy_.actions[index(form.action)].name);
  }
  void look(EventWindow const& form) { name("event", policy_.events[index(form.event)].name); }
  void look(TimeSince const& form) { name("event", policy_.events[index(form.event)].name); }
  void look(Mention const& form) { name("phrases", policy_.phrases[index(form.phrases)].name); }

  void write(Rule const&, WriteNeed const& form) {
    auto const& need = policy_.needs[index(form.need)].name;
    name("need", need);
    found_.writes.insert("need:" + need);
  }
  void write(Rule const&, Do const& form) {
    look_at(form.action);
    found_.writes.insert("action:" + policy_.actions[index(form.action)].name);
    if (form.by) name("role", policy_.roles[index(*form.by)].name);
  }
  void write(Rule const&, Forbid const& form) {
    look_at(form.action);
    found_.writes.insert("action:" + policy_.actions[index(form.action)].name);
  }
  void write(Rule const& rule, Instead const& form) {
    look_at(form.of);
    rests_->reads.insert("action:" + policy_.actions[index(form.of)].name);
    write(rule, form.what);
  }
  void write(Rule const&, Offer const& form) {
    for (auto const& what : form.actions) look_at(what.action);
    found_.writes.insert("choice");
  }
  void write(Rule const&, Check const& form) {
    into_slots(form.text);
    found_.writes.insert("check");
  }
  void write(Rule const&, Say const& form) {
    into_slots(form.text);
    if (!form.script) {
      found_.writes.insert("say");
      return;
    }
    auto const& script = policy_.scripts[index(*form.script)].name;
    name("script", script);
    found_.writes.insert("say:" + script);
  }
  void write(Rule const&, Ask const& form) {
    auto const& fact = policy_.facts[index(form.fact)].name;
    name("fact", fact);
    found_.writes.insert("question:" + fact);
  }
  void write(Rule const&, Escalate const& form) {
    name("role", policy_.roles[index(form.to)].name);
    for (auto const& step : form.then) name("role", policy_.roles[index(step.to)].name);
    found_.writes.insert("escalation");
  }
  void write(Rule const&, Alert const& form) {
    auto const& role = policy_.roles[index(form.role)].name;
    name("role", role);
    found_.writes.insert("alert:" + role);
  }
  void write(Rule const&, AddToScore const& form) {
    auto const& score = policy_.scores[index(form.score)].name;
    name("score", score);
    found_.writes.insert("score:" + score);
  }
  void write(Rule const&, SetAnswer const& form) {
    auto const& answer = policy_.answers[index(form.answer)].name;
    name("answer", answer);
    found_.writes.insert("answer:" + answer);
  }
  void write(Rule const&, Record const& form) {
    auto const& event = policy_.events[index(form.event)].name;
    name("event", event);
    found_.writes.insert("record:" + event);
  }

  Policy const& policy_;
  RuleReads found_;
  Rests* rests_ = &found_.condition;  // where what is read belongs
};

}  // namespace

std::map<std::string, RuleReads> find_reads(RuleSet const& rules) {
  std::map<std::string, RuleReads> found;
  auto const& all = rules.policy.rules;
  for (std::size_t at = 0; at < all.size(); ++at) {
    auto& reads = found.emplace(all[at].name, Reading{rules.policy}.read(all[at])).first->second;
    for (auto const other : rules.overriding[at])
      reads.overridden_by.insert(all[index(other)].name);
  }
  for (auto const& answer : rules.policy.answers)
    if (answer.reports) found.emplace("answer:" + answer.name, Reading{rules.policy}.read(answer));
  return found;
}

}  // namespace heed::comparing
