#include "server/store/verify_tree.hpp"

#include "engine/base/hex.hpp"
#include "server/store/tree.hpp"

namespace heed::store {
namespace {

Finding sound() {
  return std::optional<Problem>{};
}

std::string text_of(std::int64_t number) {
  return std::to_string(number);
}

Problem wrong_signer(Signer const& signer, std::string message) {
  return {"verify.signer", signer.since, {}, signer.verifier_key, std::move(message)};
}

Problem wrong_signature(std::int64_t sequence, std::string const& head, Error const& error) {
  return {"verify.signature", sequence, {}, {}, head + ": " + error.message};
}

}  // namespace

Finding TreeCheck::begin(Database& database, std::string const& origin) {
  auto signers = read_signers(database);
  if (!signers) return pass_on(signers);
  auto last = read_signed_head(database);
  if (!last) return pass_on(last);
  signers_ = std::move(signers).value();
  signed_ = std::move(last).value();
  if (signers_.empty() || signed_.note.empty()) {
    return std::optional{
        Problem{"verify.signature", 0, "a signed head", "", "the head of the log is not signed"}};
  }
  if (auto problem = examine_signers(origin)) return problem;
  return examine_signed_head();
}

std::optional<Problem> TreeCheck::examine_signers(std::string const& origin) {
  std::optional<proof::VerifierKey> before;
  for (Signer const& signer : signers_) {
    std::int64_t const number = &signer - signers_.data() + 1;
    auto const key = proof::read_verifier_key(signer.verifier_key);
    if (!key || key.value().name != origin || signer.number != number)
      return wrong_signer(signer, "key " + text_of(number) + " of the log is not one of its own");
    if (!before && (signer.since != 0 || !signer.handover.empty()))
      return wrong_signer(signer, "the first key of the log was handed over to it by another");
    if (before) {
      auto const handover = proof::open_checkpoint(signer.handover, key.value());
      std::string const head = "the head that hands over to key " + text_of(number);
      if (!handover) return wrong_signature(signer.since, head, handover.error());
      if (handover.value().tree.size != signer.since)
        return wrong_signer(signer, "the head that hands over the key is of another record");
      roots_.emplace(signer.since, handover.value().tree.hash);
      auto const old = proof::open_checkpoint(signer.handover, *before);
      if (!old && old.error().code != "checkpoint.unsigned")
        return wrong_signature(signer.since, head, old.error());
      if (!old) ++not_handed_over_;
    }
    before = key.value();
  }
  return std::nullopt;
}

std::optional<Problem> TreeCheck::examine_signed_head() {
  auto const key = proof::read_verifier_key(signers_.back().verifier_key);
  auto const checkpoint = proof::open_checkpoint(signed_.note, key.value());
  if (!checkpoint)
    return wrong_signature(signed_.sequence, "the last signed head", checkpoint.error());
  auto const& tree = checkpoint.value().tree;
  if (signed_.signer != signers_.back().number || tree.size != signed_.sequence) {
    return Problem{"verify.signature", tree.size, text_of(signed_.sequence), text_of(tree.size),
                   "the signed head is not the one that stands beside it"};
  }
  roots_.emplace(tree.size, tree.hash);
  return examine_roots();
}

// A log is as long as each head of it that was ever signed, and had its root then.
std::optional<Problem> TreeCheck::examine_roots() {
  auto const [first, last] = roots_.equal_range(frontier_.size);
  for (auto claim = first; claim != last; ++claim) {
    Digest const root = proof::root_of(frontier_);
    if (claim->second == root) continue;
    return Problem{"verify.signature", frontier_.size, to_hex(claim->second), to_hex(root),
                   "the records are not those of which the head was signed"};
  }
  return std::nullopt;
}

Finding TreeCheck::add(Database& database, RecordRow const& row, Digest const& leaf) {
  if (growing_.empty()) growing_.emplace_back();
  proof::append(frontier_, leaf);
  growing_[0].push_back(leaf);
  if (auto problem = examine_key_record(row)) return problem;
  if (auto problem = examine_roots()) return problem;
  return std::ssize(growing_[0]) == proof::tile_hashes_max ? examine_full_tile(database) : sound();
}

std::optional<Problem> TreeCheck::examine_key_record(RecordRow const& row) {
  if (row.columns.kind != "key") return std::nullopt;
  std::int64_t const sequence = row.columns.sequence;
  ++key_records_;
  if (key_records_ >= signers_.size() || signers_[key_records_].since != sequence) {
    return Problem{"verify.signer",
                   sequence,
                   {},
                   std::string{row.case_json},
                   "the record names a key that the log does not know"};
  }
  std::string const expected =
      rotation_text(signers_[key_records_].verifier_key, signers_[key_records_ - 1].verifier_key);
  if (row.case_json == expected) return std::nullopt;
  return Problem{"verify.signer", sequence, expected, std::string{row.case_json},
                 "the record does not name the key that signs from there on"};
}

// A tile of leaves is full, and with it perhaps tiles above.
Finding TreeCheck::examine_full_tile(Database& database) {
  for (int level = 0;; ++level) {
    auto const place = static_cast<std::size_t>(level);
    std::int64_t const index = (frontier_.size >> (proof::tile_height * (level + 1))) - 1;
    auto found = examine_tile(database, level, index, growing_[place]);
    if (!found || found.value()) return found;
    Digest const root = proof::root_over(growing_[place]);
    growing_[place].clear();
    if (place + 1 == growing_.size()) growing_.emplace_back();
    growing_[place + 1].push_back(root);
    if (std::ssize(growing_[place + 1]) < proof::tile_hashes_max) return sound();
  }
}

// A tile above the leaves may have grown since the pass began.
Finding TreeCheck::examine_tile(Database& database, int level, std::int64_t index,
                                std::vector<Digest> const& expected) {
  auto found = read_tile(database, level, index);
  if (!found && found.error().code != "log.corrupt") return pass_on(found);
  bool const holds = found && found.value().size() >= expected.size() &&
                     std::equal(expected.begin(), expected.end(), found.value().begin());
  if (holds) return sound();
  return std::optional{Problem{"verify.tree",
                               frontier_.size,
                               {},
                               {},
                               "tile " + text_of(index) + " of level " + text_of(level) +
                                   " of the tree is not over the records"}};
}

Finding TreeCheck::end(Database& database, Head const& head) {
  Digest const root = proof::root_of(frontier_);
  if (root != head.root) {
    return std::optional{Problem{"verify.head", head.sequence, to_hex(root), to_hex(head.root),
                                 "the head is not the root of the tree over the records"}};
  }
  for (int level = 1; level < static_cast<int>(growing_.size()); ++level) {
    auto const& expected = growing_[static_cast<std::size_t>(level)];
    if (expected.empty()) continue;
    std::int64_t const index = frontier_.size >> (proof::tile_height * (level + 1));
    auto found = examine_tile(database, level, index, expected);
    if (!found || found.value()) return found;
  }
  if (!roots_.empty() && roots_.rbegin()->first > head.sequence) {
    return std::optional{Problem{"verify.signature", head.sequence, text_of(roots_.rbegin()->first),
                                 text_of(head.sequence),
                                 "the log is shorter than the head that was signed"}};
  }
  if (key_records_ + 1 != signers_.size())
    return std::optional{wrong_signer(signers_.back(), "no record names the key that signs")};
  return sound();
}

}  // namespace heed::store
