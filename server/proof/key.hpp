#pragma once
#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "engine/base/error.hpp"
#include "engine/base/expected.hpp"

/// Ed25519 keys (RFC 8032) as C2SP signed notes name and write them.
namespace heed::proof {

using KeyBytes = std::array<unsigned char, 32>;
using KeyId = std::array<unsigned char, 4>;

/// Checks signatures: "NAME+ID+BASE64", the id in hexadecimal. For everyone to see.
struct VerifierKey {
  std::string name;  // neither empty nor with blanks, line ends or `+`
  KeyId id{};        // the first bytes of SHA-256(name, line feed, 0x01, key)
  KeyBytes key{};
  bool operator==(VerifierKey const&) const = default;
};

/// Makes signatures: "PRIVATE+KEY+NAME+ID+BASE64". For nobody to see. Copies share what was
/// computed of the key; any thread.
class SigningKey {
 public:
  SigningKey(std::string name, KeyBytes const& seed);

  std::string const& name() const { return verifier_.name; }
  KeyBytes const& seed() const { return seed_; }
  VerifierKey const& verifier() const { return verifier_; }

  /// The 64 bytes of the signature; equal texts have equal ones.
  std::string sign(std::string_view text) const;

 private:
  KeyBytes seed_;
  VerifierKey verifier_;
  std::shared_ptr<void> handle_;
};

/// A new key, from the system's randomness.
SigningKey make_signing_key(std::string name);

std::string to_text(VerifierKey const& key);
std::string to_text(SigningKey const& key);

/// Fail with key.malformed; the message of a signing key shows nothing of it.
Expected<VerifierKey, Error> read_verifier_key(std::string_view text);
Expected<SigningKey, Error> read_signing_key(std::string_view text);

bool is_signed(KeyBytes const& key, std::string_view text, std::string_view signature);

/// Whether a key may be called so.
bool is_key_name(std::string_view name);

}  // namespace heed::proof
