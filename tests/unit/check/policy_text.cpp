#include "tests/unit/check/policy_text.hpp"

#include "engine/base/expected.hpp"

namespace heed {

namespace {

std::string texts_text(Wordings const& wordings) {
  std::string text;
  for (auto const& [language, wording] : wordings) text += " " + language + ":" + wording.written;
  return text;
}

std::string texts_text(Texts const& texts) {
  std::string text;
  for (auto const& [language, one] : texts) text += " " + language + " \"" + one + "\"";
  return text;
}

std::string text_of(Type const& type) {
  auto text = "kind" + std::to_string(static_cast<int>(type.kind));
  if (type.kind == Kind::set) text += "/" + std::to_string(static_cast<int>(type.element));
  if (type.choice)
    for (auto const& value : type.choice->values)
      text += (type.choice->ordered ? "<" : ",") + value;
  if (type.currency) text += " " + std::string{code_of(*type.currency)};
  if (type.shape) {
    text += "[";
    for (auto const& field : type.shape->fields)
      text += field.name + ":" + text_of(field.type) + ",";
    text += "]";
  }
  return text + (type.cents ? " cents" : "") + (type.or_none ? " or none" : "");
}

struct Telling {
  Policy const& policy;

  std::string all(std::vector<ExpressionPtr> const& parts) const {
    std::string text;
    for (auto const& part : parts) text += (text.empty() ? "" : ", ") + of(part);
    return text;
  }
  std::string call(std::string const& name, std::vector<ExpressionPtr> const& parts) const {
    return name + "(" + all(parts) + ")";
  }
  std::string of(ExpressionPtr const& expression) const {
    return expression ? heed::text_of(policy, *expression) : "nothing";
  }
  std::string state(NeedState state, bool at_least) const {
    constexpr char const* names[] = {"met", "threatened", "violated"};
    return (at_least ? "at_least_" : "") + std::string{names[static_cast<int>(state)]};
  }
  std::string needs(std::vector<NeedId> const& ids) const {
    std::string text;
    for (auto const id : ids) text += (text.empty() ? "" : ", ") + policy.needs[index(id)].name;
    return text;
  }
  std::string deadline(std::optional<Deadline> const& deadline) const {
    return deadline ? " within " + of(deadline->within) + " of " + of(deadline->of) : "";
  }
  std::string arguments(std::vector<Argument> const& list,
                        std::vector<Parameter> const& parameters) const {
    std::string text;
    for (auto const& argument : list)
      text += " " + parameters[argument.parameter].name + "=" + of(argument.value);
    return text;
  }

