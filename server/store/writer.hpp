#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "server/proof/key.hpp"
#include "server/store/activations.hpp"
#include "server/store/checkpoint.hpp"
#include "server/store/database.hpp"
#include "server/store/erasure.hpp"
#include "server/store/head.hpp"
#include "server/store/policies.hpp"
#include "server/store/record.hpp"
#include "server/store/retention.hpp"
#include "server/store/sealing.hpp"
#include "server/store/tree.hpp"

/// Writes entries into the log, a batch in a transaction.
namespace heed::store {

/// Whether the record was written for this entry, or for an earlier one with the same key.
enum class Written { now, before };

/// What an entry has become.
struct Appended {
  Written written = Written::now;
  std::int64_t sequence = 0;
  std::int64_t recorded_at_us = 0;
  Digest hash{};
  std::string id;
  std::string decision_json;  // the first answer, where it was written before; empty otherwise
  std::string secret;         // what is sealed of it, and what became of that
  Seal seal = Seal::none;
  bool is_event = false;  // then there is no hash, and the sequence is that of events
};

/// An entry that waits, with what can be computed before its turn.
struct Prepared {
  Entry entry;
  std::string marks;
  Digest case_digest{};
  Digest decision_digest{};
};

/// An event that waits.
struct PreparedEvent {
  Event event;
  EventKey key;
};
using Item = std::variant<Prepared, PreparedEvent>;

/// Checks an entry and computes its digests. Any thread.
///
/// Fails with log.too-large, or with log.bad-record where an id, name or hash is not of its form.
Expected<Prepared, Error> prepare(Entry entry);
/// The same of an event.
Expected<PreparedEvent, Error> prepare(Event event, EventKey key);

/// What became of an activation.
struct Activated {
  Written written = Written::now;
  ActivationRecord record;
};

using Clock = std::function<std::int64_t()>;  // microseconds since 1970 UTC

/// Whether a batch's own transaction signs the head that it makes.
enum class Signing { later, now };

/// Whether the old key signs the head that names the new one, or is lost.
enum class Handover { by_old_key, old_key_is_lost };

/// One thread at a time, and one for a file at a time: others wait for its transactions.
class Writer {
 public:
  /// `key_path` is the file of the signing key.
  Writer(Database database, Clock clock, std::int64_t key_age_us, std::string key_path);

  /// Finds the key that signs, and makes it where the log never had one. Before the first write.
  ///
  /// Fails with key.missing, key.wrong (it is of another log, or no longer signs), or as
  /// read_key_file does.
  Expected<Done, Error> take_key();

  /// Finds the master key, and makes it where the log never had one; see master.hpp. Without it
  /// nothing can be sealed, and fingerprints are plain hashes.
  Expected<Done, Error> take_master(std::string const& path);
  std::shared_ptr<seal::Key const> master() const { return master_; }

  /// Writes all entries and events in one transaction, durably, and answers for each in its place:
  /// what it has become, or why it was refused (log.key-reused, log.id-taken, log.no-policy). Where
  /// the transaction fails, nothing is written, and the error is the answer for all.
  Expected<std::vector<Expected<Appended, Error>>, Error> write(std::span<Item const> batch,
                                                                Signing signing = Signing::now);

  /// Signs the head unless it is signed already, and answers it as a signed checkpoint.
  Expected<std::string, Error> sign();

  /// Makes a new key, records it in the log, and signs with it from there on. Needs no take_key()
  /// where the old one is lost.
  Expected<proof::VerifierKey, Error> rotate_key(Handover handover, std::string id);

  /// See insert_policy. `by` may be empty.
  Expected<Done, Error> put_policy(StoredPolicy policy, std::string by = {});

  /// Makes a stored policy the active one, and records it. Where it is active already and was
  /// activated likewise, nothing is written, and the answer is that activation.
  ///
  /// Fails with policies.unknown, policies.changed (none of `instead_of` is active) or
  /// policies.four-eyes.
  Expected<Activated, Error> activate(Activation const& activation);

  /// Destroys the key of what is sealed; see erasure.hpp.
  Expected<Erased, Error> erase(Erasure const& erasure);

  /// Records that what old records and events hold is dropped; see retention.hpp. Nothing is
  /// recorded where there is nothing to drop.
  Expected<Retained, Error> begin_retention(Retention const& retention);
  /// Drops some of it, adding to the counts of `retained`. True where more is to be dropped.
  Expected<bool, Error> continue_retention(Retained& retained);

  Expected<Head, Error> head();

 private:
  using Outcome = Expected<Appended, Error>;
  Expected<Head, Error> begin();
  Expected<Done, Error> commit(Head& head);
  void take_back();
  Expected<std::vector<Outcome>, Error> write_within(std::span<Item const> batch, Signing signing);
  Expected<std::string, Error> sign_within(Head const& head);
  Expected<std::string, Error> sign_now();
  Expected<proof::SigningKey, Error> rotate_within(Handover handover, std::string id);
  Expected<Done, Error> know_key(std::vector<Signer> const& signers);
  Expected<std::string, Error> origin();
  Expected<std::optional<Record>, Error> find_first(Entry const& entry);
  Expected<std::optional<StoredEvent>, Error> find_first(EventKey const& key);
  Expected<Outcome, Error> write_one(Prepared const& prepared, Head& head);
  Expected<Outcome, Error> write_one(PreparedEvent const& prepared);
  Expected<Outcome, Error> insert(Prepared const& prepared, Head& head);
  Expected<Activated, Error> activate_within(Activation const& activation);
  Expected<Activated, Error> record_activation(Activation const& activation, std::string text,
                                               Head& head);
  Expected<std::string, Error> seal(KeyOwner const& owner, std::string_view id,
                                    std::string_view secret);
  Expected<Erased, Error> erase_within(Erasure const& erasure);
  Expected<Retained, Error> record_retention(Retention const& retention);
  Expected<bool, Error> drop_some(Retained& retained);
  Expected<Outcome, Error> record(Entry entry, Head& head);
  Expected<bool, Error> knows_policy(std::string const& revision);

  Database database_;
  Clock clock_;
  std::int64_t key_age_us_;
  std::string key_path_;
  std::optional<proof::SigningKey> key_;
  std::shared_ptr<seal::Key const> master_;
  std::int64_t signer_ = 0;               // its number
  std::optional<GrowingTree> tree_;       // as the last transaction of ours left it
  std::int64_t now_us_ = 0;               // of the transaction
  std::set<std::string> known_policies_;  // known to be stored
};

}  // namespace heed::store
