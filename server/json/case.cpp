#include "server/json/case.hpp"

#include <algorithm>

#include "engine/base/limits.hpp"
#include "server/json/history.hpp"

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

void read_member(Node const& member, RuleSet const& rules, Case& subject, Slots& slots) {
  auto const& policy = rules.policy;
  auto& findings = slots.findings;
  if (member.name == "at") {
    subject.at = read_at(member, policy.zone, "/at", findings);
  } else if (member.name == "subject") {
    subject.subject = read_subject(member, "/subject", findings);
  } else if (member.name == "history") {
    subject.history = read_history(member, policy, "/history", findings);
    subject.history_given = member.form != Node::Form::null;
  } else if (member.name == "figures") {
    subject.figures = read_figures(member, rules, "/figures", findings);
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
    for (auto const& member : document.items) read_member(member, rules, subject, slots);
  }
  return finish_case(std::move(subject), std::move(slots));
}

}  // namespace heed::json