  std::string operator()(FactValue const& it) const { return policy.facts[index(it.fact)].name; }
  std::string operator()(DefineValue const& it) const {
    return policy.defines[index(it.define)].name;
  }
  std::string operator()(TableValue const& it) const {
    auto const& table = policy.tables[index(it.table)];
    return table.name + "[" + std::to_string(it.result) + "]";
  }
  std::string operator()(AnswerValue const& it) const {
    return policy.answers[index(it.answer)].name;
  }
  std::string operator()(ScoreValue const& it) const { return policy.scores[index(it.score)].name; }
  std::string operator()(SeverityValue const& it) const {
    return "severity(" + policy.needs[index(it.need)].name + ")";
  }
  std::string operator()(NowValue const&) const { return "now"; }
  std::string operator()(TodayValue const&) const { return "today"; }
  std::string operator()(NeedTest const& it) const {
    return state(it.state, it.at_least) + "(" + policy.needs[index(it.need)].name + ")";
  }
  std::string operator()(AnyNeedTest const& it) const {
    return std::string{it.every ? "every_" : "any_"} + state(it.state, it.at_least) + "(" +
           needs(it.needs) + ")";
  }
  std::string operator()(NeedCount const& it) const {
    return "count_" + state(it.state, it.at_least) + "(" + needs(it.needs) + ")";
  }
  std::string operator()(AdvisedTest const& it) const {
    return "advised(" + policy.actions[index(it.action)].name + ")";
  }
  std::string operator()(JoinedValue const& it) const {
    auto const& action = policy.actions[index(it.action)];
    return action.name + "." + action.takes[it.parameter].name;
  }
  std::string operator()(Comparison const& it) const {
    constexpr char const* names[] = {"is", "less", "at_most", "greater", "at_least"};
    return call(names[static_cast<int>(it.relation)], {it.left, it.right});
  }
  std::string operator()(Membership const& it) const {
    return "one_of(" + of(it.subject) + ", " + all(it.values) + ")";
  }
  std::string operator()(Containment const& it) const {
    return call("contains", {it.set, it.item});
  }
  std::string operator()(Mention const& it) const {
    return "mentions(" + of(it.text) + ", " + policy.phrases[index(it.phrases)].name + ")";
  }
  std::string operator()(KnownTest const& it) const { return call("known", {it.subject}); }
  std::string operator()(NoneTest const& it) const { return call("none", {it.subject}); }
  std::string operator()(AllOf const& it) const { return call("and", it.parts); }
  std::string operator()(AnyOf const& it) const { return call("or", it.parts); }
  std::string operator()(AndThen const& it) const {
    return call("and_then", {it.first, it.second});
  }
  std::string operator()(Not const& it) const { return call("not", {it.operand}); }
  std::string operator()(Possibly const& it) const { return call("possibly", {it.operand}); }
  std::string operator()(Certainly const& it) const { return call("certainly", {it.operand}); }
  std::string operator()(AtLeastOf const& it) const {
    return call("at_least_" + std::to_string(it.count), it.parts);
  }
  std::string operator()(Conditional const& it) const {
    return call("if", {it.condition, it.value, it.otherwise});
  }
  std::string operator()(Arithmetic const& it) const {
    constexpr char const* names[] = {"add", "subtract", "multiply", "divide"};
    return call(names[static_cast<int>(it.op)], {it.left, it.right});
  }
  std::string operator()(Negative const& it) const { return call("negative", {it.operand}); }
  std::string operator()(Extreme const& it) const {
    return call(it.largest ? "largest" : "smallest", it.parts);
  }
  std::string operator()(DateOf const& it) const { return call("date", {it.time}); }
  std::string operator()(DaysBetween const& it) const { return call("days", {it.from, it.to}); }
  std::string operator()(EventWindow const& it) const {
    std::vector<ExpressionPtr> parts{it.last};
    if (it.where) parts.push_back(it.where);
    return call(std::string{it.count ? "count_" : "any_"} + policy.events[index(it.event)].name +
                    (it.across_customers ? "_of_all" : ""),
                parts);
  }
  std::string operator()(TimeSince const& it) const {
    std::vector<ExpressionPtr> parts;
    if (it.where) parts.push_back(it.where);
    return call(
        "since_" + policy.events[index(it.event)].name + (it.across_customers ? "_of_all" : ""),
        parts);
  }

  std::string operator()(ItemField const& it) const {
    return "item" + std::to_string(it.up) + "." + std::to_string(it.field);
  }
  std::string operator()(ItemTest const& it) const {
    return call(it.every ? "every_has" : "any_has", {it.list, it.has});
  }
  std::string operator()(Aggregate const& it) const {
    constexpr char const* names[] = {"count_of", "sum_of", "smallest_in", "largest_in"};
    return call(names[static_cast<int>(it.how)], {it.list, it.of, it.where});
  }

