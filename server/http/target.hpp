#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "server/http/message.hpp"

/// The target of a request line: `/v1/decisions/7?explain=full`.
namespace heed::http {

/// Decodes percent signs, and `+` as a space where `plus_is_space`. Nothing where a percent sign is
/// not followed by two hexadecimal digits, or the result is not UTF-8 or has control characters.
std::optional<std::string> decode(std::string_view text, bool plus_is_space);

/// Why a target cannot be served, or the authority that it named.
struct TargetFinding {
  std::string mistake;    // lower case, for the problem's detail; empty where the target is right
  std::string authority;  // "host:port" of an absolute target, which then goes before Host
};

/// Fills path, segments and query of `request` from `target`. Absolute targets are understood too,
/// and `*` (the path is then "*", without segments).
TargetFinding read_target(Request& request, std::string_view target);

}  // namespace heed::http
