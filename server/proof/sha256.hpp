#pragma once
#include "server/hash/sha256.hpp"

/// The hash of every leaf and node, by the names that this room gives it.
namespace heed::proof {

using hash::as_bytes;
using hash::Digest;
using hash::Sha256;
using hash::sha256;
using hash::to_digest;

}  // namespace heed::proof
