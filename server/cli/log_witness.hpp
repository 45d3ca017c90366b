#pragma once
#include <optional>
#include <string>

#include "server/store/witness.hpp"

namespace heed::cli {

/// What a witness file holds; nothing where there is none yet. Fails with file.unreadable and
/// witness.unreadable.
Expected<std::optional<store::Witnessed>, Error> read_seen(std::string const& path);

}  // namespace heed::cli
