#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "engine/base/error.hpp"
#include "engine/base/expected.hpp"
#include "server/proof/checkpoint.hpp"
#include "server/store/reader.hpp"

/// Proofs about the decision log as JSON, for routes and commands alike. Hashes are hexadecimal.
namespace heed::api {

/// A record as its leaf in the tree has it.
struct ProvedRecord {
  std::int64_t sequence = 0;
  std::string id;
  std::string envelope;  // canonical JSON: the leaf's data
};

/// The record of this sequence; nothing where there is none.
Expected<std::optional<ProvedRecord>, Error> find_proved(store::Reader& reader,
                                                         std::int64_t sequence);

/// `{"id":…,"sequence":…,"leaf_index":…,"tree_size":…,"record":…,"leaf_hash":…,"path":[…],
/// "checkpoint":…,"verifier_key":…}`: the record is in the tree of the head. Fails with
/// log.unsigned where the head is from before the record.
Expected<std::string, Error> inclusion_json(store::Reader& reader, ProvedRecord const& record,
                                            store::SignedHead const& head);

/// `{"from":…,"to":…,"path":[…],"checkpoint":…,"verifier_key":…}`: the tree of the head begins with
/// the tree of the first `from` records. Fails with log.shorter where the head has fewer.
Expected<std::string, Error> consistency_json(store::Reader& reader, std::int64_t from,
                                              store::SignedHead const& head);

/// `["<hex>",…]`: of a path that was hashed.
std::string hashes_json(std::vector<proof::Digest> const& hashes);

}  // namespace heed::api
