#pragma once
#include <string>
#include <string_view>

/// Whose an idempotency key is: two clients may use one key without meeting.
namespace heed::store {

/// The key as the log keeps it: with the id of the token that sent it and a line feed before it,
/// which no header can hold; alone where the server runs without tokens.
std::string scoped_key(std::string_view by, std::string_view key);

/// The key as it was sent, of one that is somebody's; empty where it is nobody's. Under that name
/// stands what was recorded before keys were anybody's.
std::string_view unscoped_key(std::string_view scoped);

/// The key as it was sent, whosever it is.
std::string_view sent_key(std::string_view key);

}  // namespace heed::store
