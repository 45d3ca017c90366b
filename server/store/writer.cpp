#include "server/store/writer.hpp"

#include <utility>

#include "server/store/events.hpp"
#include "server/store/index.hpp"
#include "server/store/key_scope.hpp"
#include "server/store/keys.hpp"
#include "server/store/kinds.hpp"
#include "server/store/marks.hpp"
#include "server/store/rows.hpp"
#include "server/store/uuid.hpp"

namespace heed::store {
namespace {

Failure<Error> bad_record(std::string message) {
  return {{"log.bad-record", std::move(message), ""}};
}

}  // namespace

Expected<Prepared, Error> prepare(Entry entry) {
  if (!is_uuid(entry.id)) return bad_record("`" + entry.id + "` is not an id of a record");
  if (entry.key.empty() ? !entry.request.empty() : entry.request.size() != sizeof(Digest)) {
    return bad_record("an idempotency key and the hash of its request come together");
  }
  bool const long_name = entry.subject.size() > limits::log_name_bytes_max ||
                         sent_key(entry.key).size() > limits::log_name_bytes_max ||
                         entry.by.size() > limits::log_name_bytes_max;
  auto marks = encode(entry.marks);
  if (!marks) return pass_on(marks);
  std::size_t const size = entry.case_json.size() + entry.decision_json.size() +
                           marks.value().size() + entry.secret.size();
  if (long_name || size > limits::log_record_bytes_max) {
    return Failure<Error>{{"log.too-large",
                           long_name ? "a subject, a token's id or an idempotency key is longer "
                                       "than " +
                                           std::to_string(limits::log_name_bytes_max) + " bytes"
                                     : "the case and its decision are larger than " +
                                           std::to_string(limits::log_record_bytes_max) + " bytes",
                           ""}};
  }
  RecordColumns const columns{.kind = entry.kind,
                              .revision = entry.revision,
                              .key = entry.key,
                              .marks = marks.value(),
                              .trace = entry.trace};
  if (auto const wrong = objection_to(columns, entry.case_json, entry.decision_json);
      !wrong.empty()) {
    return bad_record(std::string{wrong});
  }
  Prepared prepared{std::move(entry), std::move(marks).value(), {}, {}};
  prepared.case_digest = sha256(prepared.entry.case_json);
  prepared.decision_digest = sha256(prepared.entry.decision_json);
  return prepared;
}

Expected<PreparedEvent, Error> prepare(Event event, EventKey key) {
  if (!is_uuid(event.id)) return bad_record("`" + event.id + "` is not an id of an event");
  if (key.key.empty() ? !key.request.empty() : key.request.size() != sizeof(Digest)) {
    return bad_record("an idempotency key and the hash of its request come together");
  }
  bool const long_name = event.subject.size() > limits::log_name_bytes_max ||
                         sent_key(key.key).size() > limits::log_name_bytes_max;
  if (long_name || event.fields.size() > limits::log_record_bytes_max) {
    return Failure<Error>{{"log.too-large", "the event or its key is too large for the log", ""}};
  }
  return PreparedEvent{std::move(event), std::move(key)};
}

Writer::Writer(Database database, Clock clock, std::int64_t key_age_us, std::string key_path)
    : database_{std::move(database)},
      clock_{std::move(clock)},
      key_age_us_{key_age_us},
      key_path_{std::move(key_path)} {}

// Begins a transaction and answers the head, with the tree as far as it goes.
Expected<Head, Error> Writer::begin() {
  if (auto begun = database_.run("BEGIN IMMEDIATE"); !begun) return pass_on(begun);
  auto head = read_head(database_);
  if (!head) return head;
  now_us_ = clock_();
  // Another program may have written since, or our last transaction may have failed.
  if (tree_ && tree_->size() == head.value().sequence) return head;
  auto tree = GrowingTree::load(database_, head.value().sequence);
  if (!tree) return pass_on(tree);
  if (tree.value().root() != head.value().root) {
    return Failure<Error>{{"log.corrupt", "the log's tree has not the root that its head names",
                           "`heed log verify` says more; keep the file and restore a backup"}};
  }
  tree_ = std::move(tree).value();
  return head;
}

// Writes what follows from the records of the transaction, and ends it.
Expected<Done, Error> Writer::commit(Head& head) {
  auto const indexed = index_full_blocks(database_, head.blocks_indexed, head.sequence);
  if (!indexed) return pass_on(indexed);
  head.blocks_indexed = indexed.value();
  if (auto moved = write_head(database_, head); !moved) return moved;
  return database_.run("COMMIT");
}

void Writer::take_back() {
  database_.roll_back();
  tree_.reset();
}

Expected<std::vector<Expected<Appended, Error>>, Error> Writer::write(std::span<Item const> batch,
                                                                      Signing signing) {
  auto written = write_within(batch, signing);
  if (!written) take_back();
  return written;
}

Expected<std::vector<Expected<Appended, Error>>, Error> Writer::write_within(
    std::span<Item const> batch, Signing signing) {
  auto begun = begin();
  if (!begun) return pass_on(begun);
  Head head = begun.value();
  if (auto expired = expire_keys(database_, head, now_us_ - key_age_us_); !expired) {
    return pass_on(expired);
  }
  if (auto expired = expire_event_keys(database_, now_us_ - key_age_us_); !expired) {
    return pass_on(expired);
  }
  std::vector<Outcome> outcomes;
  outcomes.reserve(batch.size());
  for (Item const& item : batch) {
    auto const* const entry = std::get_if<Prepared>(&item);
    auto outcome =
        entry != nullptr ? write_one(*entry, head) : write_one(std::get<PreparedEvent>(item));
    if (!outcome) return pass_on(outcome);
    outcomes.push_back(std::move(outcome).value());
  }
  head.root = tree_->root();
  if (signing == Signing::now) {
    if (auto const is_signed = sign_within(head); !is_signed) return pass_on(is_signed);
  }
  if (auto committed = commit(head); !committed) return pass_on(committed);
  return outcomes;
}

// The record that the entry's key stands for. Earlier versions kept keys as nobody's: such a one
// counts until it expires, where it came with the same request.
Expected<std::optional<Record>, Error> Writer::find_first(Entry const& entry) {
  auto const oldest_us = now_us_ - key_age_us_;
  auto const request = fingerprint_of(master_.get(), entry.request);
  auto own = find_keyed(database_, master_.get(), entry.key, request, oldest_us);
  auto const nobodys = unscoped_key(entry.key);
  if (!own || own.value() || nobodys.empty()) return own;
  auto earlier = find_keyed(database_, master_.get(), nobodys, request, oldest_us);
  if (!earlier) return earlier.error().code == "log.key-reused" ? own : earlier;
  auto const& found = earlier.value();
  bool const may_be_theirs = found && (found->entry.by.empty() || found->entry.by == entry.by);
  return may_be_theirs ? earlier : own;
}

// The same of an event's key.
Expected<std::optional<StoredEvent>, Error> Writer::find_first(EventKey const& key) {
  auto const oldest_us = now_us_ - key_age_us_;
  auto const request = fingerprint_of(master_.get(), key.request);
  auto own = find_keyed_event(database_, key.key, request, oldest_us);
  auto const nobodys = unscoped_key(key.key);
  if (!own || own.value() || nobodys.empty()) return own;
  auto earlier = find_keyed_event(database_, nobodys, request, oldest_us);
  bool const is_of_another = !earlier && earlier.error().code == "log.key-reused";
  return is_of_another ? own : earlier;
}

Expected<Expected<Appended, Error>, Error> Writer::write_one(Prepared const& prepared, Head& head) {
  Entry const& entry = prepared.entry;
  if (!entry.key.empty()) {
    auto first = find_first(entry);
    if (!first && first.error().code == "log.key-reused") return Outcome{pass_on(first)};
    if (!first) return pass_on(first);
    if (first.value()) {
      Record& record = *first.value();
      return Outcome{Appended{.written = Written::before,
                              .sequence = record.sequence,
                              .recorded_at_us = record.recorded_at_us,
                              .hash = record.hash,
                              .id = std::move(record.entry.id),
                              .decision_json = std::move(record.entry.decision_json),
                              .secret = std::move(record.entry.secret),
                              .seal = record.seal}};
    }
  }
  auto const known = knows_policy(entry.revision);
  if (!known) return pass_on(known);
  if (!known.value()) {
    return Outcome{Failure<Error>{{"log.no-policy",
                                   "the policy of revision `" + entry.revision + "` is not stored",
                                   "store its sources first"}}};
  }
  return insert(prepared, head);
}

Expected<Expected<Appended, Error>, Error> Writer::insert(Prepared const& prepared, Head& head) {
  Entry const& entry = prepared.entry;
  KeyOwner const owner{entry.subject, entry.subject.empty() ? std::string_view{entry.id} : ""};
  auto const sealed = seal(owner, entry.id, entry.secret);
  if (!sealed) return pass_on(sealed);
  auto const request = fingerprint_of(master_.get(), entry.request);
  RecordColumns columns{.sequence = head.sequence + 1,
                        .kind = entry.kind,
                        .id = entry.id,
                        .at_us = entry.at_us,
                        .recorded_at_us = now_us_,
                        .subject = entry.subject,
                        .revision = entry.revision,
                        .engine = entry.engine,
                        .key = entry.key,
                        .request = request.fingerprint,
                        .marks = prepared.marks,
                        .case_digest = prepared.case_digest,
                        .decision_digest = prepared.decision_digest,
                        .by = entry.by,
                        .trace = entry.trace};
  if (!sealed.value().empty()) columns.sealed_digest = sha256(sealed.value());
  Digest const hash = hash_record(columns);
  auto const inserted = insert_row(database_, {.columns = columns,
                                               .hash = as_bytes(hash),
                                               .case_json = entry.case_json,
                                               .decision_json = entry.decision_json,
                                               .sealed = sealed.value()});
  if (!inserted && inserted.error().code == "log.conflict") {
    return Outcome{
        Failure<Error>{{"log.id-taken", "another record has the id `" + entry.id + "`", ""}}};
  }
  if (!inserted) return pass_on(inserted);
  if (!entry.key.empty()) {
    if (auto put = put_key(database_, entry.key, columns.sequence); !put) return pass_on(put);
  }
  for (Event const& event : entry.events) {
    auto const sealed_fields = seal(owner, event.id, event.secret);
    if (!sealed_fields) return pass_on(sealed_fields);
    auto const recorded = insert_event(database_, event, sealed_fields.value(), now_us_);
    if (!recorded) return pass_on(recorded);
  }
  if (auto grown = tree_->append(database_, hash); !grown) return pass_on(grown);
  head.sequence = columns.sequence;
  return Outcome{Appended{.written = Written::now,
                          .sequence = columns.sequence,
                          .recorded_at_us = now_us_,
                          .hash = hash,
                          .id = entry.id,
                          .decision_json = {},
                          .secret = {}}};
}

Expected<Expected<Appended, Error>, Error> Writer::write_one(PreparedEvent const& prepared) {
  Event const& event = prepared.event;
  auto const answer = [](Written written, std::int64_t sequence, std::int64_t recorded_at_us,
                         std::string id) {
    return Outcome{Appended{.written = written,
                            .sequence = sequence,
                            .recorded_at_us = recorded_at_us,
                            .hash = {},
                            .id = std::move(id),
                            .decision_json = {},
                            .secret = {},
                            .is_event = true}};
  };
  auto const request = fingerprint_of(master_.get(), prepared.key.request);
  if (!prepared.key.key.empty()) {
    auto first = find_first(prepared.key);
    if (!first && first.error().code == "log.key-reused") return Outcome{pass_on(first)};
    if (!first) return pass_on(first);
    if (auto const& stored = first.value())
      return answer(Written::before, stored->sequence, stored->recorded_at_us, stored->event.id);
  }
  auto const sealed = seal({event.subject, event.subject.empty() ? std::string_view{event.id} : ""},
                           event.id, event.secret);
  if (!sealed) return pass_on(sealed);
  auto const sequence = insert_event(database_, event, sealed.value(), now_us_);
  if (!sequence && sequence.error().code == "log.conflict") {
    return Outcome{
        Failure<Error>{{"log.id-taken", "another event has the id `" + event.id + "`", ""}}};
  }
  if (!sequence) return pass_on(sequence);
  if (!prepared.key.key.empty()) {
    auto const put = put_event_key(database_, prepared.key.key, request, sequence.value(), now_us_);
    if (!put) return pass_on(put);
  }
  return answer(Written::now, sequence.value(), now_us_, event.id);
}

// Empty where nothing is to be sealed.
Expected<std::string, Error> Writer::seal(KeyOwner const& owner, std::string_view id,
                                          std::string_view secret) {
  if (secret.empty()) return std::string{};
  if (master_ == nullptr) {
    return Failure<Error>{{"master.missing", "there is no master key to seal with",
                           "open the log with its master key"}};
  }
  return seal_text(database_, *master_, owner, id, secret);
}

Expected<bool, Error> Writer::knows_policy(std::string const& revision) {
  if (revision.empty() || known_policies_.contains(revision)) return true;
  auto found = database_.query("SELECT 1 FROM policies WHERE revision = ?", revision);
  if (!found) return pass_on(found);
  auto const row = found.value().next();
  if (!row) return pass_on(row);
  bool const known = row.value() == Row::ready;
  if (known) known_policies_.insert(revision);
  return known;
}

Expected<Head, Error> Writer::head() {
  return read_head(database_);
}

}  // namespace heed::store
