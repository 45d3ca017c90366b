#include "server/access/token_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "engine/base/hex.hpp"
#include "engine/base/limits.hpp"
#include "engine/base/time.hpp"
#include "engine/base/visible.hpp"
#include "server/files/handle.hpp"
#include "server/files/replace.hpp"

namespace heed::access {
namespace {

using Json = nlohmann::ordered_json;
using files::Handle;

constexpr int format = 1;

Failure<Error> failed(std::string_view code, std::string const& what, std::string const& path,
                      int number = errno) {
  return {{code, "cannot " + what + " `" + path + "`: " + std::strerror(number),
           code == "tokens.unwritable" ? "nothing was changed"
                                       : "make it with `heed token add --tokens " + path + "`"}};
}

Failure<Error> malformed(std::string const& where, std::string const& expected) {
  return {{"tokens.malformed", "the file of tokens is damaged at `" + where + "`: " + expected,
           "restore it from a copy, or make the tokens anew with `heed token add`"}};
}

Expected<std::string, Error> read_all(int file, std::string const& path) {
  std::string text;
  char block[4096];
  for (;;) {
    auto const count = ::read(file, block, sizeof block);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed("tokens.unreadable", "read", path);
    if (count == 0) return text;
    text.append(block, static_cast<std::size_t>(count));
    if (text.size() > limits::tokens_bytes_max)
      return malformed("",
                       "it has more than " + std::to_string(limits::tokens_bytes_max) + " bytes");
  }
}

Expected<Done, Error> replace(std::string const& path, std::string_view text) {
  auto const replaced = files::replace(path, text, {});
  if (!replaced) return failed("tokens.unwritable", "write", path, replaced.error().number);
  return Done{};
}

std::optional<Hash> hash_of(std::string const& text) {
  auto const bytes = from_hex(text);
  Hash hash{};
  if (!bytes || bytes->size() != hash.size()) return std::nullopt;
  std::ranges::copy(*bytes, hash.begin());
  return hash;
}

std::optional<std::string> text_at(Json const& object, char const* member) {
  auto const found = object.find(member);
  if (found == object.end() || !found->is_string()) return std::nullopt;
  return found->get<std::string>();
}

std::optional<std::vector<Role>> roles_at(Json const& object) {
  auto const found = object.find("roles");
  if (found == object.end() || !found->is_array() || found->empty()) return std::nullopt;
  std::vector<Role> roles;
  for (auto const& entry : *found) {
    auto const role = entry.is_string() ? role_of(entry.get<std::string>()) : std::nullopt;
    if (!role) return std::nullopt;
    roles.push_back(*role);
  }
  return roles;
}

Expected<Token, Error> read_token(Json const& object, std::string const& where) {
  if (!object.is_object()) return malformed(where, "expected an object");
  Token token;
  auto const id = text_at(object, "id"), name = text_at(object, "name");
  if (!id || id->empty()) return malformed(where + "/id", "expected a text");
  if (!name) return malformed(where + "/name", "expected a text");
  auto roles = roles_at(object);
  if (!roles)
    return malformed(where + "/roles", "expected one or more of caller, owner, auditor, admin");
  auto const hash = hash_of(text_at(object, "sha256").value_or(""));
  if (!hash) return malformed(where + "/sha256", "expected 64 lower-case hexadecimal digits");
  auto const created = Zone::utc().parse(text_at(object, "created").value_or(""));
  if (!created) return malformed(where + "/created", "expected a time");
  std::optional<std::int64_t> expires;
  if (object.contains("expires") && !object.at("expires").is_null()) {
    auto const time = Zone::utc().parse(text_at(object, "expires").value_or(""));
    if (!time) return malformed(where + "/expires", "expected a time or null");
    expires = time->micros;
  }
  return Token{*id, *name, std::move(*roles), *hash, created->micros, expires};
}

/// Opens and locks a file beside `path` against other writers: the file itself is replaced. -1
/// where it cannot be opened.
int open_lock(std::string const& path) {
  int const file = ::open((path + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  while (file >= 0 && ::flock(file, LOCK_EX) != 0 && errno == EINTR) continue;
  return file;
}

bool exists(std::string const& path) {
  struct stat found {};
  return ::stat(path.c_str(), &found) == 0;
}

}  // namespace

Expected<std::vector<Token>, Error> parse_tokens(std::string_view text) {
  auto const document = Json::parse(text, nullptr, false);
  if (document.is_discarded() || !document.is_object()) return malformed("", "expected JSON");
  auto const version = document.find("format");
  if (version == document.end() || *version != format)
    return malformed("/format", "expected " + std::to_string(format));
  auto const list = document.find("tokens");
  if (list == document.end() || !list->is_array()) return malformed("/tokens", "expected a list");
  std::vector<Token> tokens;
  for (std::size_t i = 0; i < list->size(); ++i) {
    auto token = read_token((*list)[i], "/tokens/" + std::to_string(i));
    if (!token) return Failure<Error>{token.error()};
    tokens.push_back(std::move(token).value());
  }
  return tokens;
}

std::string write_tokens(std::vector<Token> const& tokens) {
  auto list = Json::array();
  for (auto const& token : tokens) {
    auto roles = Json::array();
    for (auto const role : token.roles) roles.push_back(name_of(role));
    list.push_back(
        {{"id", token.id},
         {"name", token.name},
         {"roles", std::move(roles)},
         {"sha256", to_hex(token.hash)},
         {"created", Zone::utc().to_text(Instant{token.created_us})},
         {"expires", token.expires_us ? Json(Zone::utc().to_text(Instant{*token.expires_us}))
                                      : Json(nullptr)}});
  }
  return Json{{"format", format}, {"tokens", std::move(list)}}.dump(2) + "\n";
}

namespace {

/// The rights that nobody else may have. Where systemd hands a file over (LoadCredential), its own
/// list of who may read shows as a right of the group, and the folder keeps all others out.
mode_t mode_of_others(std::string const& path) {
  char const* const folder = std::getenv("CREDENTIALS_DIRECTORY");
  bool const is_handed_over =
      folder != nullptr && *folder == '/' && path.starts_with(std::string{folder} + "/");
  return is_handed_over ? 037 : 077;
}

}  // namespace

Expected<std::vector<Token>, Error> read_tokens(std::string const& path) {
  Handle const file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.number < 0) return failed("tokens.unreadable", "read", path);
  struct stat found {};
  if (::fstat(file.number, &found) != 0) return failed("tokens.unreadable", "read", path);
  if ((found.st_mode & mode_of_others(path)) != 0)
    return Failure<Error>{{"tokens.open-to-others",
                           "other users of this machine may read or change `" + path + "`",
                           "take that from them: chmod 600 " + path}};
  auto const text = read_all(file.number, path);
  if (!text) return Failure<Error>{text.error()};
  return parse_tokens(text.value());
}

Expected<Done, Error> add_token(std::string const& path, Token token) {
  if (token.name.empty() || has_controls(token.name))
    return Failure<Error>{
        {"tokens.name",
         token.name.empty() ? std::string{"a token needs a name"}
                            : "`" + visible(token.name) + "` is no name: it has control characters",
         "name it after who holds it, such as `crm-production`"}};
  Handle const locked{open_lock(path)};
  if (locked.number < 0) return failed("tokens.unwritable", "write", path + ".lock");
  std::vector<Token> tokens;
  if (exists(path)) {
    auto held = read_tokens(path);
    if (!held) return Failure<Error>{held.error()};
    tokens = std::move(held).value();
  }
  tokens.push_back(std::move(token));
  return replace(path, write_tokens(tokens));
}

Expected<Token, Error> remove_token(std::string const& path, std::string_view id) {
  if (!exists(path)) return failed("tokens.unreadable", "read", path);
  Handle const locked{open_lock(path)};
  if (locked.number < 0) return failed("tokens.unwritable", "write", path + ".lock");
  auto held = read_tokens(path);
  if (!held) return Failure<Error>{held.error()};
  auto tokens = std::move(held).value();
  for (auto token = tokens.begin(); token != tokens.end(); ++token) {
    if (token->id != id) continue;
    auto removed = std::move(*token);
    tokens.erase(token);
    auto const written = replace(path, write_tokens(tokens));
    if (!written) return Failure<Error>{written.error()};
    return removed;
  }
  return Failure<Error>{{"tokens.unknown", "there is no token `" + std::string{id} + "`",
                         "`heed token list` names those that there are"}};
}

}  // namespace heed::access
