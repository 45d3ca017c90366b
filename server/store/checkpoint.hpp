#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/proof/checkpoint.hpp"
#include "server/store/database.hpp"

/// Which keys sign the log's head, and the last head that one of them signed.
namespace heed::store {

/// The name of the log on its heads, and of its keys: "heed/" and the store's id.
std::string origin_of(std::string_view store_id);

/// A key that signs, or signed before another took its place.
struct Signer {
  std::int64_t number = 0;   // 1, 2, …; the last one signs now
  std::string verifier_key;  // as proof::to_text writes it
  std::int64_t since = 0;    // the record of kind `key` that names it; 0 for the first
  std::string handover;      // the head with that record, signed by it and, unless that was lost,
                             // by the key before; empty for the first
};

Expected<std::vector<Signer>, Error> read_signers(Database& database);
Expected<Done, Error> insert_signer(Database& database, Signer const& signer);

/// What a record of kind `key` holds as its case: {"key":"<new>","replaces":"<old>"}.
std::string rotation_text(std::string_view key, std::string_view replaced);

/// The last signed head.
struct SignedHead {
  std::int64_t signer = 0;    // its number; 0 where nothing was signed yet
  std::int64_t sequence = 0;  // of the last record under it
  std::string note;           // a checkpoint, signed
};

Expected<SignedHead, Error> read_signed_head(Database& database);
Expected<Done, Error> write_signed_head(Database& database, SignedHead const& head);

}  // namespace heed::store
