#include "server/store/witness.hpp"

#include <utility>

#include "engine/base/hex.hpp"
#include "server/proof/tree.hpp"

namespace heed::store {
namespace {

using proof::Checkpoint;
using proof::VerifierKey;

constexpr std::string_view keep_both =
    "keep both heads: two of one log that do not fit are the proof that it was changed";

Failure<Error> refused(std::string_view code, std::string message, std::string_view help) {
  return {{code, std::move(message), std::string{help}}};
}

std::string text_of(std::int64_t number) {
  return std::to_string(number);
}

// The way from the head that was seen to the present one, a head at a time.
class Way {
 public:
  Way(Reader& reader, VerifierKey key, Checkpoint seen)
      : tiles_{reader.tiles()}, reader_{&reader}, key_{std::move(key)}, seen_{std::move(seen)} {}

  VerifierKey const& key() const { return key_; }

  // A head that the present key signed.
  Expected<Done, Error> go_on_to(std::string const& note) {
    auto const head = proof::open_checkpoint(note, key_);
    if (!head) return refused("witness.signature", head.error().message, "");
    return go_on(head.value());
  }

  // A key that takes the place of the present one.
  Expected<Done, Error> hand_over_to(Signer const& signer, std::string_view trusted) {
    auto const next = proof::read_verifier_key(signer.verifier_key);
    if (!next) return refused("witness.key", next.error().message, "");
    auto const head = proof::open_checkpoint(signer.handover, next.value());
    if (!head) return refused("witness.signature", head.error().message, "");
    bool const by_old_key = static_cast<bool>(proof::open_checkpoint(signer.handover, key_));
    if (!by_old_key && trusted != signer.verifier_key) {
      return refused("witness.key",
                     "the log signs with the key `" + signer.verifier_key +
                         "`, for which the key before did not sign",
                     "ask the operator why, and name the key with `--key` where you believe it");
    }
    if (auto gone = go_on(head.value()); !gone) return gone;
    if (auto named = examine_record(head.value(), signer.verifier_key); !named) return named;
    key_ = next.value();
    return Done{};
  }

 private:
  Expected<Done, Error> go_on(Checkpoint const& head) {
    proof::Root const& before = seen_.tree;
    proof::Root const& after = head.tree;
    if (after.size < before.size) {
      return refused("witness.shorter",
                     "the log has " + text_of(after.size) +
                         " records; when it was last seen it had " + text_of(before.size) +
                         ": it was cut off, or an older copy was put back",
                     keep_both);
    }
    if (after.size == before.size) {
      if (after == before) return Done{};
      return refused("witness.forked",
                     "of " + text_of(after.size) + " records the log shows others than it showed",
                     keep_both);
    }
    auto const path = tiles_.hash(proof::consistency_path(before.size, after.size));
    if (!path && path.error().code != "log.corrupt") return pass_on(path);
    if (!path || !proof::proves_consistency(before, after, path.value())) {
      return refused("witness.rewritten",
                     "the log of " + text_of(after.size) + " records does not begin with the " +
                         text_of(before.size) + " that were seen",
                     keep_both);
    }
    seen_ = head;
    return Done{};
  }

  // The last record under the head names the key. Texts in an envelope hold no quotes that are not
  // escaped, so its members can be looked for.
  Expected<Done, Error> examine_record(Checkpoint const& head, std::string const& verifier_key) {
    std::string envelope;
    auto const read = reader_->visit(head.tree.size, [&](RecordRow const& row) {
      envelope = envelope_of(row);
      return Visit::stop;
    });
    if (!read) return read;
    auto const path = tiles_.hash(proof::inclusion_path(head.tree.size - 1, head.tree.size));
    if (!path) return pass_on(path);
    std::string const names = to_hex(sha256(rotation_text(verifier_key, proof::to_text(key_))));
    bool const is_there = proof::proves_inclusion(proof::hash_leaf(envelope), head.tree.size - 1,
                                                  head.tree, path.value());
    if (is_there && envelope.find("\"kind\":\"key\"") != std::string::npos &&
        envelope.find("\"case\":\"" + names + "\"") != std::string::npos) {
      return Done{};
    }
    return refused("witness.key", "no record names the key `" + verifier_key + "`", "");
  }

  proof::Tiles tiles_;
  Reader* reader_;
  VerifierKey key_;
  Checkpoint seen_;
};

// Nothing was seen before: the key is taken as it is.
Expected<Witnessed, Error> see_first(std::string const& note, std::string const& present,
                                     std::string_view trusted) {
  std::string const text{trusted.empty() ? present : trusted};
  auto const key = proof::read_verifier_key(text);
  if (!key) return refused("witness.key", key.error().message, key.error().help);
  auto const head = proof::open_checkpoint(note, key.value());
  if (!head) return refused("witness.signature", head.error().message, "");
  return Witnessed{text, note};
}

}  // namespace

std::string to_text(Witnessed const& seen) {
  return seen.verifier_key + '\n' + seen.note;
}

Expected<Witnessed, Error> read_witnessed(std::string_view text) {
  auto const end = text.find('\n');
  Witnessed seen{std::string{text.substr(0, end)},
                 std::string{end == std::string_view::npos ? "" : text.substr(end + 1)}};
  auto const key = proof::read_verifier_key(seen.verifier_key);
  auto const head = key ? proof::open_checkpoint(seen.note, key.value())
                        : Expected<Checkpoint, Error>{Failure<Error>{key.error()}};
  if (head) return seen;
  return refused("witness.unreadable",
                 "it is not what `heed log witness` wrote: " + head.error().message,
                 "restore it from a backup: begun anew, it forgets what was seen");
}

Expected<Witnessed, Error> witness(Reader& reader, std::optional<Witnessed> const& seen,
                                   std::string_view trusted) {
  auto const head = reader.signed_head();
  if (!head) return pass_on(head);
  auto const signers = reader.signers();
  if (!signers) return pass_on(signers);
  if (signers.value().empty() || head.value().note.empty())
    return refused("witness.signature", "the head of the log is not signed", "");
  if (!seen) return see_first(head.value().note, signers.value().back().verifier_key, trusted);
  auto const key = proof::read_verifier_key(seen->verifier_key);
  if (!key) return pass_on(key);
  auto const before = proof::open_checkpoint(seen->note, key.value());
  if (!before) return pass_on(before);
  auto const note = proof::read_note(head.value().note);
  auto const now = note ? proof::read_checkpoint(note.value().text)
                        : Expected<Checkpoint, Error>{Failure<Error>{note.error()}};
  if (!now) return refused("witness.signature", now.error().message, "");
  if (now.value().origin != before.value().origin) {
    return refused(
        "witness.other-log",
        "this is the log `" + now.value().origin + "`; `" + before.value().origin + "` was seen",
        "each log has a witness file of its own");
  }
  Way way{reader, key.value(), before.value()};
  bool is_known = false;
  for (Signer const& signer : signers.value()) {
    if (is_known) {
      if (auto handed = way.hand_over_to(signer, trusted); !handed) return pass_on(handed);
    }
    is_known = is_known || signer.verifier_key == seen->verifier_key;
  }
  if (!is_known) {
    return refused("witness.key", "the log does not know the key `" + seen->verifier_key + "`",
                   keep_both);
  }
  if (auto gone = way.go_on_to(head.value().note); !gone) return pass_on(gone);
  return Witnessed{proof::to_text(way.key()), head.value().note};
}

}  // namespace heed::store
