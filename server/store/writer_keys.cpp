// The part of Writer that signs: the log's key, its heads, and a new key in the old one's place.
#include <utility>

#include "server/store/key_file.hpp"
#include "server/store/kinds.hpp"
#include "server/store/master.hpp"
#include "server/store/writer.hpp"

namespace heed::store {
namespace {

// Where a new key waits until the transaction that names it holds.
std::string waiting_path(std::string const& path) {
  return path + ".new";
}

std::string describe(std::string const& path) {
  return "the key of the log, `" + path + "`, ";
}

Failure<Error> key_is_missing(std::string const& path) {
  return {{"key.missing", describe(path) + "is not there",
           "restore it from its backup; where it is lost, `heed log key STORE --rotate --lost` "
           "begins a new one, of which auditors must be told"}};
}

bool is_text_of(proof::SigningKey const& key, std::string const& verifier_key) {
  return proof::to_text(key.verifier()) == verifier_key;
}

// Gives the waiting key, `wanted`, its place. Two programs may be at it: that it is there is
// enough.
Expected<Done, Error> put_waiting_key(std::string const& path, std::string const& wanted) {
  auto moved = move_key_file(waiting_path(path), path);
  if (moved) return moved;
  auto const key = read_key_file(path);
  if (key && key.value() && is_text_of(*key.value(), wanted)) return Done{};
  return moved;
}

// The key that signs by the file; where a rotation was interrupted before its end, it is finished.
Expected<proof::SigningKey, Error> find_key(std::string const& path, std::string const& wanted) {
  auto key = read_key_file(path);
  if (!key) return pass_on(key);
  if (key.value() && is_text_of(*key.value(), wanted)) return *key.value();
  auto const waiting = read_key_file(waiting_path(path));
  if (waiting && waiting.value() && is_text_of(*waiting.value(), wanted)) {
    if (auto put = put_waiting_key(path, wanted); !put) return pass_on(put);
    return *waiting.value();
  }
  key = read_key_file(path);  // another program may have put it there between the two
  if (key && key.value() && is_text_of(*key.value(), wanted)) return *key.value();
  if (!key) return pass_on(key);
  if (!key.value()) return key_is_missing(path);
  return Failure<Error>{{"key.wrong", describe(path) + "is not the one that signs this log",
                         "restore the one of `" + wanted + "`"}};
}

// The first key of a log: made, unless the program died between making and naming it.
Expected<proof::SigningKey, Error> make_key(std::string const& path, std::string const& origin) {
  auto found = read_key_file(path);
  if (!found) return pass_on(found);
  if (found.value() && found.value()->name() == origin) return *found.value();
  if (found.value()) {
    return Failure<Error>{{"key.wrong",
                           describe(path) + "is of another log, `" + found.value()->name() + "`",
                           "move it to where that log is, or name another file"}};
  }
  proof::SigningKey key = proof::make_signing_key(origin);
  if (auto written = write_key_file(path, key); !written) return pass_on(written);
  return key;
}

}  // namespace

Expected<std::string, Error> Writer::origin() {
  auto found = database_.query("SELECT id FROM store");
  if (!found) return pass_on(found);
  if (auto row = found.value().next(); !row) return pass_on(row);
  return origin_of(found.value().bytes(0));
}

// Another program may rotate the key at any time, so each signature asks.
Expected<Done, Error> Writer::know_key(std::vector<Signer> const& signers) {
  Signer const& last = signers.back();
  if (key_ && signer_ == last.number) return Done{};
  auto key = find_key(key_path_, last.verifier_key);
  if (!key) return pass_on(key);
  key_ = std::move(key).value();
  signer_ = last.number;
  return Done{};
}

Expected<Done, Error> Writer::take_key() {
  auto signers = read_signers(database_);
  if (!signers) return pass_on(signers);
  if (!signers.value().empty()) return know_key(signers.value());
  auto const name = origin();
  if (!name) return pass_on(name);
  auto key = make_key(key_path_, name.value());
  if (!key) return pass_on(key);
  auto const named = insert_signer(database_, {1, proof::to_text(key.value().verifier()), 0, {}});
  // Another program that opens the same new log may have been quicker.
  if (!named && named.error().code != "log.conflict") return named;
  signers = read_signers(database_);
  if (!signers) return pass_on(signers);
  return know_key(signers.value());
}

Expected<Done, Error> Writer::take_master(std::string const& path) {
  auto master = store::take_master(database_, path);
  if (!master) return pass_on(master);
  master_ = std::move(master).value();
  return Done{};
}

Expected<std::string, Error> Writer::sign() {
  auto note = sign_now();
  if (!note) take_back();
  return note;
}

Expected<std::string, Error> Writer::sign_now() {
  auto const head = begin();
  if (!head) return pass_on(head);
  auto note = sign_within(head.value());
  if (!note) return note;
  if (auto committed = database_.run("COMMIT"); !committed) return pass_on(committed);
  return note;
}

Expected<std::string, Error> Writer::sign_within(Head const& head) {
  auto const signers = read_signers(database_);
  if (!signers) return pass_on(signers);
  if (signers.value().empty()) return key_is_missing(key_path_);
  if (auto known = know_key(signers.value()); !known) return pass_on(known);
  auto last = read_signed_head(database_);
  if (!last) return pass_on(last);
  if (last.value().signer == signer_ && last.value().sequence == head.sequence)
    return std::move(last).value().note;
  proof::Checkpoint const checkpoint{key_->name(), {head.sequence, head.root}};
  std::string note = proof::to_text(proof::make_note(proof::to_text(checkpoint), {&*key_}));
  auto const written = write_signed_head(database_, {signer_, head.sequence, note});
  if (!written) return pass_on(written);
  return note;
}

Expected<proof::VerifierKey, Error> Writer::rotate_key(Handover handover, std::string id) {
  auto key = rotate_within(handover, std::move(id));
  if (!key) {
    take_back();
    return pass_on(key);
  }
  auto const verifier = key.value().verifier();
  if (auto put = put_waiting_key(key_path_, proof::to_text(verifier)); !put) return pass_on(put);
  return verifier;
}

// The new key waits in a file of its own: the program may die before or after the commit.
Expected<proof::SigningKey, Error> Writer::rotate_within(Handover handover, std::string id) {
  auto begun = begin();
  if (!begun) return pass_on(begun);
  Head head = begun.value();
  auto const signers = read_signers(database_);
  if (!signers) return pass_on(signers);
  if (signers.value().empty()) return key_is_missing(key_path_);
  Signer const& last = signers.value().back();
  bool const hands_over = handover == Handover::by_old_key;
  if (hands_over) {
    if (auto known = know_key(signers.value()); !known) return pass_on(known);
  }
  auto const name = origin();
  if (!name) return pass_on(name);
  proof::SigningKey fresh = proof::make_signing_key(name.value());
  std::string const verifier_key = proof::to_text(fresh.verifier());
  auto const kept = write_key_file(waiting_path(key_path_), fresh);
  if (!kept) return pass_on(kept);
  auto prepared = prepare(Entry{.kind = std::string{kinds::key},
                                .id = std::move(id),
                                .at_us = now_us_,
                                .engine = HEED_VERSION,
                                .case_json = rotation_text(verifier_key, last.verifier_key),
                                .by = std::string{by_command_line}});
  if (!prepared) return pass_on(prepared);
  auto const inserted = insert(prepared.value(), head);
  if (!inserted) return pass_on(inserted);
  if (!inserted.value()) return pass_on(inserted.value());
  head.root = tree_->root();
  std::vector<proof::SigningKey const*> keys{&fresh};
  if (hands_over) keys.insert(keys.begin(), &*key_);
  proof::Checkpoint const checkpoint{name.value(), {head.sequence, head.root}};
  std::string const note = proof::to_text(proof::make_note(proof::to_text(checkpoint), keys));
  auto const named = insert_signer(database_, {last.number + 1, verifier_key, head.sequence, note});
  if (!named) return pass_on(named);
  auto const written = write_signed_head(database_, {last.number + 1, head.sequence, note});
  if (!written) return pass_on(written);
  if (auto committed = commit(head); !committed) return pass_on(committed);
  return fresh;
}

}  // namespace heed::store
