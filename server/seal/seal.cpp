#include "server/seal/seal.hpp"

#include <sodium.h>

#include "server/hash/sha256.hpp"
#include "server/seal/random.hpp"
#include "server/seal/text.hpp"

namespace heed::seal {
namespace {

constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

unsigned char* as_room(std::string& bytes, std::size_t from) {
  return reinterpret_cast<unsigned char*>(bytes.data() + from);
}

}  // namespace

std::string seal(Key const& key, std::string_view text, std::string_view bound_to) {
  std::string sealed(nonce_bytes + text.size() + tag_bytes, '\0');
  fill_random({as_room(sealed, 0), nonce_bytes});
  unsigned long long written = 0;
  crypto_aead_xchacha20poly1305_ietf_encrypt(as_room(sealed, nonce_bytes), &written, as_data(text),
                                             text.size(), as_data(bound_to), bound_to.size(),
                                             nullptr, as_data(sealed), key.data());
  return sealed;
}

std::optional<std::string> open(Key const& key, std::string_view sealed,
                                std::string_view bound_to) {
  if (sealed.size() < nonce_bytes + tag_bytes) return std::nullopt;
  std::string text(sealed.size() - nonce_bytes - tag_bytes, '\0');
  unsigned long long written = 0;
  std::string_view const ciphertext = sealed.substr(nonce_bytes);
  int const result = crypto_aead_xchacha20poly1305_ietf_decrypt(
      as_room(text, 0), &written, nullptr, as_data(ciphertext), ciphertext.size(),
      as_data(bound_to), bound_to.size(), as_data(sealed), key.data());
  if (result != 0) return std::nullopt;
  return text;
}

std::string make_salt() {
  std::string salt(Key::size, '\0');
  fill_random({as_room(salt, 0), salt.size()});
  return salt;
}

std::string commit(std::string_view salt, std::string_view pointer, std::string_view value) {
  thread_local hash::Sha256 hash;
  constexpr std::string_view zero{"\0", 1};
  return to_hex(hash.add(salt).add(pointer).add(zero).add(value).finish());
}

}  // namespace heed::seal
