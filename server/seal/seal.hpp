#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "server/seal/key.hpp"

/// Sealing texts so that only a key opens them, and committing to values without showing them.
/// Pure but for random numbers; any thread. docs/log-format.md specifies the bytes.
namespace heed::seal {

/// `text` under XChaCha20-Poly1305, bound to `bound_to`: a random nonce of 24 bytes, the
/// ciphertext, a tag of 16 bytes.
std::string seal(Key const& key, std::string_view text, std::string_view bound_to);

/// What was sealed; nothing where it was changed, or sealed by another key or for something else.
std::optional<std::string> open(Key const& key, std::string_view sealed, std::string_view bound_to);

/// 32 random bytes, so that nobody can try out what a commitment may stand for.
std::string make_salt();

/// SHA-256 of the salt, `pointer`, a zero byte and `value`, in hexadecimal: it stands for the value
/// at `pointer` and for no other.
std::string commit(std::string_view salt, std::string_view pointer, std::string_view value);

}  // namespace heed::seal
