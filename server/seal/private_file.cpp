#include "server/seal/private_file.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace heed::seal {
namespace {

class File {
 public:
  File(std::string const& path, int flags)
      : handle_{::open(path.c_str(), flags | O_CLOEXEC, 0600)} {}
  ~File() {
    if (handle_ >= 0) ::close(handle_);
  }
  File(File const&) = delete;
  File& operator=(File const&) = delete;
  int handle() const { return handle_; }

 private:
  int handle_;
};

Failure<Error> failed(std::string_view code, std::string_view verb, PrivateFile const& kind,
                      std::string const& path) {
  return {{code,
           std::string{verb}.append(kind.what).append(" `").append(path).append("`: ").append(
               std::strerror(errno)),
           ""}};
}

Expected<Done, Error> make_durable(std::string const& path, PrivateFile const& kind) {
  auto const folder = std::filesystem::path{path}.parent_path();
  File const opened{folder.empty() ? "." : folder.string(), O_RDONLY | O_DIRECTORY};
  if (opened.handle() < 0 || ::fsync(opened.handle()) != 0)
    return failed(kind.unwritable, "cannot make durable ", kind, path);
  return Done{};
}

}  // namespace

Expected<std::optional<std::string>, Error> read_private_file(std::string const& path,
                                                              PrivateFile const& kind) {
  File const file{path, O_RDONLY | O_NONBLOCK};
  if (file.handle() < 0 && errno == ENOENT) return std::optional<std::string>{};
  struct stat status {};
  if (file.handle() < 0 || ::fstat(file.handle(), &status) != 0)
    return failed(kind.unreadable, "cannot read ", kind, path);
  if (!S_ISREG(status.st_mode) || (status.st_mode & 077) != 0) {
    return Failure<Error>{
        {kind.exposed,
         std::string{"others than its owner may use "}.append(kind.what) + " `" + path + "`",
         "`chmod 600` it; " + std::string{kind.after_exposure}}};
  }
  std::array<char, 1024> bytes{};
  ssize_t const count = ::read(file.handle(), bytes.data(), bytes.size());
  if (count < 0) return failed(kind.unreadable, "cannot read ", kind, path);
  std::string text{bytes.data(), static_cast<std::size_t>(count)};
  sodium_memzero(bytes.data(), bytes.size());
  if (text.ends_with('\n')) text.pop_back();
  return std::optional{std::move(text)};
}

Expected<Done, Error> write_private_file(std::string const& path, std::string_view text,
                                         PrivateFile const& kind) {
  std::string const fresh = path + ".part";
  ::unlink(fresh.c_str());
  std::string line{text};
  line += '\n';
  {
    File const file{fresh, O_WRONLY | O_CREAT | O_EXCL};
    bool const is_written =
        file.handle() >= 0 &&
        ::write(file.handle(), line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
        ::fsync(file.handle()) == 0;
    sodium_memzero(line.data(), line.size());
    if (!is_written) return failed(kind.unwritable, "cannot write ", kind, fresh);
  }
  return move_private_file(fresh, path, kind);
}

Expected<Done, Error> move_private_file(std::string const& from, std::string const& to,
                                        PrivateFile const& kind) {
  if (std::rename(from.c_str(), to.c_str()) != 0)
    return failed(kind.unwritable, "cannot write ", kind, to);
  return make_durable(to, kind);
}

}  // namespace heed::seal
