#pragma once
#include <span>
#include <string>

#include "server/store/database.hpp"

/// The versions of the store's tables, and the way from each to the next.
namespace heed::store {

/// What makes version n of version n - 1: statements, then a function where SQL does not reach.
struct Migration {
  std::string sql;
  Expected<Done, Error> (*then)(Database&) = nullptr;
};

/// All of ours, the first one first: its number is the version that it makes. Released ones never
/// change. docs/log-format.md describes the tables.
std::span<Migration const> migrations();

/// Brings a file, also an empty one, to the version after the last of `steps`. Each step is one
/// transaction: a step that fails leaves the version before it.
///
/// Fails with log.too-new where the file is of a later version, and is then unchanged.
Expected<Done, Error> migrate(Database& database, std::span<Migration const> steps = migrations());

/// Whether a file that is only read is of the version after the last of `steps`: log.too-new or
/// log.too-old where it is not.
Expected<Done, Error> check_version(Database& database,
                                    std::span<Migration const> steps = migrations());

}  // namespace heed::store
