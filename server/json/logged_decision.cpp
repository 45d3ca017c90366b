#include "server/json/logged_decision.hpp"

#include <charconv>

namespace heed::json {
namespace {

constexpr std::string_view hidden = "…";

/// Whether it is a commitment in the place of a value, not an object of the policy's own.
bool is_sealed(Node const& node) {
  constexpr std::size_t commitment_letters = 64;
  if (node.form != Node::Form::object || node.items.size() != 1) return false;
  auto const& only = node.items.front();
  return only.name == "sealed" && only.form == Node::Form::text &&
         only.text.size() == commitment_letters;
}

Node const& member(Node const& node, std::string_view name) {
  static Node const nothing;
  auto const* const found = find_member(node, name);
  return found == nullptr ? nothing : *found;
}

std::string text(Node const& node) {
  if (is_sealed(node)) return std::string{hidden};
  return node.form == Node::Form::text ? node.text : std::string{};
}
std::string text(Node const& node, std::string_view name) {
  return text(member(node, name));
}

std::optional<std::string> text_or_null(Node const& node, std::string_view name) {
  auto const& found = member(node, name);
  if (found.form == Node::Form::null) return std::nullopt;
  return text(found);
}

int number(Node const& node) {
  int value = 0;
  std::from_chars(node.text.data(), node.text.data() + node.text.size(), value);
  return value;
}
int number(Node const& node, std::string_view name) {
  return number(member(node, name));
}

std::optional<Instant> instant(Node const& node) {
  if (node.form != Node::Form::text) return std::nullopt;
  return Zone::utc().parse(node.text);
}
std::optional<Instant> instant(Node const& node, std::string_view name) {
  return instant(member(node, name));
}

/// What `read` makes of each item.
template <class Read>
auto each(Node const& node, std::string_view name, Read const& read) {
  std::vector<decltype(read(node))> found;
  auto const& items = member(node, name);
  if (is_sealed(items)) return found;
  for (auto const& item : items.items) found.push_back(read(item));
  return found;
}

std::vector<std::string> names(Node const& node, std::string_view name) {
  return each(node, name, [](Node const& item) { return text(item); });
}

Texts texts(Node const& node, std::string_view name) {
  auto const& found = member(node, name);
  if (is_sealed(found)) return {{"en", std::string{hidden}}, {"he", std::string{hidden}}};
  Texts read;
  for (auto const& each : found.items) read[each.name] = text(each);
  return read;
}

Shown shown(Node const& node) {
  switch (node.form) {
    case Node::Form::null:
      return {};
    case Node::Form::truth:
      return {node.truth};
    case Node::Form::number:
      return {Shown::Decimal{node.text}};
    case Node::Form::text:
      return {node.text};
    case Node::Form::list: {
      std::vector<Shown> items;
      for (auto const& item : node.items) items.push_back(shown(item));
      return {std::move(items)};
    }
    case Node::Form::object:
      break;
  }
  if (is_sealed(node)) return {std::string{hidden}};
  return {Shown::Amount{text(node, "amount"), text(node, "currency")}};
}

std::vector<std::pair<std::string, Shown>> given(Node const& node) {
  return each(node, "with", [](Node const& item) { return std::pair{item.name, shown(item)}; });
}

std::vector<Reason> reasons(Node const& node) {
  return each(node, "because", [](Node const& reason) {
    return Reason{text(reason, "rule"), texts(reason, "text")};
  });
}

NeedState state(Node const& node) {
  auto const name = text(node, "state");
  if (name == "violated") return NeedState::violated;
  return name == "threatened" ? NeedState::threatened : NeedState::met;
}

NeedFinding need(Node const& node) {
  auto const& could_be = member(node, "could_be");
  return {
      .need = text(node, "need"),
      .kind = text(node, "kind") == "functional" ? NeedKind::functional : NeedKind::psychological,
      .state = state(node),
      .could_be = state(could_be),
      .severity = number(node, "severity"),
      .could_be_severity = number(could_be, "severity"),
      .because = reasons(node)};
}

std::vector<ScoreFinding> scores(Node const& decision) {
  std::vector<ScoreFinding> found;
  for (auto const& score : member(decision, "scores").items) {
    auto const& between = member(score, "between").items;
    if (between.size() != 2) continue;  // sealed
    auto const least = Number::parse(between[0].text), most = Number::parse(between[1].text);
    if (!least || !most) continue;
    found.push_back({score.name, Number::parse(member(score, "value").text), *least, *most});
  }
  return found;
}

std::optional<Counted> counted(Node const& node) {
  auto const& found = member(node, "counted");
  auto const from = instant(found, "from");
  if (!from) return std::nullopt;
  Counted read{.calendar = text(found, "calendar"), .from = *from, .intervals = {}, .skipped = {}};
  for (auto const& open : member(found, "intervals").items) {
    auto const first = open.items.size() == 2 ? instant(open.items[0]) : std::nullopt;
    auto const last = open.items.size() == 2 ? instant(open.items[1]) : std::nullopt;
    if (first && last) read.intervals.emplace_back(*first, *last);
  }
  for (auto const& day : member(found, "skipped").items)
    if (auto const date = parse_date(day.text)) read.skipped.push_back(*date);
  return read;
}

PlanItem plan_item(Node const& node) {
  PlanItem item;
  item.phase = text_or_null(node, "phase");
  item.action = text(node, "action");
  item.with = given(node);
  item.by = text(node, "by");
  item.internal_to = text_or_null(node, "internal_to");
  item.due = instant(node, "due");
  item.expires = instant(node, "expires");
  item.counted = counted(node);
  if (auto const& approval = member(node, "approval"); !approval.items.empty())
    item.approval = Approval{text(approval, "role"), text(approval, "limit")};
  item.requires_ = text_or_null(node, "requires");
  item.unless = names(node, "unless");
  item.rules = names(node, "rules");
  return item;
}

Offering offering(Node const& node) {
  auto options = each(node, "options", [](Node const& option) {
    return Offering::Option{text(option, "action"), given(option), text_or_null(option, "requires"),
                            names(option, "unless")};
  });
  return {std::move(options), names(node, "rules")};
}

Escalation escalation(Node const& node) {
  Escalation read;
  read.to = text_or_null(node, "to");
  read.due = instant(node, "due");
  read.counted = counted(node);
  read.then = each(node, "then", [](Node const& step) {
    return Escalation::Step{text(step, "to"), instant(step, "due")};
  });
  read.could_be = text(member(node, "could_be"), "to");
  read.rules = names(node, "rules");
  read.because = reasons(node);
  return read;
}

Question question(Node const& node) {
  return {text(node, "fact"), text(node, "type"), names(node, "values"), texts(node, "ask"),
          names(node, "could_change")};
}

Match match(Node const& node) {
  Match read{text(node, "fact"), text(node, "phrases"), text(node, "phrase")};
  auto const& at = member(node, "at").items;
  if (at.size() != 2) return read;  // sealed
  read.begin = static_cast<std::uint32_t>(number(at[0]));
  read.end = static_cast<std::uint32_t>(number(at[1]));
  return read;
}

/// The members of an object that are not sealed.
void drop_sealed(Node& node) {
  std::erase_if(node.items, [](Node const& item) { return is_sealed(item); });
}

/// The advice itself.
void read_advice(Decision& decision, Node const& node) {
  decision.plan = each(node, "plan", plan_item);
  decision.say = each(node, "say", [](Node const& one) {
    return Saying{text_or_null(one, "script"), texts(one, "text"), names(one, "rules")};
  });
  decision.choices = each(node, "choices", offering);
  decision.checks = each(node, "checks", [](Node const& one) {
    return CheckFinding{text(one, "before"), texts(one, "text"), names(one, "rules")};
  });
  decision.escalations = each(node, "escalations", escalation);
  decision.alerts = each(node, "alerts", [](Node const& one) {
    return AlertFinding{text(one, "role"), instant(one, "due"), names(one, "rules")};
  });
  decision.record = each(node, "record", [](Node const& one) {
    return Recording{text(one, "event"), given(one), names(one, "rules"), {}};
  });
  decision.forbidden = each(node, "forbidden", [](Node const& one) {
    return Forbidding{text(one, "action"), names(one, "rules")};
  });
  decision.withheld = each(node, "withheld", [](Node const& one) {
    return Withholding{text(one, "action"), text(one, "requires"), names(one, "rules")};
  });
}

}  // namespace

Decision read_logged_decision(Node const& node, Zone const& zone) {
  Decision decision;
  decision.zone = zone;
  decision.at = instant(node, "at").value_or(Instant{});
  decision.subject = text(node, "subject");
  decision.policy = text(member(node, "policy"), "name");
  decision.revision = text(member(node, "policy"), "revision");
  decision.needs = each(node, "needs", need);
  decision.scores = scores(node);
  decision.answers = each(node, "answers", [](Node const& one) {
    return AnswerFinding{one.name, shown(member(one, "value")), shown(member(one, "could_be")),
                         names(one, "rules")};
  });
  read_advice(decision, node);
  decision.questions = each(node, "questions", question);
  decision.matches = each(node, "matches", match);
  auto const& rules = member(node, "rules");
  decision.fired = names(rules, "fired");
  decision.pending = names(rules, "pending");
  decision.ignored = names(node, "ignored");
  decision.warnings = each(node, "warnings", [](Node const& one) {
    return Warning{text(one, "code"), text(one, "rule"), text(one, "text")};
  });
  return decision;
}

std::vector<std::string> sealed_facts(Node const& resolved) {
  std::vector<std::string> facts;
  for (auto const& fact : member(resolved, "facts").items)
    if (is_sealed(fact)) facts.push_back(fact.name);
  return facts;
}

Node without_sealed(Node resolved) {
  for (auto& part : resolved.items) {
    if (part.name == "facts" || part.name == "figures") drop_sealed(part);
    if (part.name == "history")
      for (auto& event : part.items) drop_sealed(event);
  }
  return resolved;
}

}  // namespace heed::json
