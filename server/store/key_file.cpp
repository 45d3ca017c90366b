#include "server/store/key_file.hpp"

#include "server/seal/private_file.hpp"

namespace heed::store {
namespace {

constexpr seal::PrivateFile key_file{
    .what = "the log's key",
    .exposed = "key.exposed",
    .unreadable = "key.unreadable",
    .unwritable = "key.unwritable",
    .after_exposure =
        "where somebody may have read it, `heed log key STORE --rotate` puts another "
        "in its place"};

}  // namespace

Expected<std::optional<proof::SigningKey>, Error> read_key_file(std::string const& path) {
  auto const text = seal::read_private_file(path, key_file);
  if (!text) return pass_on(text);
  if (!text.value()) return std::optional<proof::SigningKey>{};
  auto key = proof::read_signing_key(*text.value());
  if (!key) {
    return Failure<Error>{
        {key.error().code, "`" + path + "`: " + key.error().message, key.error().help}};
  }
  return std::optional{std::move(key).value()};
}

Expected<Done, Error> write_key_file(std::string const& path, proof::SigningKey const& key) {
  return seal::write_private_file(path, proof::to_text(key), key_file);
}

Expected<Done, Error> move_key_file(std::string const& from, std::string const& to) {
  return seal::move_private_file(from, to, key_file);
}

}  // namespace heed::store
