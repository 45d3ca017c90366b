#include "server/json/case.hpp"

#include <algorithm>

#include "engine/base/limits.hpp"
#include "server/json/name.hpp"

namespace heed::json {
namespace {

void refuse(Findings& findings, std::string_view pointer, Node const& node, std::string expected) {
  add(findings.mistakes,
      {std::string{pointer}, "case.type", "expected " + expected + ", found " + describe(node),
       expected, describe(node)});
}

bool is_pointer_list(Node const& node) {
  return node.form == Node::Form::list &&
         std::all_of(node.items.begin(), node.items.end(), [](Node const& item) {
           return item.form == Node::Form::text && item.text.starts_with('/');
         });
}

template <class Named>
auto find_named(std::vector<Named> const& all, std::string_view name) {
  auto const found =
      std::lower_bound(all.begin(), all.end(), name,
                       [](Named const& left, std::string_view right) { return left.name < right; });
  return found != all.end() && found->name == name ? found : all.end();
}

std::optional<EventId> read_event_name(Node const& event, Policy const& policy,
                                       std::string const& pointer, Findings& findings) {
  auto const* name = find_member(event, "event");
  if (name == nullptr) {
    add(findings.mistakes,
        {pointer, "case.missing", "the event has no `event` that names it", "a text", {}});
    return std::nullopt;
  }
  if (name->form != Node::Form::text) {
    refuse(findings, pointer + "/event", *name, "the name of an event");
    return std::nullopt;
  }
  auto const found = find_named(policy.events, to_nfc(name->text));
  if (found != policy.events.end()) {
    return EventId{static_cast<std::uint32_t>(found - policy.events.begin())};
  }
  std::vector<std::string> names;
  for (auto const& declared : policy.events) names.push_back(declared.name);
  std::string message = "no event is named " + describe(*name);
  auto const nearest = find_nearest(name->text, names);
  if (!nearest.empty()) message += ", did you mean `" + std::string{nearest} + "`?";
  add(findings.mistakes, {pointer + "/event", "case.event", std::move(message),
                          "an event that the policy declares", describe(*name)});
  return std::nullopt;
}

void read_event_fields(Node const& node, Event const& event, Zone const& zone, std::string& pointer,
                       Findings& findings, Happened& happened) {
  auto const size = pointer.size();
  for (auto const& member : node.items) {
    if (member.name == "event" || member.name == "at") continue;
    append_token(pointer, member.name);
    auto const field = find_named(event.fields, to_nfc(member.name));
    if (field == event.fields.end()) {
      findings.ignored.push_back(pointer);
    } else if (auto value = read_value(member, field->type, zone, pointer, findings)) {
      happened.fields.emplace_back(static_cast<std::uint32_t>(field - event.fields.begin()),
                                   std::move(*value));
    }
    pointer.resize(size);
  }
  std::sort(happened.fields.begin(), happened.fields.end(),
            [](auto const& left, auto const& right) { return left.first < right.first; });
}

std::optional<Happened> read_event(Node const& node, Policy const& policy, std::string& pointer,
                                   Findings& findings) {
  if (node.form != Node::Form::object) {
    refuse(findings, pointer, node, "an event, which is an object");
    return std::nullopt;
  }
  auto const id = read_event_name(node, policy, pointer, findings);
  auto const* at = find_member(node, "at");
  std::optional<Instant> instant;
  if (at == nullptr || at->form == Node::Form::null) {
    add(findings.mistakes,
        {pointer, "case.missing", "the event has no `at` that says when it was", "a time", {}});
  } else {
    instant = read_at(*at, policy.zone, pointer + "/at", findings);
  }
  if (!id) return std::nullopt;
  Happened happened{*id, instant.value_or(Instant{}), {}};
  read_event_fields(node, policy.events[static_cast<std::size_t>(*id)], policy.zone, pointer,
                    findings, happened);
  return happened;
}

void read_member(Node const& member, Policy const& policy, Case& subject, Slots& slots) {
  auto& findings = slots.findings;
  if (member.name == "at") {
    subject.at = read_at(member, policy.zone, "/at", findings);
  } else if (member.name == "subject") {
    subject.subject = read_subject(member, "/subject", findings);
  } else if (member.name == "history") {
    subject.history = read_history(member, policy, "/history", findings);
  } else if (member.name == "facts") {
    if (member.form == Node::Form::object) {
      read_facts(member, "/facts", slots);
    } else if (member.form != Node::Form::null) {
      refuse(findings, "/facts", member, "an object");
    }
  } else if (member.name == "ignored" && is_pointer_list(member)) {
    for (auto const& item : member.items) findings.ignored.push_back(item.text);
  } else {
    append_token(findings.ignored.emplace_back(), member.name);
  }
}

}  // namespace

std::optional<Instant> read_at(Node const& node, Zone const& zone, std::string pointer,
                               Findings& findings) {
  Type type;
  type.kind = Kind::time;
  auto const value = read_value(node, type, zone, pointer, findings);
  if (!value) return std::nullopt;
  return *std::get_if<Instant>(&*value);
}

std::string read_subject(Node const& node, std::string pointer, Findings& findings) {
  if (node.form == Node::Form::null) return {};
  if (node.form != Node::Form::text) {
    refuse(findings, pointer, node, "a text");
  } else if (node.text.size() > limits::subject_bytes_max) {
    add(findings.mistakes,
        {std::move(pointer), "case.text-size",
         "the subject has " + std::to_string(node.text.size()) + " bytes, at most " +
             std::to_string(limits::subject_bytes_max) + " are taken",
         "a text", describe(node)});
  } else {
    return node.text;
  }
  return {};
}

std::vector<Happened> read_history(Node const& node, Policy const& policy, std::string pointer,
                                   Findings& findings) {
  std::vector<Happened> history;
  if (node.form == Node::Form::null) return history;
  if (node.form != Node::Form::list) {
    refuse(findings, pointer, node, "a list of events");
    return history;
  }
  if (node.items.size() > limits::history_events_max) {
    add(findings.mistakes,
        {std::move(pointer), "case.history-size",
         "the history has " + std::to_string(node.items.size()) + " events, at most " +
             std::to_string(limits::history_events_max) + " are taken",
         "a list of events", describe(node)});
    return history;
  }
  history.reserve(node.items.size());
  auto const size = pointer.size();
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    append_token(pointer, i);
    auto event = read_event(node.items[i], policy, pointer, findings);
    if (event) history.push_back(std::move(*event));
    pointer.resize(size);
  }
  return history;
}

