#include "server/seal/private_file.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "server/files/handle.hpp"
#include "server/files/replace.hpp"

namespace heed::seal {
namespace {

constexpr std::string_view not_durable = "cannot make durable ";

Failure<Error> failed(std::string_view code, std::string_view verb, PrivateFile const& kind,
                      std::string const& path, int number = errno) {
  return {{code,
           std::string{verb}.append(kind.what).append(" `").append(path).append("`: ").append(
               std::strerror(number)),
           ""}};
}

}  // namespace

Expected<std::optional<std::string>, Error> read_private_file(std::string const& path,
                                                              PrivateFile const& kind) {
  files::Handle const file{::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)};
  if (file.number < 0 && errno == ENOENT) return std::optional<std::string>{};
  struct stat status {};
  if (file.number < 0 || ::fstat(file.number, &status) != 0)
    return failed(kind.unreadable, "cannot read ", kind, path);
  if (!S_ISREG(status.st_mode) || (status.st_mode & 077) != 0) {
    return Failure<Error>{
        {kind.exposed,
         std::string{"others than its owner may use "}.append(kind.what) + " `" + path + "`",
         "`chmod 600` it; " + std::string{kind.after_exposure}}};
  }
  std::array<char, 1024> bytes{};
  ssize_t const count = ::read(file.number, bytes.data(), bytes.size());
  if (count < 0) return failed(kind.unreadable, "cannot read ", kind, path);
  std::string text{bytes.data(), static_cast<std::size_t>(count)};
  sodium_memzero(bytes.data(), bytes.size());
  if (text.ends_with('\n')) text.pop_back();
  return std::optional{std::move(text)};
}

Expected<Done, Error> write_private_file(std::string const& path, std::string_view text,
                                         PrivateFile const& kind) {
  using Step = files::Fault::Step;
  std::string line{text};
  line += '\n';
  constexpr files::Replacing how{.beside = ".part", .mode = 0600};
  auto const replaced = files::replace(path, line, how);
  sodium_memzero(line.data(), line.size());
  if (replaced) return Done{};
  auto const [step, number] = replaced.error();
  if (step == Step::settle) return failed(kind.unwritable, not_durable, kind, path, number);
  return failed(kind.unwritable, "cannot write ", kind,
                step == Step::name ? path : path + std::string{how.beside}, number);
}

Expected<Done, Error> move_private_file(std::string const& from, std::string const& to,
                                        PrivateFile const& kind) {
  if (std::rename(from.c_str(), to.c_str()) != 0)
    return failed(kind.unwritable, "cannot write ", kind, to);
  if (!files::make_name_durable(to)) return failed(kind.unwritable, not_durable, kind, to);
  return Done{};
}

}  // namespace heed::seal
