#include "server/api/verify.hpp"

#include "server/api/sealing.hpp"
#include "server/api/workspace.hpp"
#include "server/json/decision.hpp"
#include "server/json/document.hpp"
#include "server/json/write.hpp"
#include "server/store/kinds.hpp"

namespace heed::api {
EngineVersion version_in(std::string const& decision) {
  auto const document = json::read_document(decision, limits::log_record_bytes_max);
  if (!document) return {};
  auto const* const engine = json::find_member(document.value(), "engine");
  auto const text = [&](std::string_view name) {
    auto const* const member = engine == nullptr ? nullptr : json::find_member(*engine, name);
    return member == nullptr ? std::string{} : member->text;
  };
  return {text("version"), text("tz"), text("cldr")};
}

bool is_same(EngineVersion const& left, EngineVersion const& right) {
  return left.version == right.version && left.tz == right.tz && left.cldr == right.cldr;
}

std::string engine_member(EngineVersion const& engine) {
  std::string member = R"("engine":{"cldr":)";
  json::append_text(member, engine.cldr);
  member += R"(,"tz":)";
  json::append_text(member, engine.tz);
  member += R"(,"version":)";
  json::append_text(member, engine.version);
  return member + "}";
}

Redecider::Redecider(EngineVersion engine, std::shared_ptr<LoadedPolicies> policies)
    : engine_{std::move(engine)},
      engine_json_{engine_member(engine_)},
      policies_{std::move(policies)} {}

bool Redecider::is_ours(std::string const& decision) const {
  return decision.find(engine_json_) != std::string::npos || is_same(version_in(decision), engine_);
}

std::optional<store::Objection> Redecider::check(store::Record const& record,
                                                 store::StoredPolicy const* policy) {
  if (record.entry.kind != store::kinds::decision || !is_readable(record)) return std::nullopt;
  if (record.seal == store::Seal::none) return check_opened(record, policy);
  store::Record opened = record;
  if (open_record(opened)) return check_opened(opened, policy);
  return store::Objection{"the values that the record commits to", "others",
                          "what is sealed is not what the record commits to"};
}

std::optional<store::Objection> Redecider::check_opened(store::Record const& record,
                                                        store::StoredPolicy const* policy) {
  auto const& entry = record.entry;
  if (!is_ours(entry.decision_json)) {
    ++by_another_engine_;
    return std::nullopt;
  }
  auto const rules = policy == nullptr ? nullptr : policies_->rules_of(*policy);
  if (rules == nullptr)
    return store::Objection{"a policy that can be loaded", "none",
                            "the policy that decided it cannot be loaded"};
  auto& workspace = workspace_for(rules);
  auto const* subject = workspace.read_resolved(entry.case_json);
  if (subject == nullptr)
    return store::Objection{"a case", entry.case_json.substr(0, 200), "its case cannot be read"};
  std::string again;
  json::write_canonical_decision(again, workspace.evaluator.decide(*subject, Instant{entry.at_us}),
                                 engine_, entry.id);
  ++decided_again_;
  if (again == entry.decision_json) return std::nullopt;
  return store::Objection{again, entry.decision_json,
                          "the decision is not what the policy decides"};
}

}  // namespace heed::api
