#include "server/access/token.hpp"

#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <algorithm>

#include "engine/base/hex.hpp"

namespace heed::access {
namespace {

constexpr std::string_view prefix = "heed_";
constexpr std::size_t id_digits = 12;
constexpr std::array<std::string_view, 4> role_names = {"caller", "owner", "auditor", "admin"};

Hash hash_of(std::string_view text) {
  Hash hash;
  SHA256(reinterpret_cast<unsigned char const*>(text.data()), text.size(), hash.data());
  return hash;
}

/// Base64 for URLs (RFC 4648, section 5) without padding.
std::string base64url(std::span<unsigned char const> bytes) {
  constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string text;
  unsigned held = 0, bits = 0;
  for (unsigned const byte : bytes) {
    held = (held << 8 | byte) & 0xffff;
    bits += 8;
    for (; bits >= 6; bits -= 6) text += letters[held >> (bits - 6) & 63];
  }
  if (bits > 0) text += letters[held << (6 - bits) & 63];
  return text;
}

/// The id in a token's text; empty where it has not the shape of one.
std::string_view id_in(std::string_view text) {
  if (!text.starts_with(prefix)) return {};
  text.remove_prefix(prefix.size());
  if (text.size() <= id_digits || text[id_digits] != '_') return {};
  return text.substr(0, id_digits);
}

}  // namespace

std::string_view name_of(Role role) {
  return role_names[static_cast<std::size_t>(role)];
}

std::optional<Role> role_of(std::string_view name) {
  auto const found = std::find(role_names.begin(), role_names.end(), name);
  if (found == role_names.end()) return std::nullopt;
  return static_cast<Role>(found - role_names.begin());
}

NewToken make_token(std::string name, std::vector<Role> roles, std::int64_t created_us,
                    std::optional<std::int64_t> expires_us,
                    std::span<unsigned char const, 38> random) {
  std::sort(roles.begin(), roles.end());
  roles.erase(std::unique(roles.begin(), roles.end()), roles.end());
  auto id = to_hex(random.first<6>());
  auto text = std::string{prefix} + id + "_" + base64url(random.last<32>());
  auto const hash = hash_of(text);
  return {{std::move(id), std::move(name), std::move(roles), hash, created_us, expires_us},
          std::move(text)};
}

Token const* find_token(std::span<Token const> tokens, std::string_view presented,
                        std::int64_t now_us) {
  auto const id = id_in(presented);
  auto const found = std::find_if(tokens.begin(), tokens.end(),
                                  [&](Token const& token) { return token.id == id; });
  auto const hash = hash_of(presented);
  if (found == tokens.end() || CRYPTO_memcmp(hash.data(), found->hash.data(), hash.size()) != 0)
    return nullptr;
  return found->expires_us && now_us >= *found->expires_us ? nullptr : &*found;
}

bool may(std::span<Role const> roles, Role needed) {
  return std::any_of(roles.begin(), roles.end(),
                     [&](Role role) { return role == needed || role == Role::admin; });
}

}  // namespace heed::access
