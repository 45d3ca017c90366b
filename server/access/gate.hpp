#pragma once
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/expected.hpp"
#include "server/access/token.hpp"

/// Who asks, and whether they may.
namespace heed::access {

/// Who asks: a token's holder, or whoever reaches a server without tokens.
struct Client {
  std::string id;    // of the token; empty where the server has none
  std::string name;  // of the token
  std::vector<Role> roles;
};

/// Why somebody does not get in.
enum class Refusal { no_token, unknown_token, not_allowed };

/// Lets in who has a token of the file. Any thread.
class Gate {
 public:
  /// Lets in everybody, as an admin: for a server that only its own machine reaches.
  Gate() = default;

  /// Fails as read_tokens does.
  static Expected<std::unique_ptr<Gate>, Error> open(std::string path);

  /// Reads the file again where it has changed since. What it held counts on where it cannot be
  /// read. Answers whether it was read.
  Expected<bool, Error> reload();

  bool has_tokens() const { return !path_.empty(); }

  /// The client that `authorization` (a request's field, empty where there is none) speaks for, if
  /// it may do what `needed` may; any token will do where nothing is needed.
  Expected<Client, Refusal> admit(std::string_view authorization, std::optional<Role> needed,
                                  std::int64_t now_us) const;

 private:
  using Tokens = std::vector<Token>;
  std::string path_;
  std::string seen_;  // what the file looked like when it was read: size, times, identity
  mutable std::mutex mutex_;
  std::shared_ptr<Tokens const> tokens_;
};

}  // namespace heed::access
