#pragma once
#include <memory>
#include <string>

#include "server/store/reader.hpp"

/// What the commands that read a decision log share.
namespace heed::cli {

/// Opens the log; tells why not and answers null.
std::unique_ptr<store::Reader> open_log(std::string const& path);

}  // namespace heed::cli
