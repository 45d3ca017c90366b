#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "server/proof/tree.hpp"
#include "server/store/checkpoint.hpp"
#include "server/store/head.hpp"
#include "server/store/problem.hpp"
#include "server/store/rows.hpp"

/// The part of verify that grows the tree again and holds the signed heads against it.
namespace heed::store {

class TreeCheck {
 public:
  /// Reads what is signed, before the head is read. The first finding, or nothing.
  Finding begin(Database& database, std::string const& origin);

  /// The next record, whose columns hold; `leaf` is computed from them.
  Finding add(Database& database, RecordRow const& row, Digest const& leaf);

  /// After the last record.
  Finding end(Database& database, Head const& head);

  std::int64_t size() const { return frontier_.size; }
  std::vector<Signer> const& signers() const { return signers_; }
  SignedHead const& signed_head() const { return signed_; }
  std::int64_t keys_not_handed_over() const { return not_handed_over_; }

 private:
  Finding examine_full_tile(Database& database);
  Finding examine_tile(Database& database, int level, std::int64_t index,
                       std::vector<Digest> const& expected);
  std::optional<Problem> examine_signers(std::string const& origin);
  std::optional<Problem> examine_signed_head();
  std::optional<Problem> examine_key_record(RecordRow const& row);
  std::optional<Problem> examine_roots();

  std::vector<Signer> signers_;
  SignedHead signed_;
  std::multimap<std::int64_t, Digest> roots_;  // that were signed, by size
  std::int64_t not_handed_over_ = 0;
  std::size_t key_records_ = 0;
  proof::Frontier frontier_;
  std::vector<std::vector<Digest>> growing_;  // the tile under way of each level
};

}  // namespace heed::store
