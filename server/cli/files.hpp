#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "engine/base/error.hpp"
#include "engine/base/expected.hpp"

/// Files as the commands read and write them.
namespace heed::cli {

/// All of the file, or of standard input where `path` is `-`. Fails with file.unreadable, or
/// file.too-large beyond `bytes_max`.
Expected<std::string, Error> read_input(std::string const& path, std::size_t bytes_max);

/// Puts `text` in the place of the file, whole or not at all: a crash leaves the old or the new
/// one. Fails with file.unwritable.
Expected<Done, Error> replace_file(std::string const& path, std::string_view text);

}  // namespace heed::cli