  std::string operator()(WriteNeed const& it) const {
    return state(it.state, false) + " " + policy.needs[index(it.need)].name + " " +
           std::to_string(it.severity);
  }
  std::string operator()(Do const& it) const {
    auto const& action = policy.actions[index(it.action)];
    return "do " + action.name + arguments(it.arguments, action.takes) +
           (it.by ? " by " + policy.roles[index(*it.by)].name : "") + deadline(it.within) +
           (it.expires_after ? " expires after " + of(it.expires_after) : "") +
           (it.for_each ? call(" for_each", {it.for_each->list, it.for_each->where}) : "");
  }
  std::string operator()(Forbid const& it) const {
    return "forbid " + policy.actions[index(it.action)].name;
  }
  std::string operator()(Instead const& it) const {
    return "instead of " + policy.actions[index(it.of)].name + " " + (*this)(it.what);
  }
  std::string operator()(Offer const& it) const {
    std::string text = "offer";
    for (auto const& action : it.actions) text += " " + (*this)(action);
    return text;
  }
  std::string operator()(Check const& it) const {
    return "check" + texts_text(it.text) + " before " + policy.phases[it.before];
  }
  std::string operator()(Say const& it) const {
    return "say" + (it.script ? " " + policy.scripts[index(*it.script)].name : "") +
           texts_text(it.text);
  }
  std::string operator()(Ask const& it) const { return "ask " + policy.facts[index(it.fact)].name; }
  std::string operator()(Escalate const& it) const {
    auto text = "escalate " + policy.roles[index(it.to)].name + deadline(it.within);
    for (auto const& step : it.then)
      text += " then " + policy.roles[index(step.to)].name + " after " + of(step.after);
    return text;
  }
  std::string operator()(Alert const& it) const {
    return "alert " + policy.roles[index(it.role)].name + deadline(it.within);
  }
  std::string operator()(AddToScore const& it) const {
    return "add " + of(it.value) + " to " + policy.scores[index(it.score)].name;
  }
  std::string operator()(SetAnswer const& it) const {
    return "set " + policy.answers[index(it.answer)].name + " to " + of(it.value);
  }
  std::string operator()(Record const& it) const {
    auto const& event = policy.events[index(it.event)];
    return "record " + event.name + arguments(it.fields, event.fields);
  }
};

std::string parameters_text(std::vector<Parameter> const& parameters) {
  std::string text;
  for (auto const& it : parameters)
    text +=
        " " + it.name + ":" + text_of(it.type) + ":" + std::to_string(static_cast<int>(it.join));
  return text;
}

}  // namespace

std::string text_of(Policy const& policy, Value const& value, Type const& type) {
  return std::visit(
      overloaded{
          [](None const&) { return std::string{"none"}; },
          [](bool it) { return std::string{it ? "yes" : "no"}; },
          [](Number const& it) { return to_text(it); },
          [](Money const& it) { return amount_text(it) + " " + std::string{code_of(it.currency)}; },
          [](Duration const& it) { return to_text(it); },
          [](Date const& it) { return to_text(it); },
          [](Instant const& it) { return Zone::utc().to_text(it); },
          [](std::string const& it) { return "\"" + it + "\""; },
          [&](Chosen it) { return type.choice->values[static_cast<std::size_t>(it)]; },
          [&](SetValue const& set) {
            std::string text = "{";
            for (auto const& item : set.items)
              text += std::visit([&](auto const& it) { return text_of(policy, Value{it}, type); },
                                 item) +
                      ";";
            return text + "}";
          },
          [&](ListValue const& list) {
            std::string text = "[";
            for (auto const& item : *list.items) {
              for (std::size_t at = 0; at < item.fields.size(); ++at)
                text += (item.fields[at]
                             ? text_of(policy, *item.fields[at], type.shape->fields[at].type)
                             : "unknown") +
                        ",";
              text += ";";
            }
            return text + "]";
          },
      },
      value);
}

std::string text_of(Policy const& policy, Expression const& expression) {
  if (auto const* constant = std::get_if<Constant>(&expression.form))
    return constant->name + text_of(policy, constant->value, expression.type);
  return std::visit(overloaded{
                        [](Constant const&) { return std::string{}; },
                        [&](auto const& form) { return Telling{policy}(form); },
                    },
                    expression.form);
}

std::string text_of(Policy const& policy, Consequence const& consequence) {
  return std::visit(Telling{policy}, consequence);
}

static std::string text_of(Policy const& policy, Authority const& authority) {
  Telling const tell{policy};
  auto const& action = policy.actions[index(authority.action)];
  auto text = "authority " + action.name + "." + action.takes[authority.parameter].name;
  for (auto const& it : authority.lines)
    text += "\n  " + policy.roles[index(it.role)].name + " " + tell.of(it.up_to) + " when " +
            tell.of(it.when);
  return text;
}

static std::string calendars_text(Policy const& policy) {
  std::string text;
  for (auto const& it : policy.calendars) {
    text += "\ncalendar " + it->name + texts_text(it->title) + std::string{it->zone.name()};
    for (auto const& day : it->open) {
      text += " |";
      for (auto const& open : day)
        text += " " + std::to_string(open.from) + "-" + std::to_string(open.to);
    }
    for (auto const& closed : it->closed)
      text += " " + to_text(closed.day) + texts_text(closed.title);
  }
  return text;
}

static std::string rules_text(Policy const& policy) {
  Telling const tell{policy};
  std::string text;
  for (auto const& it : policy.rules) {
    text += "\nrule " + it.name + " when " + tell.of(it.when) + texts_text(it.because);
    for (auto const id : it.overrides) text += "\n  overrides " + policy.rules[index(id)].name;
    for (auto const& consequence : it.then) text += "\n  " + text_of(policy, consequence);
  }
  return text;
}

std::string text_of(Policy const& policy) {
  Telling const tell{policy};
  std::string text = policy.name + texts_text(policy.title) + std::string{policy.zone.name()};
  auto const line = [&](std::string const& it) { text += "\n" + it; };
  for (auto const& it : policy.languages) line("language " + it);
  for (auto const& it : policy.phases) line("phase " + it);
  for (auto const& it : policy.facts)
    line("fact " + it.name + " " + text_of(it.type) + (it.is_private ? " private" : "") +
         (it.is_public ? " public" : "") +
         (it.confidential ? " confidential" : "") +
         (it.otherwise ? " default " + text_of(policy, *it.otherwise, it.type) : "") +
         texts_text(it.title) + texts_text(it.ask));
  for (auto const& it : policy.needs)
    line("need " + it.name + std::to_string(it.weight) +
         (it.kind == NeedKind::functional ? "f" : "p"));
  for (auto const& it : policy.roles)
    line("role " + it.name + std::to_string(it.line) + "/" + std::to_string(it.rank));
  for (auto const& it : policy.actions)
    line("action " + it.name + parameters_text(it.takes) + " " + tell.of(it.requires_) +
         it.internal_to + std::to_string(it.phase.value_or(99)));
  for (auto const& it : policy.authorities) line(text_of(policy, it));
  for (auto const& it : policy.answers)
    line("answer " + it.name + text_of(it.type) + std::to_string(static_cast<int>(it.join)) +
         (it.otherwise ? " default " + text_of(policy, *it.otherwise, it.type) : "") + " " +
         tell.of(it.reports));
  for (auto const& it : policy.scores)
    line("score " + it.name + to_text(it.from) + " to " + to_text(it.to));
  for (auto const& it : policy.defines) line("define " + it.name + " " + tell.of(it.value));
  for (auto const& it : policy.phrases) {
    line("phrases " + it.name);
    for (auto const& phrase : it.phrases) line("  " + phrase.language + phrase.text);
    for (auto const& phrase : it.exceptions) line("  except " + phrase.language + phrase.text);
  }
  for (auto const& it : policy.scripts) line("script " + it.name + texts_text(it.text));
  for (auto const& it : policy.events) line("event " + it.name + parameters_text(it.fields));
  for (auto const& it : policy.tables) {
    line("table " + it.name + parameters_text(it.results) +
         std::to_string(static_cast<int>(it.hit)));
    for (auto const& row : it.rows)
      line("  " + tell.all(row.cells) + " : " + tell.all(row.results));
  }
  text += calendars_text(policy) + rules_text(policy);
  for (auto const& it : policy.sources)
    line("source " + it.name + std::to_string(it.fields.size()));
  for (auto const& it : policy.tests)
    line("test " + it.name + std::to_string(it.facts.size()) + "/" +
         std::to_string(it.expectations.size()));
  for (auto const& layer : policy.layers) {
    line("layer");
    for (auto const id : layer) text += " " + policy.rules[index(id)].name;
  }
  return text;
}

}  // namespace heed
