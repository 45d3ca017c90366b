#pragma once
#include "server/proof/sha256.hpp"

/// The hash of every record and revision, by the names that this room gives it.
namespace heed::store {

using proof::as_bytes;
using proof::Digest;
using proof::Sha256;
using proof::sha256;
using proof::to_digest;

}  // namespace heed::store
