#pragma once
#include <string>

namespace heed::files {

/// What changes whenever the file at `path` does; empty where there is none.
std::string look_of(std::string const& path);

}  // namespace heed::files
