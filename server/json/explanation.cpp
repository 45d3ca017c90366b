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

void append_fact(std::string& out, Shown const& value, bool is_known) {
  out += R"({"value":)";
  append_shown(out, value);
  out += is_known ? R"(,"known":true})" : R"(,"known":false})";
}

/// Without its closing brace.
void append_open_miss(std::string& out, NearestMiss const& miss) {
  out += R"({"changes":)";
  append_each(out, miss.changes, [&](FactChange const& change) {
    out += R"({"fact":)";
    append_text(out, change.fact);
    out += R"(,"from":)";
    append_fact(out, change.before, change.was_known);
    out += R"(,"to":)";
    append_fact(out, change.after, change.is_known);
    out += '}';
  });
  out += R"(,"tries":)" + std::to_string(miss.tries);
  out += miss.is_complete ? R"(,"complete":true)" : R"(,"complete":false)";
}

void append_escalations(std::string& out, Explanation const& explanation) {
  append_open_miss(out, explanation.escalation->change);
  out += R"(,"then":)";
  append_each(out, explanation.escalation->then, [&](Escalation const& escalation) {
    out += R"({"to":)";
    append_text_or_null(out, escalation.to);
    out += R"(,"due":)";
    auto const& zone = explanation.decision.zone;
    append_text_or_null(
        out, escalation.due ? std::optional{zone.to_text(*escalation.due)} : std::nullopt);
    out += '}';
  });
  out += '}';
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
  out += R"(,"failed":)";
  append_each(out, rule.failed, [&](auto const& failed) { append_trace(out, failed); });
  out += R"(,"waits_for":)";
  append_list(out, rule.waits_for);
  out += R"(,"nearest":)";
  if (rule.nearest) {
    append_open_miss(out, *rule.nearest);
    out += '}';
  } else {
    out += "null";
  }
  out += '}';
}

}  // namespace

void write_explanation(std::string& out, Explanation const& explanation,
                       EngineVersion const& engine, std::string_view id) {
  write_decision(out, explanation.decision, engine, id);
  out.pop_back();  // its closing brace
  out += R"(,"explanation":)";
  append_each(out, explanation.rules, [&](auto const& rule) { append_rule(out, rule); });
  if (explanation.escalation) {
    out += R"(,"nearest_escalation":)";
    append_escalations(out, explanation);
  }
  out += '}';
}

}  // namespace heed::json
