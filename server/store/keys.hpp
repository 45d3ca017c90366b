#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "server/store/database.hpp"
#include "server/store/head.hpp"
#include "server/store/record.hpp"
#include "server/store/sealing.hpp"

/// Idempotency keys: one that comes again with the same request gets the first record again.
namespace heed::store {

/// What came with a key.
struct KeyedRequest {
  std::string fingerprint;  // HMAC of its hash, as the store keeps it
  std::string_view hash;    // what stores of before version 4 kept: the SHA-256 itself
};
/// Without a master key it is the hash itself.
KeyedRequest fingerprint_of(seal::Key const* master, std::string_view hash);

/// The record that `key` stands for; nothing where the key is new, or recorded before `oldest_us`.
///
/// Fails with log.key-reused where the key came with another request.
Expected<std::optional<Record>, Error> find_keyed(Database& database, seal::Key const* master,
                                                  std::string_view key, KeyedRequest const& request,
                                                  std::int64_t oldest_us);

/// Lets `key` stand for the record.
Expected<Done, Error> put_key(Database& database, std::string_view key, std::int64_t sequence);

/// Forgets keys of records recorded before `oldest_us`, some at a time, and moves
/// head.keys_expired on.
Expected<Done, Error> expire_keys(Database& database, Head& head, std::int64_t oldest_us);

}  // namespace heed::store
