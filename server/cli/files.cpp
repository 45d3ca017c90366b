#include "server/cli/files.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "server/files/replace.hpp"

namespace heed::cli {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

Failure<Error> failed(std::string_view code, std::string const& what, std::string const& path,
                      int number = errno) {
  return {{code, "cannot " + what + " `" + path + "`: " + std::strerror(number), ""}};
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
  files::Replacing how{.rights = files::Replacing::Rights::masked,
                       .name = files::Replacing::Name::soon};
  struct stat old {};
  how.mode = ::stat(path.c_str(), &old) == 0 ? old.st_mode & 07777 : 0644;
  auto const replaced = files::replace(path, text, how);
  if (replaced) return Done{};
  auto const [step, number] = replaced.error();
  bool const is_opened = step != files::Fault::Step::open;
  return failed("file.unwritable", "write", is_opened ? path : path + std::string{how.beside},
                number);
}

}  // namespace heed::cli
