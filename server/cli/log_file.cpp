#include "server/cli/log_file.hpp"

#include "server/cli/terminal.hpp"

namespace heed::cli {

std::unique_ptr<store::Reader> open_log(std::string const& path) {
  auto reader = store::Reader::open({.path = path});
  if (reader) return std::move(reader).value();
  tell(reader.error());
  return nullptr;
}

}  // namespace heed::cli
