#pragma once
#include <optional>
#include <string>

#include "server/proof/key.hpp"
#include "server/store/database.hpp"

/// The file that holds the log's signing key: one line, for its owner alone.
namespace heed::store {

/// The key; nothing where there is no file.
///
/// Fails with key.exposed where others may read or write it, key.unreadable, key.malformed.
Expected<std::optional<proof::SigningKey>, Error> read_key_file(std::string const& path);

/// Puts the key in the place of the file, whole or not at all, with mode 0600. Fails with
/// key.unwritable.
Expected<Done, Error> write_key_file(std::string const& path, proof::SigningKey const& key);

/// Gives the file `from` the name `to`, durably. Fails with key.unwritable.
Expected<Done, Error> move_key_file(std::string const& from, std::string const& to);

}  // namespace heed::store
