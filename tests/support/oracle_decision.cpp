#include <algorithm>
#include <tuple>

#include "engine/base/expected.hpp"
#include "tests/support/oracle.hpp"
#include "tests/support/oracle_lists.hpp"
#include "tests/support/oracle_phrases.hpp"
#include "tests/support/oracle_plan.hpp"
#include "tests/support/oracle_questions.hpp"
#include "tests/support/oracle_settle.hpp"
#include "tests/support/oracle_texts.hpp"

namespace heed::oracle {

namespace {

std::vector<NeedFinding> find_needs(World const& world) {
  std::vector<NeedFinding> found;
  for (std::uint32_t i = 0; i < world.policy.needs.size(); ++i) {
    auto const& need = world.policy.needs[i];
    auto const bounds = need_bounds(world, NeedId{i});
    if (!bounds.mentioned) continue;
    NeedFinding one{need.name,
                    need.kind,
                    bounds.least,
                    bounds.most,
                    bounds.least_severity,
                    bounds.most_severity,
                    {}};
    auto const rules = rules_where(world, Status::fired, [&](Consequence const& consequence) {
      auto const* write = std::get_if<WriteNeed>(&consequence);
      return write && write->need == NeedId{i};
    });
    for (auto const& rule : world.policy.rules) {
      if (std::find(rules.begin(), rules.end(), rule.name) == rules.end()) continue;
      one.because.push_back({rule.name, texts_of(world, rule.because)});
    }
    found.push_back(std::move(one));
  }
  return found;
}

std::vector<ScoreFinding> find_scores(World const& world) {
  std::vector<ScoreFinding> found;
  for (std::uint32_t i = 0; i < world.policy.scores.size(); ++i) {
    auto const& score = world.policy.scores[i];
    auto const start = std::clamp(Number{}, score.from, score.to);
    auto const bounds = score_bounds(world, ScoreId{i});
    if (bounds.value == start && bounds.least == start && bounds.most == start) continue;
    found.push_back({score.name, bounds.value, bounds.least, bounds.most});
  }
  return found;
}

std::vector<AnswerFinding> find_answers(World const& world) {
  std::vector<AnswerFinding> found;
  for (std::uint32_t i = 0; i < world.policy.answers.size(); ++i) {
    auto const& answer = world.policy.answers[i];
    auto const state = answer_state(world, AnswerId{i});
    auto const start = answer.otherwise.value_or(Value{None{}});
    if (state.value == start && state.could_be == start) continue;
    auto const shown = [&](std::optional<Value> const& value) {
      return show_value(value, answer.type, world.policy.zone);
    };
    found.push_back({answer.name, shown(state.value), shown(state.could_be),
                     rules_where(world, Status::fired, [&](Consequence const& one) {
                       auto const* set = std::get_if<SetAnswer>(&one);
                       return set && set->answer == AnswerId{i};
                     })});
  }
  return found;
}

std::vector<Saying> find_sayings(World const& world) {
  struct Said {
    Saying saying;
    Texts written;  // nothing for a script: its name tells it apart
  };
  std::vector<Said> found;
  each_written<Say>(world, Status::fired, [&](Say const& say, Rule const& rule) {
    Said one{{{}, texts_of(world, say.text), {}}, {}};
    if (say.script) one.saying.script = world.policy.scripts[index(*say.script)].name;
    for (auto const& [language, wording] : say.text)
      if (!say.script) one.written[language] = wording.written;
    auto const same = [&](Said const& other) {
      return other.saying.script == one.saying.script && other.written == one.written;
    };
    auto at = std::find_if(found.begin(), found.end(), same);
    if (at == found.end()) at = found.insert(at, one);
    auto& rules = at->saying.rules;
    if (rules.empty() || rules.back() != rule.name) rules.push_back(rule.name);
  });
  auto const& first = world.policy.languages.front();
  auto const key = [&](Said const& one) {
    auto const& texts = one.saying.text;
    auto text = texts.find(first);
    if (text == texts.end()) text = texts.begin();
    return std::tuple{!one.saying.script, one.saying.script.value_or(""),
                      text == texts.end() ? std::string{} : text->second, texts, one.written};
  };
  std::sort(found.begin(), found.end(),
            [&](Said const& a, Said const& b) { return key(a) < key(b); });
  std::vector<Saying> sayings;
  for (auto& one : found) sayings.push_back(std::move(one.saying));
  return sayings;
}

std::vector<AlertFinding> find_alerts(World const& world) {
  std::vector<AlertFinding> found;
  for (std::uint32_t i = 0; i < world.policy.roles.size(); ++i) {
    AlertFinding one{world.policy.roles[i].name, {}, {}};
    Due due;
    auto const is_it = [&](Consequence const& consequence) {
      auto const* alert = std::get_if<Alert>(&consequence);
      return alert && alert->role == RoleId{i};
    };
    one.rules = rules_where(world, Status::fired, is_it);
    each_written<Alert>(world, Status::fired, [&](Alert const& alert, Rule const&) {
      if (alert.role == RoleId{i}) due = earliest(due, due_of(world, alert.within));
    });
    one.due = due.at;
    if (!one.rules.empty()) found.push_back(std::move(one));
  }
  return found;
}

std::vector<Recording> find_records(World const& world) {
  struct Kept {
    EventId event;
    Given fields;
    std::set<std::string> rules;
  };
  std::vector<Kept> kept;
  each_written<Record>(world, Status::fired, [&](Record const& record, Rule const& rule) {
    auto const fields = given_by(world, record.fields);
    auto const same = [&](Kept const& one) {
      return one.event == record.event && one.fields == fields;
    };
    auto at = std::find_if(kept.begin(), kept.end(), same);
    if (at == kept.end()) at = kept.insert(at, {record.event, fields, {}});
    at->rules.insert(rule.name);
  });
  std::sort(kept.begin(), kept.end(), [](Kept const& a, Kept const& b) {
    return a.event != b.event ? a.event < b.event : given_before(a.fields, b.fields);
  });
  std::vector<Recording> found;
  for (auto const& one : kept) {
    auto const& event = world.policy.events[index(one.event)];
    Recording recording{event.name, {}, {one.rules.begin(), one.rules.end()}};
    for (auto const& [field, value] : one.fields) {
      auto const& of = event.fields[field];
      recording.with.emplace_back(of.name, show_value(value, of.type, world.policy.zone));
    }
    found.push_back(std::move(recording));
  }
  return found;
}

/// Those that fired and do the action or offer it, each once.
std::vector<std::string> rules_that_want(World const& world, ActionId action) {
  std::set<std::string> names;
  for (auto const& deed : deeds_of(world, action)) {
    if (deed.sure == Kleene::yes) names.insert(deed.rule->name);
  }
  each_written<Offer>(world, Status::fired, [&](Offer const& offer, Rule const& rule) {
    for (auto const& one : offer.actions) {
      if (one.action == action) names.insert(rule.name);
    }
  });
  return {names.begin(), names.end()};
}

void find_forbidden(World const& world, Decision& decision) {
  for (std::uint32_t i = 0; i < world.policy.actions.size(); ++i) {
    auto const& action = world.policy.actions[i];
    auto const forbids = rules_that_forbid(world, Status::fired, ActionId{i});
    if (!forbids.empty()) {
      decision.forbidden.push_back({action.name, forbids});
      continue;
    }
    auto const does = rules_that_want(world, ActionId{i});
    if (does.empty() || holds(world, action.requires_) != Kleene::no) continue;
    decision.withheld.push_back({action.name, action.requires_->text, does});
  }
}

std::string name_of(Kind kind) {
  switch (kind) {
    case Kind::truth:
      return "yes or no";
    case Kind::whole:
      return "whole number";
    case Kind::number:
      return "number";
    case Kind::money:
      return "money";
    case Kind::duration:
      return "duration";
    case Kind::date:
      return "date";
    case Kind::time:
      return "time";
    case Kind::text:
      return "text";
    case Kind::choice:
      return "one of";
    case Kind::set:
      return "set";
    case Kind::list:
      return "list";
  }
  return {};
}

void list_questions(World const& world, Asked const& asked, Decision& decision) {
  for (auto const& [id, names] : asked.could_change) {
    auto const& fact = world.policy.facts[index(id)];
    Question one{fact.name,
                 name_of(fact.type.kind),
                 {},
                 fact.ask.empty() ? fact.title : fact.ask,
                 {names.begin(), names.end()}};
    if (fact.type.kind == Kind::set) one.type = "set of " + name_of(fact.type.element);
    if (fact.type.choice) one.values = fact.type.choice->values;
    decision.questions.push_back(std::move(one));
  }
  std::sort(decision.questions.begin(), decision.questions.end(),
            [](Question const& a, Question const& b) {
              if (a.could_change.size() != b.could_change.size()) {
                return a.could_change.size() > b.could_change.size();
              }
              return a.fact < b.fact;
            });
}

/// Every text fact and list of phrases that a condition of the policy brings together.
std::set<std::pair<FactId, PhrasesId>> find_mentions(Policy const& policy) {
  std::set<std::pair<FactId, PhrasesId>> found;
  auto const look = [&](ExpressionPtr const& expression) {
    visit_all(policy, expression, [&](Expression const& one) {
      auto const* mention = std::get_if<Mention>(&one.form);
      if (!mention) return;
      found.emplace(std::get<FactValue>(mention->text->form).fact, mention->phrases);
    });
  };
  for (auto const& action : policy.actions) look(action.requires_);
  for (auto const& authority : policy.authorities) {
    for (auto const& line : authority.lines) {
      look(line.up_to);
      look(line.when);
    }
  }
  for (auto const& define : policy.defines) look(define.value);
  for (auto const& table : policy.tables) {
    for (auto const& row : table.rows) {
      for (auto const& cell : row.cells) look(cell);
      for (auto const& result : row.results) look(result);
    }
  }
  for (auto const& rule : policy.rules) {
    look(rule.when);
    for (auto const& consequence : rule.then) {
      for (auto const& value : values_of(consequence)) look(value);
    }
  }
  return found;
}

void list_matches(World const& world, Decision& decision) {
  for (auto const& [fact, id] : find_mentions(world.policy)) {
    auto const& value = world.facts[index(fact)];
    auto const* text = value ? std::get_if<std::string>(&*value) : nullptr;
    if (!text) continue;
    auto const& phrases = world.policy.phrases[index(id)];
    for (auto const& one : find_phrases(*text, phrases)) {
      decision.matches.push_back(
          {world.policy.facts[index(fact)].name, phrases.name, one.phrase, one.begin, one.end});
    }
  }
  auto const key = [](Match const& one) {
    return std::tie(one.fact, one.phrases, one.begin, one.phrase, one.end);
  };
  std::sort(decision.matches.begin(), decision.matches.end(),
            [&](Match const& a, Match const& b) { return key(a) < key(b); });
}

/// Why known values that are joined do not compare.
void find_incomparable(std::vector<Value> values, Asked& asked) {
  std::erase_if(values, [](Value const& value) { return std::holds_alternative<None>(value); });
  if (values.empty()) return;
  auto const found = extreme(true, values);
  if (auto const* failed = std::get_if<Failed>(&found)) asked.failures.emplace(failed->code);
}

/// Deadlines of rules that fired which cannot be computed.
void find_missed_dues(World const& world, Asked& asked) {
  auto const add = [&](Due const& due) {
    if (due.failed) asked.failures.emplace(due.failed->code);
  };
  for (std::uint32_t i = 0; i < world.policy.actions.size(); ++i) {
    for (auto const& deed : deeds_of(world, ActionId{i})) {
      if (deed.sure != Kleene::yes) continue;
      auto const inside = seen_by(world, deed);
      add(due_of(inside, deed.what->within));
      add(due_after(inside, inside.now, deed.what->expires_after));
    }
  }
  each_written<Alert>(world, Status::fired,
                      [&](Alert const& it, Rule const&) { add(due_of(world, it.within)); });
  each_written<Escalate>(world, Status::fired, [&](Escalate const& it, Rule const&) {
    add(due_of(world, it.within));
    for (auto const& due : dues_of_steps(world, it)) add(due);
  });
}

void list_warnings(World const& world, Asked asked, Decision& decision) {
  asked.failures.merge(plan_warnings(world));
  find_missed_dues(world, asked);
  for (std::uint32_t i = 0; i < world.policy.answers.size(); ++i) {
    auto const state = answer_state(world, AnswerId{i});
    if (state.conflict) asked.failures.insert("answer.conflict");
    find_incomparable(state.incomparable, asked);
  }
  for (auto const& code : asked.failures) decision.warnings.push_back({code, {}, {}});
}

}  // namespace

Decision decide(Policy const& policy, std::string const& revision,
                std::vector<std::optional<Value>> const& facts, Instant now, Past const* past) {
  auto const world = settle(policy, facts, now, false, past);
  auto const open = settle(policy, facts, now, true, past);
  auto const asked = find_questions(world, open);
  auto const any = [](Consequence const&) { return true; };
  Decision decision;
  decision.at = now;
  decision.policy = policy.name;
  decision.revision = revision;
  decision.zone = policy.zone;
  decision.needs = find_needs(world);
  decision.scores = find_scores(world);
  decision.answers = find_answers(world);
  decision.plan = find_plan(world);
  decision.say = find_sayings(world);
  decision.choices = find_choices(world);
  decision.checks = find_checks(world);
  decision.escalations = find_escalations(world);
  decision.alerts = find_alerts(world);
  decision.record = find_records(world);
  find_forbidden(world, decision);
  list_questions(world, asked, decision);
  list_matches(world, decision);
  decision.fired = rules_where(world, Status::fired, any);
  decision.pending = rules_where(world, Status::pending, any);
  list_warnings(world, asked, decision);
  return decision;
}

}  // namespace heed::oracle
