#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Who may ask the server what: a token is a secret that its holder sends with each request.
///
/// On disk stands only the SHA-256 of a token's secret. The secret is 256 random bits, so there is
/// nothing to guess and no need for a slow hash.
namespace heed::access {

enum class Role : std::uint8_t { caller, owner, auditor, admin };

/// `caller`, `owner`, `auditor`, `admin`.
std::string_view name_of(Role role);
std::optional<Role> role_of(std::string_view name);

using Hash = std::array<unsigned char, 32>;

struct Token {
  std::string id;           // 12 lower-case hexadecimal digits: names it in lists and in records
  std::string name;         // for people: "crm-production"
  std::vector<Role> roles;  // one or more, ascending, none twice
  Hash hash{};              // of the whole token text
  std::int64_t created_us = 0;             // microseconds since 1970 UTC
  std::optional<std::int64_t> expires_us;  // no longer counts from here
};

/// A token as its holder has it: `heed_`, the id, `_` and 43 letters. Told once, kept nowhere.
struct NewToken {
  Token token;
  std::string text;
};

/// Takes its randomness from `random`: 6 bytes of the id, then 32 of the secret.
NewToken make_token(std::string name, std::vector<Role> roles, std::int64_t created_us,
                    std::optional<std::int64_t> expires_us,
                    std::span<unsigned char const, 38> random);

/// The token whose text `presented` is; null where there is none, or it has expired by `now_us`.
/// How long it takes says nothing of how much of a secret was right.
Token const* find_token(std::span<Token const> tokens, std::string_view presented,
                        std::int64_t now_us);

/// Whether a holder of these roles may do what `needed` may: an admin may everything.
bool may(std::span<Role const> roles, Role needed);

}  // namespace heed::access
