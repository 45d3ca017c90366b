#pragma once
#include <functional>
#include <span>
#include <string>

#include "engine/base/source.hpp"
#include "server/store/database.hpp"
#include "server/store/problem.hpp"

/// The part of verify that looks for rows that no record asks for, or that should stand beside the
/// records and do not.
namespace heed::store {

/// Policies that decided nothing yet must be whole all the same: the next record may name one. A
/// key of an idempotent request must lead to the record that came with it, and full tiles must be
/// there, though they could be computed.
Finding examine_surplus(
    Database& database,
    std::function<std::string(std::span<SourceText const>)> const& revision_of_sources);

}  // namespace heed::store
