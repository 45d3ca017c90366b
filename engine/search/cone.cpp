#include "engine/search/cone.hpp"

#include <algorithm>

#include "engine/base/expected.hpp"
#include "engine/compile/parts.hpp"

namespace heed::search {
namespace {

bool is_test(Expression const& expression) {
  auto const& form = expression.form;
  return std::holds_alternative<Comparison>(form) || std::holds_alternative<Membership>(form) ||
         std::holds_alternative<Containment>(form) || std::holds_alternative<Mention>(form);
}

bool leaves_open(Expression const& expression) {
  auto const& form = expression.form;
  return std::holds_alternative<Possibly>(form) || std::holds_alternative<Certainly>(form) ||
         std::holds_alternative<KnownTest>(form);
}

/// Whether what is inside is said of an item or an event, and means nothing outside.
bool is_of_items(decltype(Expression::form) const& form) {
  return std::holds_alternative<ItemTest>(form) || std::holds_alternative<Aggregate>(form) ||
         std::holds_alternative<EventWindow>(form) || std::holds_alternative<TimeSince>(form);
}

bool is_target(Expression const& expression) {
  auto const& form = expression.form;
  return std::holds_alternative<AnswerValue>(form) || std::holds_alternative<ScoreValue>(form) ||
         std::holds_alternative<SeverityValue>(form) || std::holds_alternative<NeedTest>(form) ||
         std::holds_alternative<AnyNeedTest>(form) || std::holds_alternative<NeedCount>(form) ||
         std::holds_alternative<AdvisedTest>(form) || std::holds_alternative<JoinedValue>(form);
}

/// Looks for what rules write, through defines and tables, each once.
class ReadsTargets {
 public:
  explicit ReadsTargets(Policy const& policy) : policy_{policy} {}

  bool in(Expression const& expression) {
    if (is_target(expression)) return true;
    auto found = false;
    auto const look = [&](Expression const& part) { found = found || in(part); };
    if (auto const* define = std::get_if<DefineValue>(&expression.form))
      if (defines_.insert(define->define).second)
        look(*policy_.defines[index(define->define)].value);
    if (auto const* table = std::get_if<TableValue>(&expression.form))
      if (tables_.insert(table->table).second)
        for (auto const& row : policy_.tables[index(table->table)].rows) {
          for (auto const& cell : row.cells) look(*cell);
          for (auto const& result : row.results) look(*result);
        }
    compiling::for_each_part(expression, look);
    return found;
  }

 private:
  Policy const& policy_;
  std::set<DefineId> defines_;
  std::set<TableId> tables_;
};

/// Follows what is read, each thing once.
class Following {
 public:
  explicit Following(RuleSet const& rules) : rules_{rules} {}

  void into_rule(RuleId id) {
    if (!found_rules_.insert(id).second) return;
    auto const& rule = policy().rules[index(id)];
    if (rule.when) into(*rule.when);
    for (auto const& consequence : rule.then) into_consequence(consequence);
    for (auto const other : rules_.overriding[index(id)]) into_rule(other);
  }

  Cone take() && {
    for (auto const& layer : rules_.layers) {
      Layer kept{{}, layer.repeats};
      for (auto const rule : layer.rules)
        if (found_rules_.contains(rule)) kept.rules.push_back(rule);
      if (!kept.rules.empty()) cone_.layers.push_back(std::move(kept));
    }
    cone_.facts.assign(facts_.begin(), facts_.end());
    return std::move(cone_);
  }

 private:
  Policy const& policy() const { return rules_.policy; }

  void into_consequence(Consequence const& consequence) {
    if (auto const* instead = std::get_if<Instead>(&consequence)) into_action(instead->of);
    auto const* what = std::get_if<Do>(&consequence);
    auto const is_for_each = what != nullptr && what->for_each.has_value();
    compiling::for_each_value(consequence, [&](auto const& value) {
      if (is_for_each)
        into_items(value);
      else
        into(value);
    });
  }

  void into(Expression const& expression) {
    auto const& form = expression.form;
    if (auto const* window = std::get_if<EventWindow>(&form)) {
      into(*window->last);
      if (window->where) into_where(*window->where, window->event);
    }
    if (auto const* since = std::get_if<TimeSince>(&form))
      if (since->where) into_where(*since->where, since->event);
    if (is_of_items(form)) return into_items(expression);
    if (leaves_open(expression)) cone_.reads_what_is_open = true;
    if (is_test(expression)) {
      auto const inside = facts_in(policy(), expression);
      if (!inside.empty())
        cone_.tests.push_back(
            {&expression, {inside.begin(), inside.end()}, ReadsTargets{policy()}.in(expression)});
    }
    into_read(expression);
    compiling::for_each_part(expression, [this](auto const& part) { into(part); });
  }

  /// What is said of items and events is no test of the case itself: only what it reads counts.
  void into_items(Expression const& expression) {
    if (leaves_open(expression)) cone_.reads_what_is_open = true;
    into_read(expression);
    compiling::for_each_part(expression, [this](auto const& part) { into_items(part); });
  }

