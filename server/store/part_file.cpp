#include "server/store/part_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "server/files/replace.hpp"

namespace heed::store {
namespace {

// What SQLite keeps beside a file.
constexpr char const* beside[] = {"-wal", "-shm", "-journal"};

void clear_beside(std::string const& path) {
  for (char const* end : beside) ::unlink((path + end).c_str());
}

// Whether the name still leads to what was opened.
bool is_same_file(int handle, std::string const& path) {
  struct stat opened {};
  struct stat named {};
  return ::fstat(handle, &opened) == 0 && ::stat(path.c_str(), &named) == 0 &&
         opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

Failure<Error> exists(std::string const& path) {
  return {{"copy.exists", "`" + path + "` is there already", "name another file"}};
}

// Some file systems have neither the one way nor the other: then the last is not to be had whole.
bool rename_where_free(std::string const& from, std::string const& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
  if (errno != EINVAL && errno != ENOSYS) return false;
  if (::link(from.c_str(), to.c_str()) == 0) return ::unlink(from.c_str()) == 0;
  if (errno != EPERM && errno != EOPNOTSUPP) return false;
  if (is_there(to)) {
    errno = EEXIST;
    return false;
  }
  return std::rename(from.c_str(), to.c_str()) == 0;
}

// Gives a file a second name, or moves it where it can have but one.
bool name_also(std::string const& from, std::string const& to) {
  if (::link(from.c_str(), to.c_str()) == 0) return true;
  return (errno == EPERM || errno == EOPNOTSUPP) && rename_where_free(from, to);
}

}  // namespace

bool is_there(std::string const& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0;
}

PartFile::PartFile(std::string name, int handle)
    : name_{std::move(name)}, path_{name_ + ".part"}, handle_{handle} {}

PartFile::PartFile(PartFile&& other) noexcept
    : name_{std::move(other.name_)},
      path_{std::move(other.path_)},
      handle_{std::exchange(other.handle_, -1)} {}

PartFile::~PartFile() {
  if (handle_ < 0) return;
  if (is_same_file(handle_, path_)) {
    clear_beside(path_);
    ::unlink(path_.c_str());
  }
  ::close(handle_);
}

Failure<Error> PartFile::failed(std::string const& path) const {
  if (errno == EEXIST) return exists(path);
  return {{"copy.unwritable", "cannot write `" + path + "`: " + std::strerror(errno),
           "check its folder and the rights on it"}};
}

Expected<PartFile, Error> PartFile::make(std::string const& name) {
  std::string const path = name + ".part";
  int const handle =
      ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
  PartFile part{name, handle};
  if (handle < 0) return part.failed(path);
  if (::flock(handle, LOCK_EX | LOCK_NB) != 0 || !is_same_file(handle, path)) {
    ::close(std::exchange(part.handle_, -1));
    return Failure<Error>{
        {"copy.in-use", "another program is making `" + name + "`", "wait for it, or end it"}};
  }
  clear_beside(path);
  if (::ftruncate(handle, 0) != 0 || ::fchmod(handle, 0600) != 0) return part.failed(path);
  return part;
}

Expected<Done, Error> PartFile::place() {
  if (!rename_where_free(path_, name_)) return failed(name_);
  if (!files::make_name_durable(name_)) return failed(name_);
  return Done{};
}

Expected<Done, Error> PartFile::replace(std::string const& aside) {
  for (char const* end : {"", "-wal", "-journal"}) {
    if (!is_there(name_ + end)) continue;
    if (!name_also(name_ + end, aside + end)) return failed(aside + end);
  }
  if (!files::make_name_durable(name_)) return failed(name_);
  // What stands beside the old file must not be taken for the new one's.
  clear_beside(name_);
  if (std::rename(path_.c_str(), name_.c_str()) != 0 || !files::make_name_durable(name_))
    return failed(name_);
  return Done{};
}

}  // namespace heed::store
