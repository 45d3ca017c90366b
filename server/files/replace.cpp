#include "server/files/replace.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <optional>
#include <utility>

#include "server/files/handle.hpp"

namespace heed::files {
namespace {

using Step = Fault::Step;

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    auto const written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(file) == 0;
}

std::optional<Step> write_fresh(std::string const& fresh, std::string_view text,
                                Replacing const& how) {
  if (::unlink(fresh.c_str()) != 0 && errno != ENOENT) return Step::open;
  Handle file{::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, how.mode)};
  if (file.number < 0) return Step::open;
  bool const has_rights =
      how.rights == Replacing::Rights::masked || ::fchmod(file.number, how.mode) == 0;
  if (!has_rights || !write_all(file.number, text)) return Step::write;
  return ::close(std::exchange(file.number, -1)) == 0 ? std::nullopt : std::optional{Step::write};
}

}  // namespace

Expected<Done, Fault> replace(std::string const& path, std::string_view text,
                              Replacing const& how) {
  std::string const fresh = path + std::string{how.beside};
  auto failed = write_fresh(fresh, text, how);
  if (!failed && std::rename(fresh.c_str(), path.c_str()) != 0) failed = Step::name;
  if (failed) {
    Fault const fault{*failed, errno};
    if (fault.step != Step::open) ::unlink(fresh.c_str());
    return Failure<Fault>{fault};
  }
  if (how.name == Replacing::Name::durable && !make_name_durable(path))
    return Failure<Fault>{{Step::settle, errno}};
  return Done{};
}

bool make_name_durable(std::string const& path) {
  auto const slash = path.rfind('/');
  std::string const folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  Handle const opened{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  return opened.number >= 0 && ::fsync(opened.number) == 0;
}

}  // namespace heed::files
