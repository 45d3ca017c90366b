#include "server/store/copying.hpp"

#include "server/store/migrations.hpp"
#include "server/store/part_file.hpp"

namespace heed::store {
namespace {

constexpr int alone_wait_ms = 200;

// Writes that wait beside the file are merged into it, so that it is one file again.
Expected<Done, Error> make_one_file(Database& database) {
  return database.script("PRAGMA journal_mode = DELETE");
}

Expected<Done, Error> copy_pages(CopyOptions const& options, std::string const& part) {
  auto from = Database::open({.path = options.from, .access = Access::read});
  if (!from) return pass_on(from);
  auto to = Database::open_copy({.path = part, .vfs = options.vfs});
  if (!to) return pass_on(to);
  // What a transaction reads first is its moment.
  if (auto begun = from.value().script("BEGIN; SELECT count(*) FROM sqlite_schema"); !begun)
    return begun;
  auto copied = to.value().copy_from(from.value(), options.go_on);
  from.value().roll_back();
  return copied;
}

Expected<Done, Error> settle(CopyOptions const& options, std::string const& part) {
  auto copy = Database::open_copy({.path = part, .vfs = options.vfs});
  if (!copy) return pass_on(copy);
  if (options.bring_up_to_date) {
    auto const version = check_version(copy.value());
    if (!version && version.error().code != "log.too-old") return version;
    if (!version) {
      if (auto made = migrate(copy.value()); !made) return made;
    }
  }
  return make_one_file(copy.value());
}

// The log at `to`, held so that nobody else can open it. What is damaged nobody can use.
Expected<Done, Error> hold_alone(Database& log) {
  if (auto made = make_one_file(log); !made) return made;
  return log.script("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
}

bool is_damage(Error const& error) {
  return error.code == "log.corrupt" || error.code == "log.foreign" || error.code == "log.io";
}

Expected<Done, Error> replace(CopyOptions const& options, PartFile& part) {
  if (!is_there(options.to)) return part.replace(options.aside);
  auto log = Database::open_copy({.path = options.to, .lock_wait_ms = alone_wait_ms});
  if (!log) return pass_on(log);
  auto const held = hold_alone(log.value());
  if (!held && held.error().code == "log.busy") {
    return Failure<Error>{
        {"copy.in-use", "another program has `" + options.to + "` open", "stop the server first"}};
  }
  if (!held && !is_damage(held.error())) return held;
  return part.replace(options.aside);
}

}  // namespace

bool is_taken(std::string const& path) {
  for (char const* end : {"", "-wal", "-journal"})
    if (is_there(path + end)) return true;
  return false;
}

Expected<Done, Error> copy_log(CopyOptions const& options) {
  bool const replaces = options.place == Place::taken && is_taken(options.to);
  auto const& wanted = replaces ? options.aside : options.to;
  if (is_taken(wanted)) {
    return Failure<Error>{
        {"copy.exists", "`" + wanted + "` is there already", "name another file"}};
  }
  auto part = PartFile::make(options.to);
  if (!part) return pass_on(part);
  auto const& path = part.value().path();
  if (auto copied = copy_pages(options, path); !copied) return copied;
  if (auto settled = settle(options, path); !settled) return settled;
  if (options.examine) {
    if (auto examined = options.examine(path); !examined) return examined;
  }
  return replaces ? replace(options, part.value()) : part.value().place();
}

}  // namespace heed::store
