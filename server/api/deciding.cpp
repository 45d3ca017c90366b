#include "server/api/deciding.hpp"

#include <algorithm>
#include <chrono>

#include "server/api/past.hpp"
#include "server/api/sealing.hpp"
#include "server/api/workspace.hpp"
#include "server/http/problem.hpp"
#include "server/json/answer_order.hpp"
#include "server/json/case.hpp"
#include "server/json/decision.hpp"
#include "server/json/explanation.hpp"
#include "server/json/history.hpp"
#include "server/json/problem.hpp"
#include "server/json/resolved.hpp"
#include "server/json/source.hpp"
#include "server/store/sha256.hpp"

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

template <class Of>
store::Marks marks_of(Of const& decision) {
  store::Marks marks;
  for (auto const& need : decision.needs)
    if (need.state != NeedState::met)
      marks.needs.push_back({std::string{need.need}, std::string{name_of(need.state)}});
  marks.rules.assign(decision.fired.begin(), decision.fired.end());
  for (auto const& item : decision.plan) marks.actions.emplace_back(item.action);
  for (auto const& escalation : decision.escalations)
    if (escalation.to) marks.roles.emplace_back(*escalation.to);
  return marks;
}

Happened const& happened_of(Recording const& recording) {
  return recording.happened;
}
Happened const& happened_of(lent::Recording const& recording) {
  return *recording.happened;
}

/// Calls `decide()`, and observes how long it takes.
template <class Decide>
auto observe(Service& service, Decide const& decide) {
  auto const begun = std::chrono::steady_clock::now();
  auto result = decide();
  std::chrono::duration<double, std::micro> const taken = std::chrono::steady_clock::now() - begun;
  service.metrics.observe_decision_us(taken.count());
  return result;
}

/// A case to be decided, and what is known of the past of others.
struct Asked {
  Service& service;
  ActivePolicy const& policy;
  Case& subject;
  Instant now;
  Others const& others;
};

/// The decision lives until this thread decides again. The case is then complete: with what was
/// known of the past.
lent::Decision const& decide_here(Asked const& asked) {
  auto& evaluator = workspace_for(asked.policy.rules).evaluator;
  auto const* decision = observe(
      asked.service, [&] { return &evaluator.decide(asked.subject, asked.now, asked.others); });
  asked.subject.figures = decision->figures == nullptr ? Figures{} : *decision->figures;
  return *decision;
}

/// The same, explained.
Explanation explain_here(Asked const& asked) {
  auto result = observe(asked.service, [&] {
    return heed::explain(*asked.policy.rules, asked.subject, asked.now, asked.others);
  });
  asked.subject.figures = result.decision.figures;
  return result;
}

/// What is logged of a decision.
template <class Of>
void fill(store::Entry& entry, Asked const& asked, Of const& decision) {
  auto& service = asked.service;
  auto const& rules = *asked.policy.rules;
  auto const& order = workspace_for(asked.policy.rules).fact_order;
  auto const& sealed = asked.policy.sealed;
  std::string text;
  json::write_canonical_decision(text, decision, service.engine, entry.id);
  seal_entry(entry, {rules, asked.subject, asked.now, order}, std::move(text),
             may_hold(decision, sealed), sealed);
  entry.marks = marks_of(decision);
  for (auto const& recording : decision.record) {
    auto& event = entry.events.emplace_back();
    event = {.id = service.ids.next(service.clock().micros),
             .event = std::string{recording.event},
             .subject = asked.subject.subject,
             .at_us = asked.now.micros,
             .fields = json::event_fields(rules.policy, happened_of(recording)),
             .origin = "decision:" + entry.id};
    seal_event(event, sealed);
  }
}

void decide_and_fill(Decided& decided, Asked const& asked, Explain explain) {
  auto& entry = decided.entry;
  auto const& engine = asked.service.engine;
  if (explain == Explain::no) {
    auto const& decision = decide_here(asked);
    json::write_decision(decided.answer, decision, engine, entry.id);
    return fill(entry, asked, decision);
  }
  auto const explanation = explain_here(asked);
  json::write_explanation(decided.answer, explanation, engine, entry.id);
  fill(entry, asked, explanation.decision);
}

}  // namespace

Expected<Case*, json::CaseMistakes> read_subject(ActivePolicy const& policy, std::string_view body,
                                                 std::string_view source) {
  auto& workspace = workspace_for(policy.rules);
  if (source.empty()) return workspace.reader.read(body);
  auto const* const found = json::find_source(policy.rules->policy, source);
  ensure(found != nullptr);
  auto payload = json::read_payload(*policy.rules, *found, body);
  if (!payload) return Failure<json::CaseMistakes>{payload.error()};
  workspace.other = std::move(payload).value();
  return &workspace.other;
}

Asker asker_of(http::Request const& request) {
  return {request.user, request.trace_id};
}

Expected<Decided, Error> decide_for_log(Service& service, ActivePolicy const& policy, Case& subject,
                                        Explain explain, Asker const& asker) {
  Instant const now = subject.at.value_or(service.clock());
  auto const others = add_past(service, *policy.rules, subject, now);
  if (!others) return Failure<Error>{others.error()};
  Decided decided;
  auto& entry = decided.entry;
  entry.id = service.ids.next(service.clock().micros);
  entry.at_us = now.micros;
  entry.subject = subject.subject;
  entry.revision = policy.rules->revision;
  entry.engine = service.engine.version;
  entry.by = asker.by;
  entry.trace = asker.trace;
  decide_and_fill(decided, {service, policy, subject, now, others.value()}, explain);
  return decided;
}

Expected<std::string, Error> decide_for_preview(Service& service, ActivePolicy const& policy,
                                                Case& subject, Explain explain) {
  Instant const now = subject.at.value_or(service.clock());
  auto const others = add_past(service, *policy.rules, subject, now);
  if (!others) return Failure<Error>{others.error()};
  std::string answer;
  Asked const asked{service, policy, subject, now, others.value()};
  if (explain == Explain::full)
    json::write_explanation(answer, explain_here(asked), service.engine, {});
  else
    json::write_decision(answer, decide_here(asked), service.engine);
  return answer;
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

Expected<std::string, Error> settle(Service& service,
                                    Expected<store::Appended, Error> const& appended,
                                    std::string answer) {
  if (!appended) {
    bool const refused = appended.error().code == "log.key-reused";
    service.metrics.count(refused ? Metrics::Outcome::refused : Metrics::Outcome::not_logged);
    return Failure<Error>{appended.error()};
  }
  if (appended.value().written != store::Written::before) {
    service.metrics.count(Metrics::Outcome::decided);
    return answer;
  }
  auto first = first_answer(appended.value());
  service.metrics.count(first ? Metrics::Outcome::repeated : Metrics::Outcome::refused);
  return first;
}

std::string head_of(http::Request const& request) {
  std::string head = request.path + "\n";
  for (auto const& [name, value] : request.query)
    head.append(name).append("=").append(value).append("&");
  return head + "\n";
}

std::string fingerprint_of(std::string_view head, std::string_view body) {
  auto const digest = store::Sha256{}.add(head).add(body).finish();
  return std::string{store::as_bytes(digest)};
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
