#pragma once
#include "server/store/database.hpp"
#include "server/store/problem.hpp"

/// The part of verify that looks at what the tables are, not at what they hold.
namespace heed::store {

/// Whether the file has the tables and indexes that Heed makes, word for word, and nothing beside
/// them: a trigger could change what is written later, a view stand in the place of a table.
Finding examine_schema(Database& database);

}  // namespace heed::store
