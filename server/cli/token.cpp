// heed token add, list and revoke: who may ask the server what.
#include <array>
#include <cstdio>
#include <optional>
#include <string>

#include "engine/base/time.hpp"
#include "engine/base/visible.hpp"
#include "server/access/token_file.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/terminal.hpp"
#include "server/http/problem.hpp"
#include "server/store/log.hpp"
#include "server/store/uuid.hpp"

namespace heed::cli {
namespace {

using access::Token;

std::string time_text(std::int64_t micros) {
  return Zone::utc().to_text(Instant{micros - micros % 1'000'000});
}

std::string roles_text(Token const& token) {
  std::string text;
  for (auto const role : token.roles) {
    if (!text.empty()) text += ' ';
    text += name_of(role);
  }
  return text;
}

/// A time, or a duration from `now` on.
std::optional<Instant> read_expiry(std::string const& text, Instant now) {
  if (auto const time = Zone::utc().parse(text)) return time;
  auto duration = parse_plain_duration(text);
  if (!duration) duration = parse_iso_duration(text);
  return duration ? add(now, *duration, Zone::utc()) : std::nullopt;
}

Expected<std::optional<std::int64_t>, Error> expiry_of(TokenAdd const& options, Instant now) {
  if (options.expires.empty()) return std::optional<std::int64_t>{};
  auto const time = read_expiry(options.expires, now);
  if (!time)
    return Failure<Error>{{"usage.expires", "`" + options.expires + "` is no time and no duration",
                           "write it as 2027-01-01, 2027-01-01T09:00Z or `90 days`"}};
  if (*time <= now)
    return Failure<Error>{{"usage.expires", "`" + options.expires + "` is over already",
                           "name a time to come, or leave --expires out"}};
  return std::optional{time->micros};
}

void append_json(std::string& out, Token const& token) {
  out += "{\"id\":";
  http::append_json(out, token.id);
  out += ",\"name\":";
  http::append_json(out, token.name);
  out += ",\"roles\":[";
  for (std::size_t i = 0; i < token.roles.size(); ++i) {
    if (i > 0) out += ',';
    http::append_json(out, name_of(token.roles[i]));
  }
  out += "],\"created\":";
  http::append_json(out, time_text(token.created_us));
  out += ",\"expires\":";
  if (token.expires_us)
    http::append_json(out, time_text(*token.expires_us));
  else
    out += "null";
  out += "}\n";
}

}  // namespace

int run(TokenAdd const& options) {
  Instant const now{store::system_now_us()};
  auto const expires = expiry_of(options, now);
  if (!expires) {
    tell(expires.error());
    return cannot;
  }
  std::vector<access::Role> roles;
  for (auto const& name : options.roles) roles.push_back(*access::role_of(name));
  std::array<unsigned char, 38> random{};
  store::system_randomness()(random);
  auto made =
      access::make_token(options.name, std::move(roles), now.micros, expires.value(), random);
  auto const added = access::add_token(options.tokens, made.token);
  if (!added) {
    tell(added.error());
    return cannot;
  }
  std::fprintf(stderr, "token %s for %s (%s): keep it, it is not shown again\n",
               made.token.id.c_str(), made.token.name.c_str(), roles_text(made.token).c_str());
  return put(stdout, made.text + "\n") ? done : cannot;
}

int run(TokenList const& options) {
  auto const tokens = access::read_tokens(options.tokens);
  if (!tokens) {
    tell(tokens.error());
    return cannot;
  }
  std::string out;
  for (auto const& token : tokens.value()) {
    if (options.json) {
      append_json(out, token);
      continue;
    }
    out += token.id + "  " + time_text(token.created_us) + "  " +
           (token.expires_us ? "until " + time_text(*token.expires_us) : "for good") + "  " +
           roles_text(token) + "  " + visible(token.name) + "\n";
  }
  return put(stdout, out) ? done : cannot;
}

int run(TokenRevoke const& options) {
  auto const removed = access::remove_token(options.tokens, options.id);
  if (!removed) {
    tell(removed.error());
    return cannot;
  }
  std::fprintf(stderr, "token %s of %s no longer counts\n", removed.value().id.c_str(),
               visible(removed.value().name).c_str());
  return done;
}

}  // namespace heed::cli
