#include "server/files/look.hpp"

#include <sys/stat.h>

#include <cstdint>

namespace heed::files {

std::string look_of(std::string const& path) {
  struct stat found {};
  if (::stat(path.c_str(), &found) != 0) return {};
  std::string look;
  for (auto const part :
       {static_cast<std::int64_t>(found.st_ino), static_cast<std::int64_t>(found.st_size),
        static_cast<std::int64_t>(found.st_mode), static_cast<std::int64_t>(found.st_mtim.tv_sec),
        static_cast<std::int64_t>(found.st_mtim.tv_nsec)})
    look += std::to_string(part) + ' ';
  return look;
}

}  // namespace heed::files
