#pragma once
#include <optional>
#include <string>
#include <string_view>

/// Base64 (RFC 4648, part 4), as notes, keys and checkpoints have it.
namespace heed::proof {

std::string to_base64(std::string_view bytes);

/// The bytes of exactly what to_base64 writes; nothing for any other text.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace heed::proof
