#include "server/access/gate.hpp"

#include "server/access/token_file.hpp"
#include "server/files/look.hpp"

namespace heed::access {
namespace {

/// The token in `Bearer TOKEN` (RFC 6750); the scheme's case does not matter.
std::string_view bearer(std::string_view authorization) {
  constexpr std::string_view scheme = "bearer ";
  if (authorization.size() <= scheme.size()) return {};
  for (std::size_t i = 0; i < scheme.size(); ++i) {
    char const letter = authorization[i];
    char const lower = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
    if (lower != scheme[i]) return {};
  }
  authorization.remove_prefix(scheme.size());
  while (authorization.starts_with(' ')) authorization.remove_prefix(1);
  return authorization;
}

}  // namespace

Expected<std::unique_ptr<Gate>, Error> Gate::open(std::string path) {
  auto gate = std::make_unique<Gate>();
  gate->path_ = std::move(path);
  auto const read = gate->reload();
  if (!read) return Failure<Error>{read.error()};
  return gate;
}

Expected<bool, Error> Gate::reload() {
  if (path_.empty()) return false;
  auto look = files::look_of(path_);
  {
    std::lock_guard const held{mutex_};
    if (tokens_ && look == seen_) return false;
    seen_ = look;  // also of a file that cannot be read: it is told once, not each second
  }
  auto tokens = read_tokens(path_);
  if (!tokens) return Failure<Error>{tokens.error()};
  std::lock_guard const held{mutex_};
  tokens_ = std::make_shared<Tokens const>(std::move(tokens).value());
  return true;
}

Expected<Client, Refusal> Gate::admit(std::string_view authorization, std::optional<Role> needed,
                                      std::int64_t now_us) const {
  if (!has_tokens()) return Client{{}, {}, {Role::admin}};
  auto const presented = bearer(authorization);
  if (presented.empty()) return Failure{Refusal::no_token};
  std::shared_ptr<Tokens const> tokens;
  {
    std::lock_guard const held{mutex_};
    tokens = tokens_;
  }
  auto const* const token = find_token(*tokens, presented, now_us);
  if (token == nullptr) return Failure{Refusal::unknown_token};
  if (needed && !may(token->roles, *needed)) return Failure{Refusal::not_allowed};
  return Client{token->id, token->name, token->roles};
}

}  // namespace heed::access
