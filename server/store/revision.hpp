#pragma once
#include <span>
#include <string>

#include "engine/base/source.hpp"

/// The revision of a policy: what names exactly these sources and no others.
namespace heed::store {

/// SHA-256, in hexadecimal, over the files sorted by the bytes of their names. For each, without
/// anything between: the length of its name (8 bytes, big-endian), its name, the length of its text
/// (8 bytes, big-endian), its text.
///
/// Does not depend on the order of `sources`. Names are relative to the policy's folder, with `/`.
std::string revision_of(std::span<SourceText const> sources);

}  // namespace heed::store
