#include "server/json/history.hpp"

#include <algorithm>
#include <utility>

#include "engine/base/limits.hpp"
#include "server/json/canonical.hpp"
#include "server/json/case.hpp"
#include "server/json/exact.hpp"
#include "server/json/name.hpp"
#include "server/json/write.hpp"

namespace heed::json {
namespace {

using Members = std::vector<std::pair<std::string_view, std::string>>;

void refuse(Findings& findings, std::string_view pointer, Node const& node, std::string expected) {
  add(findings.mistakes,
      {std::string{pointer}, "case.type", "expected " + expected + ", found " + describe(node),
       expected, describe(node)});
}

template <class Named>
auto find_named(std::vector<Named> const& all, std::string_view name) {
  auto const found =
      std::lower_bound(all.begin(), all.end(), name,
                       [](Named const& left, std::string_view right) { return left.name < right; });
  return found != all.end() && found->name == name ? found : all.end();
}

/// The text that names an event; null where there is none, told.
std::string const* read_event_name(Node const& event, std::string const& pointer,
                                   Findings& findings) {
  auto const* name = find_member(event, "event");
  if (name == nullptr) {
    add(findings.mistakes,
        {pointer, "case.missing", "the event has no `event` that names it", "a text", {}});
  } else if (name->form == Node::Form::text) {
    return &name->text;
  } else {
    refuse(findings, pointer + "/event", *name, "the name of an event");
  }
  return nullptr;
}

void tell_undeclared(std::string const& name, Policy const& policy, Findings& findings) {
  std::vector<std::string> names;
  for (auto const& declared : policy.events) names.push_back(declared.name);
  std::string message = "no event is named `" + name + "`";
  auto const nearest = find_nearest(name, names);
  if (!nearest.empty()) message += ", did you mean `" + std::string{nearest} + "`?";
  add(findings.mistakes, {"/event", "case.event", std::move(message),
                          "an event that the policy declares", '"' + name + '"'});
}

void read_event_fields(Node const& node, Event const& event, Zone const& zone, std::string& pointer,
                       Findings& findings, Happened& happened) {
  auto const size = pointer.size();
  for (auto const& member : node.items) {
    if (member.name == "event" || member.name == "at" || member.name == "subject") continue;
    append_token(pointer, member.name);
    auto const told = findings.mistakes.mistakes.size();
    auto const field = find_named(event.fields, to_nfc(member.name));
    if (field == event.fields.end()) {
      if (findings.undeclared == Undeclared::named) findings.ignored.push_back(pointer);
    } else if (auto value = read_value(member, field->type, zone, pointer, findings)) {
      happened.fields.emplace_back(static_cast<std::uint32_t>(field - event.fields.begin()),
                                   std::move(*value));
    }
    if (field != event.fields.end() && is_sealed(*field)) hush(findings.mistakes, told);
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
  auto const* name = read_event_name(node, pointer, findings);
  auto const id = name == nullptr ? std::nullopt : find_event(policy, *name);
  if (name != nullptr && !id) {
    if (findings.undeclared == Undeclared::named) findings.ignored.push_back(pointer);
    return std::nullopt;
  }
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
  read_event_fields(node, policy.events[index(*id)], policy.zone, pointer, findings, happened);
  return happened;
}

/// The fields that JSON can write, beside what `members` has.
void append_fields(std::string& out, Happened const& happened, Event const& event,
                   Members members) {
  for (auto const& [number, value] : happened.fields) {
    auto const& field = event.fields[number];
    std::string text;
    if (append_exact(text, value, field.type)) members.emplace_back(field.name, std::move(text));
  }
  std::sort(members.begin(), members.end(), [](auto const& left, auto const& right) {
    return comes_before(left.first, right.first);
  });
  append_members(out, members);
}

std::string quoted(std::string_view text) {
  std::string out;
  append_text(out, text);
  return out;
}

}  // namespace

std::optional<EventId> find_event(Policy const& policy, std::string_view name) {
  auto const found = find_named(policy.events, to_nfc(name));
  if (found == policy.events.end()) return std::nullopt;
  return EventId{static_cast<std::uint32_t>(found - policy.events.begin())};
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

void append_history(std::string& out, std::vector<Happened> const& history, Policy const& policy) {
  std::vector<std::pair<Instant, std::string>> events;
  events.reserve(history.size());
  for (auto const& happened : history) {
    auto const& event = policy.events[index(happened.event)];
    Members members{{"at", quoted(Zone::utc().to_text(happened.at))},
                    {"event", quoted(event.name)}};
    append_fields(events.emplace_back(happened.at, "").second, happened, event, std::move(members));
  }
  std::sort(events.begin(), events.end());
  append_each(out, events, [&out](auto const& event) { out += event.second; });
}

Expected<PostedEvent, CaseMistakes> read_posted_event(Policy const& policy, std::string_view json,
                                                      Instant now) {
  auto const document = read_document(json, limits::case_bytes_max);
  if (!document) return Failure<CaseMistakes>{to_mistakes(document.error())};
  auto const& node = document.value();
  Findings findings;
  PostedEvent posted{{{}, now, {}}, {}, {}};
  if (node.form != Node::Form::object) {
    refuse(findings, "", node, "an event, which is an object");
    return Failure<CaseMistakes>{std::move(findings.mistakes)};
  }
  if (auto const* name = read_event_name(node, "", findings)) {
    auto const event = find_event(policy, *name);
    if (event) {
      std::string pointer;
      posted.happened.event = *event;
      read_event_fields(node, policy.events[index(*event)], policy.zone, pointer, findings,
                        posted.happened);
    } else {
      tell_undeclared(*name, policy, findings);
    }
  }
  auto const* at = find_member(node, "at");
  if (at != nullptr && at->form != Node::Form::null)
    posted.happened.at = read_at(*at, policy.zone, "/at", findings).value_or(now);
  auto const before = findings.mistakes.mistakes.size();
  if (auto const* whose = find_member(node, "subject"))
    posted.subject = read_subject(*whose, "/subject", findings);
  if (posted.subject.empty() && findings.mistakes.mistakes.size() == before)
    add(findings.mistakes,
        {"", "case.missing", "the event has no `subject` that says whose it is", "a text", {}});
  if (!findings.mistakes.mistakes.empty())
    return Failure<CaseMistakes>{std::move(findings.mistakes)};
  posted.ignored = std::move(findings.ignored);
  std::sort(posted.ignored.begin(), posted.ignored.end());
  return posted;
}

std::string event_fields(Policy const& policy, Happened const& happened) {
  std::string out;
  append_fields(out, happened, policy.events[index(happened.event)], {});
  return out;
}

Happened read_stored_event(Policy const& policy, EventId event, Instant at,
                           std::string_view fields) {
  Happened happened{event, at, {}};
  auto const document = read_document(fields, limits::log_record_bytes_max);
  if (!document) return happened;
  auto const& declared = policy.events[index(event)].fields;
  for (auto const& member : document.value().items) {
    auto const field = find_named(declared, member.name);
    if (field == declared.end()) continue;
    Findings findings;
    std::string pointer;
    auto value = read_value(member, field->type, policy.zone, pointer, findings);
    if (value && findings.mistakes.mistakes.empty())
      happened.fields.emplace_back(static_cast<std::uint32_t>(field - declared.begin()),
                                   std::move(*value));
  }
  std::sort(happened.fields.begin(), happened.fields.end(),
            [](auto const& left, auto const& right) { return left.first < right.first; });
  return happened;
}

}  // namespace heed::json
