#include "server/api/deciding.hpp"

#include <algorithm>
#include <chrono>

#include "server/api/canonical_text.hpp"
#include "server/api/past.hpp"
#include "server/api/sealing.hpp"
#include "server/http/problem.hpp"
#include "server/json/answer_order.hpp"
#include "server/json/case.hpp"
#include "server/json/decision.hpp"
#include "server/json/explanation.hpp"
#include "server/json/history.hpp"
#include "server/json/problem.hpp"
#include "server/json/resolved.hpp"
#include "server/json/source.hpp"

namespace heed::api {
namespace {

std::string_view name_of(NeedState state) {
  switch (state) {
    case NeedState::met:
      return "met";
    case NeedState::threatened:
      return "threatened";
    case NeedState::violated:
      return "violated";
  }
  return "";
}

store::Marks marks_of(Decision const& decision) {
  store::Marks marks;
  for (auto const& need : decision.needs)
    if (need.state != NeedState::met)
      marks.needs.push_back({need.need, std::string{name_of(need.state)}});
  marks.rules = decision.fired;
  for (auto const& item : decision.plan) marks.actions.push_back(item.action);
  for (auto const& escalation : decision.escalations)
    if (escalation.to) marks.roles.push_back(*escalation.to);
  return marks;
}

/// The explanation, whose decision is the answer, or the decision alone. The case is then complete:
/// with what was known of the past.
Expected<Explanation, Error> decide_as(Service& service, ActivePolicy const& policy, Case& subject,
                                       Instant now, Explain explain) {
  auto const others = add_past(service, *policy.rules, subject, now);
  if (!others) return Failure<Error>{others.error()};
  auto const begun = std::chrono::steady_clock::now();
  Explanation result;
  if (explain == Explain::full)
    result = heed::explain(*policy.rules, subject, now, others.value());
  else
    result.decision = decide(*policy.rules, subject, now, others.value());
  std::chrono::duration<double, std::micro> const taken = std::chrono::steady_clock::now() - begun;
  service.metrics.observe_decision_us(taken.count());
  subject.figures = result.decision.figures;
  return result;
}

std::string answer_of(Service& service, Explanation const& result, std::string_view id,
                      Explain explain) {
  std::string answer;
  if (explain == Explain::full)
    json::write_explanation(answer, result, service.engine, id);
  else
    json::write_decision(answer, result.decision, service.engine, id);
  return answer;
}

}  // namespace

Expected<Case, json::CaseMistakes> read_subject(ActivePolicy const& policy, std::string_view body,
                                                std::string_view source) {
  if (source.empty()) return json::read_case(*policy.rules, body);
  auto const* const found = json::find_source(policy.rules->policy, source);
  ensure(found != nullptr);
  return json::read_payload(*policy.rules, *found, body);
}

Asker asker_of(http::Request const& request) {
  return {request.user, request.trace_id};
}

Expected<Decided, Error> decide_for_log(Service& service, ActivePolicy const& policy, Case subject,
                                        Explain explain, Asker const& asker) {
  Instant const now = subject.at.value_or(service.clock());
  auto const result = decide_as(service, policy, subject, now, explain);
  if (!result) return Failure<Error>{result.error()};
  auto const& decision = result.value().decision;
  Decided decided;
  auto& entry = decided.entry;
  entry.id = service.ids.next(service.clock().micros);
  entry.at_us = now.micros;
  entry.subject = subject.subject;
  entry.revision = policy.rules->revision;
  entry.engine = service.engine.version;
  entry.case_json = json::resolved_case(*policy.rules, subject, now);
  decided.answer = answer_of(service, result.value(), entry.id, explain);
  entry.decision_json = canonical_text(
      explain == Explain::full ? answer_of(service, result.value(), entry.id, Explain::no)
                               : decided.answer);
  entry.marks = marks_of(decision);
  entry.by = asker.by;
  entry.trace = asker.trace;
  for (auto const& recording : decision.record)
    entry.events.push_back({.id = service.ids.next(service.clock().micros),
                            .event = recording.event,
                            .subject = subject.subject,
                            .at_us = now.micros,
                            .fields = json::event_fields(policy.rules->policy, recording.happened),
                            .origin = "decision:" + entry.id});
  for (auto& event : entry.events) seal_event(event, policy.sealed);
  seal_entry(entry, policy.sealed);
  return decided;
}

Expected<std::string, Error> decide_for_preview(Service& service, ActivePolicy const& policy,
                                                Case subject, Explain explain) {
  Instant const now = subject.at.value_or(service.clock());
  auto const result = decide_as(service, policy, subject, now, explain);
  if (!result) return Failure<Error>{result.error()};
  return answer_of(service, result.value(), {}, explain);
}

http::Response refuse_case(json::CaseMistakes const& mistakes) {
  auto const problem = json::to_problem(mistakes);
  http::Response response{.status = problem.status, .content_type = "application/problem+json"};
  json::write_problem(response.body, problem);
  return response;
}

Expected<std::string, Error> first_answer(store::Appended const& appended) {
  std::string decision = appended.decision_json;
  bool const is_open = appended.seal == store::Seal::none || appended.seal == store::Seal::opened;
  if (decision.empty() || !is_open || !open_decision(decision, appended.secret)) {
    return Failure<Error>{{"decision.erased",
                           "what was answered when the key came first was erased since",
                           "use a new key to have the case decided again"}};
  }
  return json::in_answer_order(decision).value_or(decision);
}

http::Response refuse(int status, Error const& error) {
  std::string kind{error.code};
  std::ranges::replace(kind, '.', '-');
  std::string detail = error.message;
  if (!error.help.empty()) detail += "; " + error.help;
  return http::problem(status, kind, "The request cannot be done", detail);
}

http::Response refuse_unlogged(Error const& error) {
  if (error.code == "log.key-reused")
    return http::problem(422, "key-reused", "The Idempotency-Key came with another request before",
                         error.message);
  if (error.code == "log.too-large")
    return http::problem(413, "record-too-large", "The decision is too large for the log",
                         error.message);
  if (error.code == "log.bad-record") return refuse(422, error);
  if (error.code == "decision.erased") return refuse(410, error);
  auto response = refuse(503, error);
  response.headers.emplace_back("Retry-After", "1");
  return response;
}

}  // namespace heed::api
