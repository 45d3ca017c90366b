#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/expected.hpp"
#include "server/access/token.hpp"

/// The file that tokens are kept in: JSON, for its owner's eyes alone (mode 0600).
///
///     {"format": 1, "tokens": [{"id": "…", "name": "crm", "roles": ["caller"], "sha256": "…",
///                               "created": "2026-11-22T10:00:00Z", "expires": null}]}
namespace heed::access {

/// Fails with tokens.unreadable, tokens.open-to-others where the file's mode lets another user read
/// or write it, or tokens.malformed, which names the place in it.
Expected<std::vector<Token>, Error> read_tokens(std::string const& path);

/// A token added to the file, which is made where it is not there. Another program that writes at
/// the same time waits; a crash leaves the old file or the new one.
///
/// Fails as read_tokens does, with tokens.unwritable, and with tokens.name where the name is empty
/// or has control characters, which a list of tokens would send to a terminal.
Expected<Done, Error> add_token(std::string const& path, Token token);

/// Takes out the token with this id. Fails as add_token does, and with tokens.unknown where there
/// is no such token.
Expected<Token, Error> remove_token(std::string const& path, std::string_view id);

/// The file's content as read_tokens takes it, and back; for tests and for who keeps it elsewhere.
Expected<std::vector<Token>, Error> parse_tokens(std::string_view text);
std::string write_tokens(std::vector<Token> const& tokens);

}  // namespace heed::access
