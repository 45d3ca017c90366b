#include "server/seal/key.hpp"

#include <sodium.h>

#include <algorithm>

#include "engine/base/ensure.hpp"
#include "server/seal/text.hpp"

namespace heed::seal {
namespace {

void begin() {
  static bool const is_ready = sodium_init() >= 0;
  ensure(is_ready);
}

// HMAC-SHA-256, of which SHA-256 under a key is all that we need.
std::string hmac(std::string_view key, std::string_view bytes) {
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> out{};
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, as_data(key), key.size());
  crypto_auth_hmacsha256_update(&state, as_data(bytes), bytes.size());
  crypto_auth_hmacsha256_final(&state, out.data());
  sodium_memzero(&state, sizeof state);
  return std::string{as_text(out)};
}

}  // namespace

Key::Key(std::string_view bytes) {
  ensure(bytes.size() == size);
  std::ranges::copy(bytes, bytes_.begin());
}

Key::~Key() {
  sodium_memzero(bytes_.data(), bytes_.size());
}

std::string_view Key::bytes() const {
  return as_text(bytes_);
}

Key make_key() {
  begin();
  std::array<unsigned char, Key::size> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  Key key{as_text(bytes)};
  sodium_memzero(bytes.data(), bytes.size());
  return key;
}

std::string id_of(Key const& master) {
  std::string const hash = hmac(master.bytes(), "heed master key id 1");
  return to_hex(std::string_view{hash}.substr(0, 8));
}

std::string fingerprint(Key const& master, std::string_view bytes) {
  std::string derived = hmac(master.bytes(), "heed fingerprint 1");
  std::string found = hmac(derived, bytes);
  sodium_memzero(derived.data(), derived.size());
  return found;
}

}  // namespace heed::seal