Expected<Case, CaseMistakes> finish_case(Case subject, Slots slots) {
  if (!slots.findings.mistakes.mistakes.empty()) {
    return Failure<CaseMistakes>{std::move(slots.findings.mistakes)};
  }
  fill_defaults(slots);
  subject.facts = std::move(slots.facts);
  subject.ignored = std::move(slots.findings.ignored);
  std::sort(subject.ignored.begin(), subject.ignored.end());
  subject.ignored.erase(std::unique(subject.ignored.begin(), subject.ignored.end()),
                        subject.ignored.end());
  return subject;
}

Expected<Case, CaseMistakes> read_case(RuleSet const& rules, std::string_view json) {
  auto const document = read_document(json, limits::case_bytes_max);
  if (!document) return Failure<CaseMistakes>{to_mistakes(document.error())};
  return read_case(rules, document.value());
}

Expected<Case, CaseMistakes> read_case(RuleSet const& rules, Node const& document) {
  auto slots = make_slots(rules.policy);
  Case subject;
  if (document.form != Node::Form::object) {
    refuse(slots.findings, "", document, "a case, which is an object");
  }
  if (document.form == Node::Form::object) {
    for (auto const& member : document.items) read_member(member, rules.policy, subject, slots);
  }
  return finish_case(std::move(subject), std::move(slots));
}

}  // namespace heed::json
