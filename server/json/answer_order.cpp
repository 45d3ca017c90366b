#include "server/json/answer_order.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "engine/base/limits.hpp"
#include "server/json/document.hpp"
#include "server/json/write.hpp"

namespace heed::json {
namespace {

// One order that agrees with the order in every object of a decision.
constexpr auto order = std::to_array<std::string_view>(
    {"id",        "fact",    "phrases",   "phrase",       "at",        "subject",  "policy",
     "engine",    "name",    "revision",  "version",      "tz",        "cldr",     "needs",
     "scores",    "answers", "plan",      "say",          "choices",   "checks",   "escalations",
     "alerts",    "record",  "forbidden", "withheld",     "questions", "matches",  "code",
     "need",      "kind",    "state",     "severity",     "value",     "phase",    "event",
     "script",    "to",      "role",      "action",       "with",      "by",       "internal_to",
     "due",       "expires", "counted",   "approval",     "requires",  "then",     "could_be",
     "between",   "unless",  "one_of",    "options",      "before",    "type",     "values",
     "ask",       "rule",    "text",      "could_change", "rules",     "because",  "fired",
     "pending",   "ignored", "warnings",  "amount",       "currency",  "calendar", "from",
     "intervals", "skipped"});

// Objects whose members have names of the policy, in the order of their bytes.
constexpr auto by_name =
    std::to_array<std::string_view>({"scores", "answers", "with", "text", "ask"});

std::size_t rank_of(Node const* node) {
  return static_cast<std::size_t>(std::ranges::find(order, std::string_view{node->name}) -
                                  order.begin());
}

void write(std::string& out, Node const& node);

void write_object(std::string& out, Node const& node) {
  std::vector<Node const*> members;
  for (auto const& member : node.items) members.push_back(&member);
  if (std::ranges::find(by_name, std::string_view{node.name}) != by_name.end())
    std::ranges::sort(members, {},
                      [](Node const* member) { return std::string_view{member->name}; });
  else
    std::ranges::stable_sort(members, {}, rank_of);
  out += '{';
  for (auto const* member : members) {
    if (member != members.front()) out += ',';
    append_text(out, member->name);
    out += ':';
    write(out, *member);
  }
  out += '}';
}

void write(std::string& out, Node const& node) {
  switch (node.form) {
    case Node::Form::null:
      out += "null";
      break;
    case Node::Form::truth:
      out += node.truth ? "true" : "false";
      break;
    case Node::Form::number:
      out += node.text;
      break;
    case Node::Form::text:
      append_text(out, node.text);
      break;
    case Node::Form::list:
      append_each(out, node.items, [&](Node const& item) { write(out, item); });
      break;
    case Node::Form::object:
      write_object(out, node);
      break;
  }
}

}  // namespace

std::optional<std::string> in_answer_order(std::string_view canonical) {
  auto const document = read_document(canonical, limits::log_record_bytes_max);
  if (!document) return std::nullopt;
  std::string out;
  write(out, document.value());
  return out;
}

}  // namespace heed::json
