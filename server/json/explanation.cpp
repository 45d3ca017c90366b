#include "server/json/explanation.hpp"

#include <array>

#include "server/json/decision.hpp"
#include "server/json/write.hpp"

namespace heed::json {
namespace {

constexpr std::array<std::string_view, 5> status_names{"fired", "pending", "did_not_fire",
                                                       "out_of_its_days", "overridden"};
constexpr std::array<std::string_view, 3> truth_names{"false", "null", "true"};

void append_read(std::string& out, ConditionTrace::Read const& read) {
  out += R"({"name":)";
  append_text(out, read.name);
  out += R"(,"value":)";
  append_shown(out, read.value);
  out += read.known ? R"(,"known":true})" : R"(,"known":false})";
}

void append_trace(std::string& out, ConditionTrace const& trace) {
  out += R"({"text":)";
  append_text(out, trace.text);
  out += R"(,"holds":)";
  out += truth_names[static_cast<std::size_t>(trace.truth)];
  out += R"(,"reads":)";
  append_each(out, trace.reads, [&](auto const& read) { append_read(out, read); });
  out += R"(,"parts":)";
  append_each(out, trace.parts, [&](auto const& part) { append_trace(out, part); });
  out += '}';
}

void append_trace(std::string& out, std::optional<ConditionTrace> const& trace) {
  if (trace) {
    append_trace(out, *trace);
  } else {
    out += "null";
  }
}

void append_rule(std::string& out, RuleExplanation const& rule) {
  out += R"({"rule":)";
  append_text(out, rule.rule);
  out += R"(,"status":)";
  append_text(out, status_names[static_cast<std::size_t>(rule.status)]);
  out += R"(,"when":)";
  append_trace(out, rule.when);
  out += R"(,"stopped_by":)";
  append_trace(out, rule.stopped_by);
  out += R"(,"overridden_by":)";
  append_list(out, rule.overridden_by);
  out += R"(,"waits_for":)";
  append_list(out, rule.waits_for);
  out += '}';
}

}  // namespace

void write_explanation(std::string& out, Explanation const& explanation,
                       EngineVersion const& engine, std::string_view id) {
  write_decision(out, explanation.decision, engine, id);
  out.pop_back();  // its closing brace
  out += R"(,"explanation":)";
  append_each(out, explanation.rules, [&](auto const& rule) { append_rule(out, rule); });
  out += '}';
}

}  // namespace heed::json
