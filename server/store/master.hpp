#pragma once
#include <memory>
#include <string>

#include "server/seal/key.hpp"
#include "server/store/database.hpp"

/// The master key of a log: it wraps the keys that seal, and is kept apart from the store, which
/// knows it only by an id.
namespace heed::store {

/// The log's master key, of its file; for a log that never had one it is made.
///
/// Fails with master.missing, master.wrong (it is of another log), or as read_master_file does.
Expected<std::shared_ptr<seal::Key const>, Error> take_master(Database& database,
                                                              std::string const& path);

/// Fails with master.wrong where this is not the log's master key.
Expected<Done, Error> check_master(Database& database, seal::Key const& master);

}  // namespace heed::store
