#include "server/store/key_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace heed::store {
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

Failure<Error> failed(std::string_view code, std::string const& what, std::string const& path) {
  return {{code, what + " `" + path + "`: " + std::strerror(errno), ""}};
}

Expected<Done, Error> make_durable(std::string const& path) {
  auto const folder = std::filesystem::path{path}.parent_path();
  File const opened{folder.empty() ? "." : folder.string(), O_RDONLY | O_DIRECTORY};
  if (opened.handle() < 0 || ::fsync(opened.handle()) != 0)
    return failed("key.unwritable", "cannot make durable", path);
  return Done{};
}

}  // namespace

Expected<std::optional<proof::SigningKey>, Error> read_key_file(std::string const& path) {
  File const file{path, O_RDONLY | O_NONBLOCK};
  if (file.handle() < 0 && errno == ENOENT) return std::optional<proof::SigningKey>{};
  struct stat status {};
  if (file.handle() < 0 || ::fstat(file.handle(), &status) != 0)
    return failed("key.unreadable", "cannot read the log's key", path);
  if (!S_ISREG(status.st_mode) || (status.st_mode & 077) != 0) {
    return Failure<Error>{{"key.exposed",
                           "others than its owner may use the log's key `" + path + "`",
                           "`chmod 600` it; where somebody may have read it, `heed log key STORE "
                           "--rotate` "
                           "puts another in its place"}};
  }
  std::array<char, 1024> bytes{};
  ssize_t const count = ::read(file.handle(), bytes.data(), bytes.size());
  if (count < 0) return failed("key.unreadable", "cannot read the log's key", path);
  std::string_view text{bytes.data(), static_cast<std::size_t>(count)};
  if (text.ends_with('\n')) text.remove_suffix(1);
  auto key = proof::read_signing_key(text);
  if (!key) {
    return Failure<Error>{
        {key.error().code, "`" + path + "`: " + key.error().message, key.error().help}};
  }
  return std::optional{std::move(key).value()};
}

Expected<Done, Error> write_key_file(std::string const& path, proof::SigningKey const& key) {
  std::string const fresh = path + ".part";
  ::unlink(fresh.c_str());
  std::string const text = proof::to_text(key) + '\n';
  {
    File const file{fresh, O_WRONLY | O_CREAT | O_EXCL};
    if (file.handle() < 0 ||
        ::write(file.handle(), text.data(), text.size()) != static_cast<ssize_t>(text.size()) ||
        ::fsync(file.handle()) != 0) {
      return failed("key.unwritable", "cannot write the log's key", fresh);
    }
  }
  return move_key_file(fresh, path);
}

Expected<Done, Error> move_key_file(std::string const& from, std::string const& to) {
  if (std::rename(from.c_str(), to.c_str()) != 0)
    return failed("key.unwritable", "cannot write the log's key", to);
  return make_durable(to);
}

}  // namespace heed::store