  /// Facts that stand beside a field of the event: what happened tells which values to try.
  void into_where(Expression const& where, EventId event) {
    if (is_of_items(where.form)) return;
    auto const note = [&](Expression const& one, Expression const& other) {
      auto const* fact = std::get_if<FactValue>(&one.form);
      auto const* field = std::get_if<ItemField>(&other.form);
      if (fact != nullptr && field != nullptr && field->up == 0)
        cone_.beside_events.push_back({fact->fact, event, field->field});
    };
    if (auto const* comparison = std::get_if<Comparison>(&where.form)) {
      note(*comparison->left, *comparison->right);
      note(*comparison->right, *comparison->left);
    }
    if (auto const* membership = std::get_if<Membership>(&where.form)) {
      for (auto const& value : membership->values) {
        note(*membership->subject, *value);
        note(*value, *membership->subject);
      }
    }
    compiling::for_each_part(where, [&](auto const& part) { into_where(part, event); });
  }

  /// What an expression names itself; its parts are gone into apart from that.
  void into_read(Expression const& expression) {
    auto const& form = expression.form;
    if (auto const* fact = std::get_if<FactValue>(&form)) facts_.insert(fact->fact);
    if (auto const* define = std::get_if<DefineValue>(&form)) into_define(define->define);
    if (auto const* table = std::get_if<TableValue>(&form)) into_table(table->table);
    if (auto const* answer = std::get_if<AnswerValue>(&form)) into_answer(answer->answer);
    if (auto const* score = std::get_if<ScoreValue>(&form))
      into_writers(rules_.writers.of_scores[index(score->score)]);
    if (auto const* severity = std::get_if<SeverityValue>(&form)) into_need(severity->need);
    if (auto const* need = std::get_if<NeedTest>(&form)) into_need(need->need);
    if (auto const* any = std::get_if<AnyNeedTest>(&form))
      for (auto const need : any->needs) into_need(need);
    if (auto const* count = std::get_if<NeedCount>(&form))
      for (auto const need : count->needs) into_need(need);
    if (auto const* action = std::get_if<AdvisedTest>(&form)) into_action(action->action);
    if (auto const* joined = std::get_if<JoinedValue>(&form)) into_action(joined->action);
    auto const* window = std::get_if<EventWindow>(&form);
    auto const* since = std::get_if<TimeSince>(&form);
    if (window != nullptr && window->across_customers)
      cone_.across_customers.push_back({window->event, window, nullptr});
    if (since != nullptr && since->across_customers)
      cone_.across_customers.push_back({since->event, nullptr, since});
  }

  void into_writers(Writings const& writings) {
    for (auto const& writing : writings) into_rule(writing.rule);
  }
  void into_need(NeedId need) { into_writers(rules_.writers.of_needs[index(need)]); }
  void into_define(DefineId define) {
    if (defines_.insert(define).second) into(*policy().defines[index(define)].value);
  }
  void into_table(TableId table) {
    if (!tables_.insert(table).second) return;
    for (auto const& row : policy().tables[index(table)].rows) {
      for (auto const& cell : row.cells) into(*cell);
      for (auto const& result : row.results) into(*result);
    }
  }
  void into_answer(AnswerId answer) {
    auto const& declared = policy().answers[index(answer)];
    if (!answers_.insert(answer).second) return;
    if (declared.reports) into(*declared.reports);
    into_writers(rules_.writers.of_answers[index(answer)]);
  }
  void into_action(ActionId action) {
    if (!actions_.insert(action).second) return;
    into_writers(rules_.writers.doing[index(action)]);
    into_writers(rules_.writers.forbidding[index(action)]);
    if (auto const& needed = policy().actions[index(action)].requires_) into(*needed);
  }

  RuleSet const& rules_;
  Cone cone_;
  std::set<FactId> facts_;
  std::set<RuleId> found_rules_;
  std::set<DefineId> defines_;
  std::set<TableId> tables_;
  std::set<AnswerId> answers_;
  std::set<ActionId> actions_;
};

void gather_facts(Policy const& policy, Expression const& expression, std::set<FactId>& facts,
                  std::set<DefineId>& defines) {
  auto const into = [&](Expression const& part) { gather_facts(policy, part, facts, defines); };
  if (auto const* fact = std::get_if<FactValue>(&expression.form)) facts.insert(fact->fact);
  if (auto const* define = std::get_if<DefineValue>(&expression.form))
    if (defines.insert(define->define).second) into(*policy.defines[index(define->define)].value);
  if (auto const* table = std::get_if<TableValue>(&expression.form)) {
    for (auto const& row : policy.tables[index(table->table)].rows)
      for (auto const& result : row.results) into(*result);
  }
  compiling::for_each_part(expression, into);
}

}  // namespace

std::set<FactId> facts_in(Policy const& policy, Expression const& expression) {
  std::set<FactId> facts;
  std::set<DefineId> defines;
  gather_facts(policy, expression, facts, defines);
  return facts;
}

Cone find_cone(RuleSet const& rules, std::vector<RuleId> const& goals) {
  Following following{rules};
  for (auto const goal : goals) following.into_rule(goal);
  return std::move(following).take();
}

}  // namespace heed::search
