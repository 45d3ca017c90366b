#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "server/store/reader.hpp"

/// What the commands that read a decision log share.
namespace heed::cli {

/// Opens the log; tells why not and answers null.
std::unique_ptr<store::Reader> open_log(std::string const& path);

/// Reads a time into `at_us`; false, and told, where it is none. An empty text is no time at all.
bool read_time(std::string const& text, std::optional<std::int64_t>& at_us);

Error no_such_record(std::string const& id);

}  // namespace heed::cli
