#include "server/json/source.hpp"

#include <algorithm>

#include "engine/base/limits.hpp"

namespace heed::json {
namespace {

// How a mapping sees a value; nothing where it has no such text.
std::optional<std::string> mapping_text(Node const& node) {
  switch (node.form) {
    case Node::Form::text:
    case Node::Form::number:
      return node.text;
    case Node::Form::truth:
      return node.truth ? "true" : "false";
    case Node::Form::null:
    case Node::Form::list:
    case Node::Form::object:
      return std::nullopt;
  }
  ensure(false);
  return std::nullopt;
}

Value const* find_mapping(SourceField const& field, Node const& node) {
  auto const text = mapping_text(node);
  if (!text) return nullptr;
  for (auto const& [written, value] : field.mappings) {
    if (written == *text) return &value;
  }
  return nullptr;
}

// Each item of the list by its mapping. An item that no mapping names is passed over.
Value map_items(SourceField const& field, Node const& list, Findings& findings) {
  std::vector<Scalar> items;
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    auto const* mapped = find_mapping(field, list.items[i]);
    auto const item = mapped == nullptr ? std::nullopt : to_scalar(*mapped);
    if (item) {
      items.push_back(*item);
    } else if (mapped != nullptr && std::get_if<SetValue>(mapped) != nullptr) {
      auto const& all = std::get_if<SetValue>(mapped)->items;
      items.insert(items.end(), all.begin(), all.end());
    } else {
      append_token(findings.ignored.emplace_back(field.pointer), i);
    }
  }
  return make_set(std::move(items));
}

std::optional<Value> map_value(SourceField const& field, Type const& type, Node const& node,
                               Findings& findings) {
  if (type.kind == Kind::set && node.form == Node::Form::list) {
    return map_items(field, node, findings);
  }
  auto const* mapped = find_mapping(field, node);
  if (mapped == nullptr) {
    findings.ignored.push_back(field.pointer);
    return std::nullopt;
  }
  auto const item = to_scalar(*mapped);
  if (type.kind == Kind::set && item) return Value{make_set({*item})};
  return *mapped;
}

void read_fact_line(SourceField const& field, Node const* node, Slots& slots) {
  auto const index = static_cast<std::size_t>(field.fact);
  slots.state[index] = Slot::mapped;
  if (node == nullptr || slots.facts[index]) return;
  auto const& type = slots.policy.facts[index].type;
  if (field.mappings.empty() || node->form == Node::Form::null) {
    std::string pointer = field.pointer;
    slots.facts[index] = read_value(*node, type, slots.policy.zone, pointer, slots.findings);
  } else {
    slots.facts[index] = map_value(field, type, *node, slots.findings);
  }
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
    subject.at = policy.zone.parse(at->text);
  }
  auto const* whose = find_member(payload, "subject");
  if (!has_subject && whose != nullptr &&
      (whose->form == Node::Form::text || whose->form == Node::Form::number)) {
    subject.subject = read_payload_subject(*whose, "/subject", slots.findings);
  }
  read_facts(payload, "", Undeclared::passed_over, slots);
  if (auto const* facts = find_member(payload, "facts");
      facts != nullptr && facts->form == Node::Form::object) {
    read_facts(*facts, "/facts", Undeclared::passed_over, slots);
  }
  if (auto const* history = find_member(payload, "history");
      history != nullptr && is_history(*history, policy)) {
    subject.history = read_history(*history, policy, "/history", slots.findings);
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
  Case subject;
  bool has_now = false, has_subject = false;
  for (auto const& field : source.fields) {
    auto const* node = follow(payload, field.pointer);
    switch (field.target) {
      case SourceField::Target::fact:
        read_fact_line(field, node, slots);
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
