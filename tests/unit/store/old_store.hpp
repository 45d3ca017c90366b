#pragma once
#include <cstddef>
#include <string>

namespace heed::store::testing {

/// A file of version 3 with so many records of format 2, in a tree.
void write_version_3(std::string const& path, int records);

/// A file of version 1 or 2 with so many records: each bound to the one before, and no tree.
void write_chain(std::string const& path, std::size_t version, int records);

}  // namespace heed::store::testing
