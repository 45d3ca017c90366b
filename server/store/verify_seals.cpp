#include "server/store/verify_seals.hpp"

#include <algorithm>

#include "server/store/erasure.hpp"
#include "server/store/kinds.hpp"
#include "server/store/retention.hpp"

namespace heed::store {
namespace {

Finding sound() {
  return std::optional<Problem>{};
}

std::string text_of(std::int64_t number) {
  return std::to_string(number);
}

// Whether a record of this kind was written after the pass began.
Expected<bool, Error> came_later(Database& database, Head const& head, std::int64_t sequence,
                                 std::string_view kind) {
  if (sequence <= head.sequence) return false;
  auto found =
      database.query("SELECT 1 FROM records WHERE sequence = ? AND kind = ?", sequence, kind);
  if (!found) return pass_on(found);
  auto const row = found.value().next();
  if (!row) return pass_on(row);
  return row.value() == Row::ready;
}

}  // namespace

void SealCheck::note_dropped(RecordRow const& row) {
  if (row.columns.kind == kinds::retention) {
    auto const said = read_retention(row.case_json);
    // What is said cannot reach beyond the record that says it.
    if (said && said->records < row.columns.sequence)
      promised_ = std::max(promised_, said->records);
  }
  if (row.digests.empty()) return;
  ++dropped_;
  last_dropped_ = row.columns.sequence;
}

std::optional<Problem> SealCheck::examine_erasure(RecordRow const& row) {
  if (row.columns.kind != kinds::erasure) return std::nullopt;
  std::int64_t const sequence = row.columns.sequence;
  auto const said = read_erasure(row.case_json);
  if (!said) {
    return Problem{"verify.erasure", sequence, "", std::string{row.case_json},
                   "the record does not say which key was destroyed"};
  }
  said_[said->key] = sequence;
  return std::nullopt;
}

Finding SealCheck::add(Database& database, RecordRow const& row, Secret& secret) {
  std::int64_t const sequence = row.columns.sequence;
  note_dropped(row);
  if (auto problem = examine_erasure(row)) return problem;
  auto opened = open_sealed(database, master_, row.sealed, row.columns.id);
  if (!opened) return pass_on(opened);
  secret = std::move(opened).value();
  if (secret.seal == Seal::none) return sound();
  ++sealed_;
  if (secret.seal == Seal::damaged) {
    return std::optional{
        Problem{"verify.sealed", sequence, "", "",
                "what is sealed in the record, or its key, is not what was sealed"}};
  }
  if (secret.seal == Seal::locked) ++locked_;
  if (secret.seal != Seal::erased) {
    auto const& columns = row.columns;
    auto const in_use =
        find_key(database, {columns.subject, columns.subject.empty() ? columns.id : ""});
    if (!in_use) return pass_on(in_use);
    if (in_use.value() != secret.key) {
      return std::optional{
          Problem{"verify.sealed", sequence, text_of(secret.key), text_of(in_use.value()),
                  "the key that sealed the record is not the one in use for whom it "
                  "is about: an erasure would miss it"}};
    }
  }
  if (secret.seal == Seal::erased) {
    ++erased_;
    auto& gone = gone_[secret.key];
    gone.claimed_by = secret.erased_by;
    ++gone.records;
  }
  return sound();
}

Finding SealCheck::end(Database& database, Head const& head) {
  for (auto const& [key, gone] : gone_) {
    auto const said = said_.find(key);
    if (said != said_.end() && said->second == gone.claimed_by) continue;
    auto const later = came_later(database, head, gone.claimed_by, kinds::erasure);
    if (!later) return pass_on(later);
    if (later.value()) continue;
    return std::optional{Problem{"verify.erasure", said == said_.end() ? 0 : said->second,
                                 text_of(gone.claimed_by),
                                 said == said_.end() ? "" : text_of(said->second),
                                 "a key that sealed " + text_of(gone.records) +
                                     " records was destroyed, and no record says so"}};
  }
  auto const astray = database.read_integer(
      "SELECT (SELECT count(*) FROM keys_in_use WHERE number NOT IN (SELECT number FROM "
      "subject_keys) OR number IN (SELECT number FROM erased_keys)) + (SELECT count(*) FROM "
      "erased_keys AS e LEFT JOIN subject_keys AS k ON k.number = e.number WHERE k.wrapped IS NULL "
      "OR k.wrapped <> zeroblob(72)) + (SELECT count(*) FROM subject_keys WHERE length(wrapped) <> "
      "72)");
  if (!astray) return pass_on(astray);
  if (astray.value() != 0) {
    return std::optional{Problem{"verify.sealed", 0, "0", text_of(astray.value()),
                                 "the tables of keys that seal contradict each other"}};
  }
  if (last_dropped_ <= promised_) return sound();
  auto const later =
      database.read_integer("SELECT count(*) FROM records, head WHERE records.sequence > " +
                            text_of(head.sequence) + " AND kind = 'retention'");
  if (!later) return pass_on(later);
  if (later.value() > 0) return sound();
  return std::optional{Problem{"verify.dropped", last_dropped_, text_of(promised_),
                               text_of(last_dropped_),
                               "what the record held is gone, and no record says that it was "
                               "dropped"}};
}

}  // namespace heed::store
