#include "server/proof/key.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "engine/base/ensure.hpp"
#include "engine/base/hex.hpp"
#include "server/proof/base64.hpp"
#include "server/proof/sha256.hpp"

namespace heed::proof {
namespace {

constexpr std::string_view private_prefix = "PRIVATE+KEY+";
constexpr std::string_view ed25519{"\x01", 1};

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Context = std::unique_ptr<EVP_MD_CTX, Free>;

std::string_view view(KeyBytes const& bytes) {
  return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

unsigned char const* data(std::string_view bytes) {
  return reinterpret_cast<unsigned char const*>(bytes.data());
}

EVP_PKEY* as_key(std::shared_ptr<void> const& handle) {
  return static_cast<EVP_PKEY*>(handle.get());
}

KeyId id_of(std::string_view name, KeyBytes const& key) {
  Digest const hash =
      sha256(std::string{name} + '\n' + std::string{ed25519} + std::string{view(key)});
  KeyId id;
  std::copy_n(hash.begin(), id.size(), id.begin());
  return id;
}

std::string write(std::string_view name, KeyId const& id, KeyBytes const& bytes) {
  return std::string{name} + '+' + to_hex(id) + '+' +
         to_base64(std::string{ed25519} + std::string{view(bytes)});
}

// "NAME+ID+BASE64"; the id is checked by the caller, who knows the public key.
struct Parts {
  std::string name;
  std::string_view id;
  KeyBytes bytes{};
};

std::optional<Parts> split(std::string_view text) {
  auto const first = text.find('+');
  if (first == std::string_view::npos) return std::nullopt;
  auto const second = text.find('+', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  Parts parts{std::string{text.substr(0, first)}, text.substr(first + 1, second - first - 1), {}};
  auto const bytes = from_base64(text.substr(second + 1));
  if (!is_key_name(parts.name) || !bytes || bytes->size() != 1 + parts.bytes.size() ||
      !bytes->starts_with(ed25519)) {
    return std::nullopt;
  }
  std::copy(bytes->begin() + 1, bytes->end(), parts.bytes.begin());
  return parts;
}

bool has_id(std::string_view written, KeyId const& id) {
  return written == to_hex(id);
}

}  // namespace

bool is_key_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char letter) {
    auto const byte = static_cast<unsigned char>(letter);
    return byte > 0x20 && byte < 0x7f && letter != '+';
  });
}

SigningKey::SigningKey(std::string name, KeyBytes const& seed)
    : seed_{seed},
      verifier_{std::move(name), {}, {}},
      handle_{EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()),
              [](void* key) { EVP_PKEY_free(static_cast<EVP_PKEY*>(key)); }} {
  ensure(handle_ != nullptr);
  std::size_t size = verifier_.key.size();
  ensure(EVP_PKEY_get_raw_public_key(as_key(handle_), verifier_.key.data(), &size) == 1);
  verifier_.id = id_of(verifier_.name, verifier_.key);
}

std::string SigningKey::sign(std::string_view text) const {
  Context const context{EVP_MD_CTX_new()};
  ensure(context != nullptr);
  ensure(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, as_key(handle_)) == 1);
  std::string signature(64, '\0');
  std::size_t size = signature.size();
  ensure(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                        data(text), text.size()) == 1 &&
         size == signature.size());
  return signature;
}

SigningKey make_signing_key(std::string name) {
  ensure(is_key_name(name));
  KeyBytes seed;
  ensure(RAND_priv_bytes(seed.data(), static_cast<int>(seed.size())) == 1);
  return SigningKey{std::move(name), seed};
}

std::string to_text(VerifierKey const& key) {
  return write(key.name, key.id, key.key);
}

std::string to_text(SigningKey const& key) {
  return std::string{private_prefix} + write(key.name(), key.verifier().id, key.seed());
}

Expected<VerifierKey, Error> read_verifier_key(std::string_view text) {
  auto parts = split(text);
  if (!parts || !has_id(parts->id, id_of(parts->name, parts->bytes))) {
    return Failure<Error>{{"key.malformed",
                           "`" + std::string{text.substr(0, 200)} + "` is no verifier key",
                           "one looks like heed/4f0c…+1a2b3c4d+AQ…, as `heed log key` prints it"}};
  }
  KeyId const id = id_of(parts->name, parts->bytes);
  return VerifierKey{std::move(parts->name), id, parts->bytes};
}

Expected<SigningKey, Error> read_signing_key(std::string_view text) {
  auto parts =
      text.starts_with(private_prefix) ? split(text.substr(private_prefix.size())) : std::nullopt;
  if (parts) {
    SigningKey key{parts->name, parts->bytes};
    if (has_id(parts->id, key.verifier().id)) return key;
  }
  return Failure<Error>{{"key.malformed", "it holds no signing key", "restore it from its backup"}};
}

bool is_signed(KeyBytes const& key, std::string_view text, std::string_view signature) {
  Key const known{EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size())};
  Context const context{EVP_MD_CTX_new()};
  if (known == nullptr || context == nullptr || signature.size() != 64) return false;
  return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, known.get()) == 1 &&
         EVP_DigestVerify(context.get(), data(signature), signature.size(), data(text),
                          text.size()) == 1;
}

}  // namespace heed::proof
