#include "server/api/shown_record.hpp"

#include <algorithm>

#include "engine/base/hex.hpp"
#include "server/api/logged_case.hpp"
#include "server/api/proof_text.hpp"
#include "server/api/record_text.hpp"
#include "server/api/verify.hpp"
#include "server/json/case.hpp"
#include "server/json/decision.hpp"
#include "server/json/laid_out.hpp"
#include "server/json/logged_decision.hpp"
#include "server/json/resolved.hpp"
#include "server/proof/paths.hpp"
#include "server/store/kinds.hpp"

namespace heed::api {
namespace {

using pages::DecidedAgain;
using pages::Proof;
using pages::ShownRecord;

/// Whether the record is a leaf of the tree under the signed head. Nothing of it is believed: the
/// leaf is computed from the record, the head is opened with the key.
Expected<Proof, Error> examine_proof(store::Reader& reader, store::Record const& record,
                                     ShownRecord& shown) {
  auto const head = reader.signed_head();
  auto const signers = reader.signers();
  auto const proved = find_proved(reader, record.sequence);
  if (!head) return Failure<Error>{head.error()};
  if (!signers) return Failure<Error>{signers.error()};
  if (!proved) return Failure<Error>{proved.error()};
  shown.head_records = head.value().sequence;
  if (signers.value().empty() || head.value().note.empty()) return Proof::unsigned_log;
  shown.verifier_key = signers.value().back().verifier_key;
  auto const key = proof::read_verifier_key(shown.verifier_key);
  if (!key || !proved.value()) return Proof::broken;
  auto const opened = proof::open_checkpoint(head.value().note, key.value());
  if (!opened) return Proof::broken;
  auto const& tree = opened.value().tree;
  if (record.sequence > tree.size) return Proof::waits;
  auto const path = reader.tiles().hash(proof::inclusion_path(record.sequence - 1, tree.size));
  if (!path && path.error().code != "log.corrupt") return Failure<Error>{path.error()};
  bool const holds = path && proof::proves_inclusion(proof::hash_leaf(proved.value()->envelope),
                                                     record.sequence - 1, tree, path.value());
  return holds ? Proof::holds : Proof::broken;
}

std::vector<RuleExplanation> without_conditions(Policy const& policy, Decision const& decision) {
  std::vector<RuleExplanation> rules;
  auto const add = [&](std::vector<std::string> const& names, RuleStatus status) {
    for (auto const& name : names) {
      auto const rule = std::ranges::find(policy.rules, name, &Rule::name);
      if (rule == policy.rules.end()) continue;
      RuleExplanation each{.rule = name, .title = rule->title, .because = {}};
      each.sources = rule->sources;
      each.status = status;
      rules.push_back(std::move(each));
    }
  };
  add(decision.fired, RuleStatus::fired);
  add(decision.pending, RuleStatus::pending);
  return rules;
}

/// Fills in what can be read of a decision whose private values cannot. False where it is not what
/// its policy would write.
bool show_without_sealed(store::Entry const& entry, LoggedCase const& logged,
                         std::shared_ptr<RuleSet const> rules, ShownRecord& shown) {
  auto const resolved = json::read_document(entry.case_json, limits::log_record_bytes_max);
  auto const decided = json::read_document(logged.decision_json, limits::log_record_bytes_max);
  if (rules == nullptr || !resolved || !decided) return false;
  auto known = json::read_case(*rules, json::without_sealed(resolved.value()));
  if (!known) return false;
  shown.known = std::move(known).value();
  shown.hidden_facts = json::sealed_facts(resolved.value());
  auto& decision = shown.explanation.decision;
  decision = json::read_logged_decision(decided.value(), rules->policy.zone);
  shown.explanation.rules = without_conditions(rules->policy, decision);
  shown.engine = version_in(logged.decision_json);
  shown.again = logged.kept == Kept::erased ? DecidedAgain::erased : DecidedAgain::sealed;
  shown.rules = std::move(rules);
  return true;
}

/// Fills in the decision. Where it cannot be made again, says why instead.
void decide_again(store::Record const& record, std::shared_ptr<RuleSet const> rules,
                  ShownRecord& shown) {
  auto const logged = open_logged(record);
  if (logged.kept == Kept::dropped) {
    shown.what = {{"en", "a decision whose case is gone by age; its hashes are there"},
                  {"he", "החלטה שהמקרה שלה נמחק מפאת גיל; הגיבובים נשמרו"}};
    return;
  }
  if (logged.kept != Kept::whole) {
    bool const is_erased = logged.kept == Kept::erased;
    shown.what = {{"en", is_erased ? "a decision; what was private in it was erased"
                                   : "a decision; what is private in it is sealed"},
                  {"he", is_erased ? "החלטה; הערכים החסויים בה נמחקו לצמיתות"
                                   : "החלטה; הערכים החסויים בה חתומים"}};
    if (!show_without_sealed(record.entry, logged, std::move(rules), shown))
      shown.holds = json::laid_out(logged.decision_json);
    return;
  }
  shown.what = {{"en", "a decision; its policy in the store cannot decide it again"},
                {"he", "החלטה; המדיניות שביומן אינה יכולה להכריע אותה שוב"}};
  shown.holds = json::laid_out(logged.decision_json);
  if (rules == nullptr) return;
  auto subject = json::read_resolved_case(*rules, logged.case_json);
  if (!subject) return;
  shown.known = std::move(subject).value();
  shown.explanation = explain(*rules, shown.known, Instant{record.entry.at_us});
  shown.engine = version_in(logged.decision_json);
  auto const ours = engine_version();
  std::string text;
  json::write_canonical_decision(text, shown.explanation.decision, shown.engine, record.entry.id);
  if (text != logged.decision_json)
    shown.again = is_same(shown.engine, ours) ? DecidedAgain::differs : DecidedAgain::other_engine;
  shown.rules = std::move(rules);
}

}  // namespace

Expected<ShownRecord, Error> show_record(store::Reader& reader, store::Record const& record) {
  auto const& entry = record.entry;
  ShownRecord shown{.sequence = record.sequence,
                    .id = entry.id,
                    .subject = entry.subject,
                    .by = entry.by,
                    .trace = entry.trace,
                    .at = Instant{entry.at_us},
                    .recorded_at = Instant{record.recorded_at_us},
                    .hash = to_hex(record.hash)};
  shown.revision = entry.revision;
  auto const store_id = reader.store_id();
  if (!store_id) return Failure<Error>{store_id.error()};
  shown.log = store::origin_of(store_id.value());
  auto const proof = examine_proof(reader, record, shown);
  if (!proof) return Failure<Error>{proof.error()};
  shown.proof = proof.value();
  if (entry.kind != store::kinds::decision) {
    shown.what = {{"en", std::string{kind_words(entry.kind, Language::english)}},
                  {"he", std::string{kind_words(entry.kind, Language::hebrew)}}};
    shown.holds = json::laid_out(entry.case_json);
    return shown;
  }
  auto const policy = reader.policy(entry.revision);
  if (!policy) return Failure<Error>{policy.error()};
  decide_again(record,
               policy.value() ? load(policy.value()->sources, entry.revision).rules : nullptr,
               shown);
  return shown;
}

std::vector<Language> page_languages(std::string_view asked, ShownRecord const& record) {
  if (asked != "both") return {find_language(asked)};
  auto const first =
      record.rules ? find_language(record.rules->policy.languages.front()) : Language::english;
  return {first, first == Language::hebrew ? Language::english : Language::hebrew};
}

}  // namespace heed::api
