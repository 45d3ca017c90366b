#include "server/json/source.hpp"

#include <algorithm>

#include "engine/base/limits.hpp"
#include "server/json/history.hpp"
#include "server/json/list.hpp"
#include "server/json/mapping.hpp"
#include "server/json/offset.hpp"

namespace heed::json {
namespace {

std::optional<Value> read_fact(Source const& source, SourceField const& field, Node const& node,
                               Slots& slots) {
  auto const& type = slots.policy.facts[static_cast<std::size_t>(field.fact)].type;
  std::string pointer = field.pointer;
  if (type.kind == Kind::list && node.form != Node::Form::null) {
    return read_list(node, type, slots.policy.zone, pointer, slots.findings,
                     find_lines(source.item_lines, field.fact));
  }
  if (field.mappings.empty() || node.form == Node::Form::null) {
    return read_value(node, type, slots.policy.zone, pointer, slots.findings);
  }
  return map_value(field.mappings, type, node, pointer, slots.findings);
}

void read_fact_line(Source const& source, SourceField const& field, Node const* node,
                    Slots& slots) {
  auto const index = static_cast<std::size_t>(field.fact);
  slots.state[index] = Slot::mapped;
  if (node == nullptr || slots.facts[index]) return;
  slots.facts[index] = read_fact(source, field, *node, slots);
}

std::string read_payload_subject(Node const& node, std::string pointer, Findings& findings) {
  return node.form == Node::Form::number ? node.text
                                         : read_subject(node, std::move(pointer), findings);
}

// Whether the list is one of this policy's events, and not something else that a CRM calls so.
bool is_history(Node const& node, Policy const& policy) {
  auto const is_event = [&](Node const& item) {
    auto const* name = find_member(item, "event");
    return name != nullptr && std::any_of(policy.events.begin(), policy.events.end(),
                                          [&](Event const& e) { return e.name == name->text; });
  };
  return node.form == Node::Form::list &&
         std::all_of(node.items.begin(), node.items.end(), is_event);
}

// What a payload has in common with a case, where no line of the source says otherwise.
void read_own_members(Node const& payload, bool has_now, bool has_subject, Case& subject,
                      Slots& slots) {
  auto const& policy = slots.policy;
  auto const* at = find_member(payload, "at");
  if (!has_now && at != nullptr && at->form == Node::Form::text) {
    subject.at = policy.zone.parse(with_extended_offset(at->text));
  }
  auto const* whose = find_member(payload, "subject");
  if (!has_subject && whose != nullptr &&
      (whose->form == Node::Form::text || whose->form == Node::Form::number)) {
    subject.subject = read_payload_subject(*whose, "/subject", slots.findings);
  }
  read_facts(payload, "", slots);
  if (auto const* facts = find_member(payload, "facts");
      facts != nullptr && facts->form == Node::Form::object) {
    read_facts(*facts, "/facts", slots);
  }
  if (auto const* history = find_member(payload, "history");
      history != nullptr && is_history(*history, policy)) {
    subject.history = read_history(*history, policy, "/history", slots.findings);
    subject.history_given = true;
  }
}

}  // namespace

Source const* find_source(Policy const& policy, std::string_view name) {
  auto const found = std::find_if(policy.sources.begin(), policy.sources.end(),
                                  [&](Source const& source) { return source.name == name; });
  return found == policy.sources.end() ? nullptr : &*found;
}

Expected<Case, CaseMistakes> read_payload(RuleSet const& rules, Source const& source,
                                          std::string_view json) {
  auto const document = read_document(json, limits::case_bytes_max);
  if (!document) return Failure<CaseMistakes>{to_mistakes(document.error())};
  return read_payload(rules, source, document.value());
}

Expected<Case, CaseMistakes> read_payload(RuleSet const& rules, Source const& source,
                                          Node const& payload) {
  auto slots = make_slots(rules.policy);
  slots.findings.undeclared = Undeclared::passed_over;
  slots.item_lines = &source.item_lines;
  Case subject;
  bool has_now = false, has_subject = false;
  for (auto const& field : source.fields) {
    auto const* node = follow(payload, field.pointer);
    switch (field.target) {
      case SourceField::Target::fact:
        read_fact_line(source, field, node, slots);
        break;
      case SourceField::Target::subject:
        has_subject = true;
        if (node != nullptr && subject.subject.empty()) {
          subject.subject = read_payload_subject(*node, field.pointer, slots.findings);
        }
        break;
      case SourceField::Target::now:
        has_now = true;
        if (node != nullptr && !subject.at) {
          subject.at = read_at(*node, rules.policy.zone, field.pointer, slots.findings);
        }
        break;
    }
  }
  read_own_members(payload, has_now, has_subject, subject, slots);
  return finish_case(std::move(subject), std::move(slots));
}

}  // namespace heed::json
