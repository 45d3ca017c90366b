#include "server/json/schema.hpp"

#include "engine/base/limits.hpp"
#include "engine/base/percent.hpp"
#include "server/json/document.hpp"
#include "server/json/exact.hpp"
#include "server/json/write.hpp"

namespace heed::json {
namespace {

constexpr std::string_view amount_pattern = R"(^-?[0-9]+(\\.[0-9]+)?$)";
constexpr std::string_view time_form =
    R"({"type":"string","examples":["2026-11-22T10:15:00+02:00","2026-11-22T10:15:00",)"
    R"("2026-11-22"]})";

// `Customer tier / דרג הלקוח`: the languages in the order of their codes.
std::string in_all_languages(Texts const& texts) {
  std::string all;
  for (auto const& [language, text] : texts) {
    if (!all.empty()) all += " / ";
    all += text;
  }
  return all;
}

void append_annotations(std::string& out, Texts const& title, Texts const& description) {
  if (!title.empty()) {
    out += R"("title":)";
    append_text(out, in_all_languages(title));
    out += ',';
  }
  if (!description.empty()) {
    out += R"("description":)";
    append_text(out, in_all_languages(description));
    out += ',';
  }
}

void append_money(std::string& out, Type const& type) {
  std::string const code{type.currency ? code_of(*type.currency) : ""};
  out += R"({"anyOf":[{"type":"object","properties":{"amount":{"anyOf":[{"type":"string",)"
         R"("pattern":")";
  out += amount_pattern;
  out += R"("},{"type":"number"}]},"currency":)";
  out +=
      code.empty() ? R"({"type":"string","pattern":"^[A-Z]{3}$"})" : R"({"const":")" + code + "\"}";
  out += R"(},"required":["amount","currency"]},{"type":"string","pattern":)";
  out += R"("^-?[0-9]+(\\.[0-9]+)? )" + (code.empty() ? "[A-Z]{3}" : code) + R"($"})";
  if (type.currency) {
    out += type.cents ? R"(,{"type":"integer","description":"minor units of )"
                      : R"(,{"type":"number","description":"an amount in )";
    out += code + "\"}";
  }
  out += "]}";
}

void append_list_of(std::string& out, Type const& type);

void append_kind(std::string& out, Kind kind, Type const& type) {
  switch (kind) {
    case Kind::truth:
      out += R"({"type":"boolean"})";
      return;
    case Kind::whole:
      out += R"({"type":"integer"})";
      return;
    case Kind::number:
      out += R"({"anyOf":[{"type":"number"},{"type":"object","properties":{"fraction":)"
             R"({"type":"string","examples":["1/3"]}},"required":["fraction"]}]})";
      return;
    case Kind::money:
      append_money(out, type);
      return;
    case Kind::duration:
      out += R"({"type":"string","examples":["PT4H","P2DT30M","4 hours","2 days"]})";
      return;
    case Kind::date:
      out += R"({"type":"string","format":"date"})";
      return;
    case Kind::time:
      out += time_form;
      return;
    case Kind::text:
      out += R"({"type":"string","maxLength":)" + std::to_string(limits::text_bytes_max) + "}";
      return;
    case Kind::choice:
      out += R"({"enum":)";
      append_list(out, type.choice->values);
      out += '}';
      return;
    case Kind::set:
      out += R"({"type":"array","maxItems":)" + std::to_string(limits::set_items_max);
      out += R"(,"items":)";
      append_kind(out, type.element, type);
      out += '}';
      return;
    case Kind::list:
      append_list_of(out, type);
      return;
  }
  ensure(false);
}

// The value, or null: unknown, or none.
void append_value(std::string& out, Type const& type) {
  out += R"("anyOf":[)";
  append_kind(out, type.kind, type);
  out += R"(,{"type":"null"}])";
}

// Other members may stand in an item, as in the facts.
void append_list_of(std::string& out, Type const& type) {
  auto const& fields = type.shape->fields;
  out += R"({"type":"array","maxItems":)" + std::to_string(limits::list_items_max);
  out += R"(,"items":{)";
  if (type.shape->is_record()) {
    out += R"("type":"object","properties":{)";
    for (std::size_t at = 0; at < fields.size(); ++at) {
      if (at > 0) out += ',';
      append_text(out, fields[at].name);
      out += ":{";
      append_value(out, fields[at].type);
      out += '}';
    }
    out += '}';
  } else {
    append_value(out, fields.front().type);
  }
  out += "}}";
}

