#include "server/seal/key_file.hpp"

#include <sodium.h>

#include "server/seal/private_file.hpp"
#include "server/seal/text.hpp"

namespace heed::seal {
namespace {

// "PRIVATE+MASTER+<id>+<key in hexadecimal>"
constexpr std::string_view prefix = "PRIVATE+MASTER+";
constexpr std::size_t id_letters = 16;

constexpr PrivateFile master_file{
    .what = "the master key",
    .exposed = "master.exposed",
    .unreadable = "master.unreadable",
    .unwritable = "master.unwritable",
    .after_exposure = "whoever has read it can open what a copy of the store holds sealed"};

}  // namespace

Expected<std::optional<Key>, Error> read_master_file(std::string const& path) {
  auto text = read_private_file(path, master_file);
  if (!text) return Failure<Error>{text.error()};
  if (!text.value()) return std::optional<Key>{};
  std::string& line = *text.value();
  std::string_view rest{line};
  bool holds = rest.starts_with(prefix) && rest.size() > prefix.size() + id_letters;
  std::optional<Key> key;
  if (holds) {
    rest.remove_prefix(prefix.size());
    auto bytes = from_hex(rest.substr(id_letters + 1));
    if (bytes && bytes->size() == Key::size) key.emplace(*bytes);
    if (bytes) sodium_memzero(bytes->data(), bytes->size());
    holds = key && id_of(*key) == rest.substr(0, id_letters) && rest[id_letters] == '+';
  }
  sodium_memzero(line.data(), line.size());
  if (holds) return key;
  return Failure<Error>{
      {"master.malformed", "`" + path + "` holds no master key", "restore it from its backup"}};
}

Expected<Done, Error> write_master_file(std::string const& path, Key const& key) {
  std::string line = std::string{prefix} + id_of(key) + "+" + to_hex(key.bytes());
  auto written = write_private_file(path, line, master_file);
  sodium_memzero(line.data(), line.size());
  return written;
}

}  // namespace heed::seal
