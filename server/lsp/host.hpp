#pragma once
#include <functional>
#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/expected.hpp"
#include "engine/base/source.hpp"

namespace heed::lsp {

/// What the server is handed in.
struct Host {
  /// The files of a policy: all of a folder, named relative to it, or the one that the path names.
  std::function<Expected<std::vector<SourceText>, Error>(std::string const& path)> read_policy;
};

}  // namespace heed::lsp