void append_fact(std::string& out, Fact const& fact) {
  append_text(out, fact.name);
  out += ":{";
  append_annotations(out, fact.title, fact.ask);
  std::string otherwise;
  if (fact.otherwise && append_exact(otherwise, *fact.otherwise, fact.type)) {
    out += R"("default":)" + otherwise + ',';
  }
  append_value(out, fact.type);
  out += '}';
}

// `#/$defs/customer.tier` as a URI reference with a JSON Pointer: letters beyond ASCII are escaped.
void append_reference(std::string& out, std::string_view fact) {
  std::string pointer;
  append_token(pointer, fact);
  out += R"({"$ref":"#/$defs)";
  for (char const letter : pointer) {
    auto const byte = static_cast<unsigned char>(letter);
    bool const is_plain = byte < 0x80u && byte > 0x20u && letter != '%' && letter != '"' &&
                          letter != '\\' && letter != '#';
    if (is_plain) {
      out += letter;
    } else {
      out += percent_encoded({&letter, 1}, {});
    }
  }
  out += "\"}";
}

// The facts from `*at` on whose names begin with `beginning`, as the properties of one object.
// INVARIANT: facts are sorted by name, so those with one beginning stand together.
void append_nested(std::string& out, std::vector<Fact> const& facts, std::size_t& at,
                   std::string const& beginning) {
  bool is_first = true;
  while (at < facts.size() && facts[at].name.starts_with(beginning)) {
    if (!is_first) out += ',';
    is_first = false;
    std::string const name = facts[at].name;
    auto const dot = name.find('.', beginning.size());
    append_text(out, name.substr(beginning.size(), dot - beginning.size()));
    out += ':';
    if (dot == name.npos) {
      append_reference(out, facts[at++].name);
      continue;
    }
    out += R"({"properties":{)";
    append_nested(out, facts, at, name.substr(0, dot + 1));
    out += "}}";
  }
}

void append_facts(std::string& out, std::vector<Fact> const& facts) {
  out += R"("facts":{"type":["object","null"],"properties":{)";
  std::size_t at = 0;
  append_nested(out, facts, at, "");
  for (auto const& fact : facts) {
    if (fact.name.find('.') == fact.name.npos) continue;
    out += ',';
    append_text(out, fact.name);
    out += ':';
    append_reference(out, fact.name);
  }
  out += "}}";
}

void append_event(std::string& out, Event const& event) {
  out += R"({"if":{"properties":{"event":{"const":)";
  append_text(out, event.name);
  out += R"(}}},"then":{)";
  append_annotations(out, event.title, {});
  out += R"("required":["at"],"properties":{)";
  bool is_first = true;
  for (auto const& field : event.fields) {
    if (!is_first) out += ',';
    is_first = false;
    append_text(out, field.name);
    out += ":{";
    append_value(out, field.type);
    out += '}';
  }
  out += "}}}";
}

void append_history(std::string& out, std::vector<Event> const& events) {
  out += R"("history":{"type":["array","null"],"maxItems":)" +
         std::to_string(limits::history_events_max);
  // An event that the policy does not declare is passed over.
  out += R"(,"items":{"type":"object","required":["event"],"properties":{"event":{"type":"string")";
  if (!events.empty()) {
    out += R"(,"examples":)";
    append_each(out, events, [&](Event const& event) { append_text(out, event.name); });
  }
  out += R"(},"at":)";
  out += time_form;
  out += '}';
  if (!events.empty()) {
    out += R"(,"allOf":)";
    append_each(out, events, [&](Event const& event) { append_event(out, event); });
  }
  out += "}}";
}

}  // namespace

std::string case_schema(RuleSet const& rules) {
  auto const& policy = rules.policy;
  std::string out = R"({"$schema":"https://json-schema.org/draft/2020-12/schema",)";
  append_annotations(out, policy.title.empty() ? Texts{{"en", policy.name}} : policy.title, {});
  out += R"("$comment":)";
  append_text(out, "a case of the policy " + policy.name + ", revision " + rules.revision);
  out += R"(,"type":"object","properties":{"at":{"anyOf":[)";
  out += time_form;
  out += R"(,{"type":"null"}]},"subject":{"type":["string","null"],"maxLength":)" +
         std::to_string(limits::subject_bytes_max) + "},";
  append_facts(out, policy.facts);
  out += ',';
  append_history(out, policy.events);
  out += R"(},"$defs":{)";
  bool is_first = true;
  for (auto const& fact : policy.facts) {
    if (!is_first) out += ',';
    is_first = false;
    append_fact(out, fact);
  }
  out += "}}";
  return out;
}

}  // namespace heed::json
