#include "server/cli/line_reader.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "engine/base/limits.hpp"

namespace heed::cli {

Expected<File, Error> open_input(std::string const& path) {
  File file{path == "-" ? stdin : std::fopen(path.c_str(), "rb")};
  struct stat status {};
  if (file && ::fstat(fileno(file.get()), &status) == 0 && S_ISDIR(status.st_mode)) {
    file.reset();
    errno = EISDIR;
  }
  if (file) return file;
  return Failure<Error>{
      {"file.unreadable", "cannot read `" + path + "`: " + std::strerror(errno), ""}};
}

Lines::Lines(std::FILE* file) : file_{file} {
  block_.resize(1 << 16);
}

bool Lines::next(std::string& line) {
  line.clear();
  bool any = false;
  for (;;) {
    if (at_ == end_ && !fill()) return any;
    any = true;
    auto const* const from = block_.data() + at_;
    auto const* const stop = static_cast<char const*>(std::memchr(from, '\n', end_ - at_));
    std::size_t const count = stop != nullptr ? static_cast<std::size_t>(stop - from) : end_ - at_;
    std::size_t const room = limits::case_bytes_max + 1 - line.size();
    line.append(from, std::min(count, room));
    at_ += count + (stop != nullptr ? 1 : 0);
    if (stop != nullptr) break;
  }
  if (line.ends_with('\r')) line.pop_back();
  return true;
}

bool Lines::fill() {
  at_ = 0;
  end_ = 0;
  for (;;) {  // read(2), so that a line is answered as soon as it is there
    auto const count = ::read(fileno(file_), block_.data(), block_.size());
    if (count < 0 && errno == EINTR) continue;
    end_ = count > 0 ? static_cast<std::size_t>(count) : 0;
    return count > 0;
  }
}

}  // namespace heed::cli
