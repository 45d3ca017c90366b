#include "server/cli/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace heed::cli {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

Failure<Error> failed(std::string_view code, std::string const& what, std::string const& path) {
  return {{code, "cannot " + what + " `" + path + "`: " + std::strerror(errno), ""}};
}

/// Writes everything and makes it durable.
bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    auto const written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(file) == 0;
}

}  // namespace

Expected<std::string, Error> read_input(std::string const& path, std::size_t bytes_max) {
  std::unique_ptr<std::FILE, CloseFile> opened;
  std::FILE* file = stdin;
  if (path != "-") {
    opened.reset(std::fopen(path.c_str(), "rb"));
    if (!opened) return failed("file.unreadable", "read", path);
    file = opened.get();
  }
  std::string text;
  char block[65536];
  while (auto const count = std::fread(block, 1, sizeof block, file)) {
    text.append(block, count);
    if (text.size() > bytes_max)
      return Failure<Error>{{"file.too-large",
                             "`" + path + "` has more than " + std::to_string(bytes_max) + " bytes",
                             ""}};
  }
  if (std::ferror(file) != 0) return failed("file.unreadable", "read", path);
  return text;
}

Expected<Done, Error> replace_file(std::string const& path, std::string_view text) {
  std::string const fresh = path + ".new";
  struct stat old {};
  mode_t const mode = ::stat(path.c_str(), &old) == 0 ? old.st_mode & 07777 : 0644;
  int const file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
  if (file < 0) return failed("file.unwritable", "write", fresh);
  bool const written = write_all(file, text);
  bool const closed = ::close(file) == 0;
  if (written && closed && ::rename(fresh.c_str(), path.c_str()) == 0) return Done{};
  auto failure = failed("file.unwritable", "write", path);
  ::unlink(fresh.c_str());
  return failure;
}

}  // namespace heed::cli
