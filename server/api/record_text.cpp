#include "server/api/record_text.hpp"

#include "engine/base/hex.hpp"
#include "engine/base/time.hpp"
#include "server/api/sealing.hpp"
#include "server/http/problem.hpp"
#include "server/json/logged_decision.hpp"
#include "server/json/resolved.hpp"
#include "server/store/kinds.hpp"
#include "server/store/sha256.hpp"

namespace heed::api {
namespace {

void append_member(std::string& out, std::string_view name, std::string_view value) {
  out += out.size() > 1 ? ",\"" : "\"";
  out.append(name).append("\":");
  http::append_json(out, value);
}

void append_raw(std::string& out, std::string_view name, std::string_view json) {
  out += out.size() > 1 ? ",\"" : "\"";
  out.append(name).append("\":").append(json);
}

/// What became of what is sealed in it. Who may not read it sees `sealed` where it could be opened.
std::string_view words_of(store::Seal seal) {
  switch (seal) {
    case store::Seal::none:
      return "none";
    case store::Seal::opened:
    case store::Seal::locked:
      return "sealed";
    case store::Seal::erased:
      return "erased";
    case store::Seal::damaged:
      return "damaged";
  }
  return "";
}

/// Why a case cannot be read as it was decided.
std::string unreadable_words(store::Record const& record, bool hebrew) {
  if (record.is_dropped)
    return hebrew ? "תוכן הרשומה נמחק בשל גילה; גיבוביה נשמרו\n"
                  : "what it held was dropped for its age; its hashes are kept\n";
  if (record.seal == store::Seal::erased)
    return hebrew ? "הערכים החסויים בה נמחקו לצמיתות: במקומם מופיע …\n"
                  : "what was private in it was erased: … stands for it\n";
  return hebrew ? "הערכים החסויים בה נעולים, ומפתח האב אינו כאן: במקומם מופיע …\n"
                : "what is private in it is sealed, and the master key is not at hand: … stands "
                  "for it\n";
}

/// Of a record that holds no decision.
std::string event_words(store::Record const& record, Language language) {
  bool const hebrew = language == Language::hebrew;
  std::string words = (hebrew ? "רשומה " : "record ") + std::to_string(record.sequence) + "  " +
                      record.entry.id + "\n" + (hebrew ? "נרשמה " : "recorded ") +
                      Zone::utc().to_text(Instant{record.recorded_at_us}) + "\n";
  if (!record.entry.by.empty()) words += (hebrew ? "על ידי " : "by ") + record.entry.by + "\n";
  return words + std::string{kind_words(record.entry.kind, language)} + ":\n" +
         record.entry.case_json + "\n";
}

}  // namespace

std::string_view kind_words(std::string_view kind, Language language) {
  bool const hebrew = language == Language::hebrew;
  if (kind == store::kinds::key)
    return hebrew ? "מכאן והלאה היומן נחתם במפתח אחר"
                  : "from here on the log signs with another key";
  if (kind == store::kinds::policy)
    return hebrew ? "מכאן והלאה מחליטה מדיניות אחרת" : "from here on another policy decides";
  if (kind == store::kinds::erasure)
    return hebrew ? "המפתח לנתונים חסויים הושמד" : "the key of private values was destroyed";
  if (kind == store::kinds::retention)
    return hebrew ? "תוכנן של רשומות ישנות נמחק, וגיבוביהן נשמרו"
                  : "old records were dropped but for their hashes";
  return hebrew ? "החלטה" : "a decision";
}

std::string record_json(store::Record const& record) {
  auto const& entry = record.entry;
  std::string out = "{";
  append_raw(out, "sequence", std::to_string(record.sequence));
  append_member(out, "id", entry.id);
  append_member(out, "kind", entry.kind);
  append_member(out, "recorded_at", Zone::utc().to_text(Instant{record.recorded_at_us}));
  append_member(out, "at", Zone::utc().to_text(Instant{entry.at_us}));
  append_member(out, "subject", entry.subject);
  append_member(out, "revision", entry.revision);
  append_member(out, "engine", entry.engine);
  append_member(out, "by", entry.by);
  append_member(out, "trace", entry.trace);
  append_member(out, "hash", to_hex(record.hash));
  append_member(out, "seal", words_of(record.seal));
  if (record.is_dropped) append_raw(out, "dropped", "true");
  append_raw(out, "case", entry.case_json.empty() ? "null" : entry.case_json);
  append_raw(out, "decision", entry.decision_json.empty() ? "null" : entry.decision_json);
  return out + "}";
}

Expected<std::string, Error> record_words(store::Reader& reader, store::Record const& record,
                                          Language language) {
  auto opened = record;
  auto const& entry = opened.entry;
  if (entry.kind != store::kinds::decision) return event_words(record, language);
  bool const hebrew = language == Language::hebrew;
  auto const policy = reader.policy(entry.revision);
  if (!policy) return Failure<Error>{policy.error()};
  auto const rules = policy.value() ? load(policy.value()->sources, entry.revision).rules : nullptr;
  if (!rules)
    return Failure<Error>{{"log.no-policy", "the policy that decided it is not in the store", ""}};
  std::string words =
      (hebrew ? "רשומה " : "record ") + std::to_string(record.sequence) + "  " + entry.id + "\n";
  words += (hebrew ? "נרשמה " : "recorded ") +
           rules->policy.zone.to_text(Instant{record.recorded_at_us}) + "\n";
  words += (hebrew ? "מדיניות " : "policy ") + policy.value()->name + " " + entry.revision + "\n";
  words += (hebrew ? "גיבוב " : "hash ") + to_hex(record.hash) + "\n\n";
  if (!is_readable(record) || !open_record(opened)) {
    auto const decided = json::read_document(entry.decision_json, limits::log_record_bytes_max);
    words += unreadable_words(record, hebrew);
    if (!decided) return words;
    return words + "\n" +
           to_words(json::read_logged_decision(decided.value(), rules->policy.zone), language,
                    rules.get());
  }
  auto const subject = json::read_resolved_case(*rules, entry.case_json);
  if (!subject)
    return Failure<Error>{
        {"log.unreadable", "its case cannot be read", "`heed log verify` says more"}};
  return words +
         to_words(decide(*rules, subject.value(), Instant{entry.at_us}), language, rules.get());
}

}  // namespace heed::api
