#include "server/store/master.hpp"

#include <optional>

#include "server/seal/key_file.hpp"

namespace heed::store {
namespace {

Failure<Error> is_wrong() {
  return {{"master.wrong", "the master key is not the one of this log",
           "name the log's own with `--master FILE`, or restore it from its backup"}};
}

// Empty where the log has none yet.
Expected<std::string, Error> read_id(Database& database) {
  auto found = database.query("SELECT id FROM master_key");
  if (!found) return pass_on(found);
  auto const row = found.value().next();
  if (!row) return pass_on(row);
  return std::string{row.value() == Row::none ? "" : found.value().bytes(0)};
}

Expected<seal::Key, Error> take_within(Database& database, std::string const& path) {
  auto const id = read_id(database);
  if (!id) return pass_on(id);
  auto found = seal::read_master_file(path);
  if (!found) return pass_on(found);
  if (!id.value().empty()) {
    if (!found.value()) {
      return Failure<Error>{{"master.missing",
                             "the master key of the log, `" + path + "`, is not there",
                             "restore it from its backup: without it nothing that is sealed can "
                             "be opened"}};
    }
    if (seal::id_of(*found.value()) != id.value()) return is_wrong();
    return *found.value();
  }
  if (!found.value()) {
    found.value() = seal::make_key();
    auto const written = seal::write_master_file(path, *found.value());
    if (!written) return pass_on(written);
  }
  auto const named =
      database.run("INSERT INTO master_key VALUES (1, ?)", seal::id_of(*found.value()));
  if (!named) return pass_on(named);
  return *found.value();
}

}  // namespace

// Under the lock: another program may be opening the same new log.
Expected<std::shared_ptr<seal::Key const>, Error> take_master(Database& database,
                                                              std::string const& path) {
  if (auto begun = database.run("BEGIN IMMEDIATE"); !begun) return pass_on(begun);
  auto key = take_within(database, path);
  if (!key) {
    database.roll_back();
    return pass_on(key);
  }
  if (auto committed = database.run("COMMIT"); !committed) {
    database.roll_back();
    return pass_on(committed);
  }
  return std::make_shared<seal::Key const>(key.value());
}

Expected<Done, Error> check_master(Database& database, seal::Key const& master) {
  auto const id = read_id(database);
  if (!id) return pass_on(id);
  if (id.value() != seal::id_of(master)) return is_wrong();
  return Done{};
}

}  // namespace heed::store
