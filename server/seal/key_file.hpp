#pragma once
#include <optional>
#include <string>

#include "engine/base/error.hpp"
#include "engine/base/expected.hpp"
#include "server/seal/key.hpp"

/// The file that holds the master key: one line, for its owner alone.
namespace heed::seal {

/// The key; nothing where there is no file.
///
/// Fails with master.exposed where others may read or write it, master.unreadable,
/// master.malformed.
Expected<std::optional<Key>, Error> read_master_file(std::string const& path);

/// Puts the key in the place of the file, whole or not at all, with mode 0600. Fails with
/// master.unwritable.
Expected<Done, Error> write_master_file(std::string const& path, Key const& key);

}  // namespace heed::seal
