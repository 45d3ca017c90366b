#include "server/store/sealing.hpp"

#include "server/seal/seal.hpp"

namespace heed::store {
namespace {

// A byte for the format, eight for the key's number, then what seal::seal gives.
constexpr char format = 1;
constexpr std::size_t head_bytes = 9;

std::string to_bytes(std::int64_t number) {
  std::string bytes;
  for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(number >> shift);
  return bytes;
}

std::string key_binding(std::int64_t number) {
  return "heed subject key 1\n" + std::to_string(number);
}

std::string text_binding(std::string_view id) {
  return "heed sealed 1\n" + std::string{id};
}

struct StoredKey {
  bool is_there = false;
  std::int64_t erased_by = 0;
  std::string wrapped;
};

Expected<StoredKey, Error> read_key(Database& database, std::int64_t number) {
  auto found = database.query(
      "SELECT k.wrapped, e.sequence FROM subject_keys AS k LEFT JOIN erased_keys AS e "
      "ON e.number = k.number WHERE k.number = ?",
      number);
  if (!found) return pass_on(found);
  Query& read = found.value();
  auto const row = read.next();
  if (!row) return pass_on(row);
  if (row.value() == Row::none) return StoredKey{};
  return StoredKey{true, read.integer(1), std::string{read.bytes(0)}};
}

std::optional<seal::Key> unwrap(std::int64_t number, std::string_view wrapped,
                                seal::Key const& master) {
  auto const bytes = seal::open(master, wrapped, key_binding(number));
  if (!bytes || bytes->size() != seal::Key::size) return std::nullopt;
  return seal::Key{*bytes};
}

struct NumberedKey {
  std::int64_t number;
  seal::Key key;
};

Expected<NumberedKey, Error> make_key(Database& database, seal::Key const& master,
                                      KeyOwner const& owner) {
  auto const last = database.read_integer("SELECT coalesce(max(number), 0) FROM subject_keys");
  if (!last) return pass_on(last);
  NumberedKey made{last.value() + 1, seal::make_key()};
  std::string const wrapped = seal::seal(master, made.key.bytes(), key_binding(made.number));
  auto const inserted =
      database.run("INSERT INTO subject_keys VALUES (?, ?)", made.number, Blob{wrapped});
  if (!inserted) return pass_on(inserted);
  auto const used = database.run("INSERT INTO keys_in_use VALUES (?, ?, ?)", owner.subject,
                                 owner.record, made.number);
  if (!used) return pass_on(used);
  return made;
}

// The key in use, made where there is none.
Expected<NumberedKey, Error> take_key(Database& database, seal::Key const& master,
                                      KeyOwner const& owner) {
  bool is_there = false;
  {
    auto found = database.query(
        "SELECT u.number, k.wrapped FROM keys_in_use AS u LEFT JOIN subject_keys AS k "
        "ON k.number = u.number WHERE u.subject = ? AND u.record = ?",
        owner.subject, owner.record);
    if (!found) return pass_on(found);
    auto const row = found.value().next();
    if (!row) return pass_on(row);
    is_there = row.value() == Row::ready;
    auto const number = is_there ? found.value().integer(0) : 0;
    auto key = is_there ? unwrap(number, found.value().bytes(1), master) : std::nullopt;
    if (key) return NumberedKey{number, *key};
  }
  if (!is_there) return make_key(database, master, owner);
  return Failure<Error>{{"log.corrupt", "a key of sealed values is not what was written",
                         "`heed log verify` says more; keep the file and restore a backup"}};
}

}  // namespace

Expected<std::string, Error> seal_text(Database& database, seal::Key const& master,
                                       KeyOwner const& owner, std::string_view id,
                                       std::string_view text) {
  auto const key = take_key(database, master, owner);
  if (!key) return pass_on(key);
  return format + to_bytes(key.value().number) +
         seal::seal(key.value().key, text, text_binding(id));
}

std::int64_t key_number_of(std::string_view sealed) {
  if (sealed.size() <= head_bytes || sealed[0] != format) return 0;
  std::uint64_t number = 0;
  for (char const byte : sealed.substr(1, 8))
    number = number << 8 | static_cast<unsigned char>(byte);
  return number > INT64_MAX ? 0 : static_cast<std::int64_t>(number);
}

Expected<Secret, Error> open_sealed(Database& database, seal::Key const* master,
                                    std::string_view sealed, std::string_view id) {
  if (sealed.empty()) return Secret{};
  Secret secret{.seal = Seal::damaged, .key = key_number_of(sealed)};
  auto const stored = read_key(database, secret.key);
  if (!stored) return pass_on(stored);
  if (!stored.value().is_there) return secret;
  if (stored.value().erased_by != 0) {
    secret.seal = Seal::erased;
    secret.erased_by = stored.value().erased_by;
    return secret;
  }
  if (master == nullptr) {
    secret.seal = Seal::locked;
    return secret;
  }
  auto const key = unwrap(secret.key, stored.value().wrapped, *master);
  if (!key) return secret;
  auto text = seal::open(*key, sealed.substr(head_bytes), text_binding(id));
  if (!text) return secret;
  secret.seal = Seal::opened;
  secret.text = std::move(*text);
  return secret;
}

Expected<std::int64_t, Error> find_key(Database& database, KeyOwner const& owner) {
  auto found = database.query("SELECT number FROM keys_in_use WHERE subject = ? AND record = ?",
                              owner.subject, owner.record);
  if (!found) return pass_on(found);
  auto const row = found.value().next();
  if (!row) return pass_on(row);
  return row.value() == Row::none ? 0 : found.value().integer(0);
}

// SQLite overwrites a row in its place where its length stays what it was.
Expected<Done, Error> destroy_key(Database& database, KeyOwner const& owner, std::int64_t number,
                                  std::int64_t erased_by) {
  auto const zeroed = database.run(
      "UPDATE subject_keys SET wrapped = zeroblob(length(wrapped)) WHERE number = ?", number);
  if (!zeroed) return zeroed;
  auto const forgotten = database.run("DELETE FROM keys_in_use WHERE subject = ? AND record = ?",
                                      owner.subject, owner.record);
  if (!forgotten) return forgotten;
  return database.run("INSERT INTO erased_keys VALUES (?, ?)", number, erased_by);
}

}  // namespace heed::store
