#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/store/event.hpp"
#include "server/store/secret.hpp"
#include "server/store/sha256.hpp"

/// A record of the decision log. Instants are microseconds since 1970-01-01T00:00:00Z.
namespace heed::store {

/// A need and the state that a decision found it in.
struct NeedMark {
  std::string need;
  std::string state;
  bool operator==(NeedMark const&) const = default;
};

/// What a record is found by. Order and repetition do not matter. Names hold no line end, and a
/// need's name no `=`.
struct Marks {
  std::vector<NeedMark> needs;
  std::vector<std::string> rules;    // that fired
  std::vector<std::string> actions;  // of the plan
  std::vector<std::string> roles;    // escalated to
  bool operator==(Marks const&) const = default;
};

/// Who did it where it was a command on the machine itself, without a token.
constexpr std::string_view by_command_line = "command-line";
/// The same where the server did it of itself.
constexpr std::string_view by_server = "server";

/// What the caller gives to the log. What is absent is empty.
struct Entry {
  std::string kind = "decision";  // see kinds.hpp
  std::string id;                 // as UuidSource makes them; no two records share one
  std::int64_t at_us = 0;         // the instant that the decision was made for
  std::string subject;            // at most limits::log_name_bytes_max bytes
  std::string revision;           // of the policy, stored before; empty where none decided
  std::string engine;             // the engine's version
  std::string case_json;      // as resolved, canonical (RFC 8785); of another kind: what it holds
  std::string decision_json;  // as answered, canonical (RFC 8785)
  Marks marks;
  std::string key;      // for idempotency, see key_scope.hpp; limits::log_name_bytes_max as sent
  std::string request;  // what came with the key: the 32 bytes of a SHA-256; empty without
  std::string by = {};  // the id of the token that asked, or by_command_line; empty without tokens
  std::string trace = {};  // W3C trace id, 32 lower-case hexadecimal digits
  // What is sealed of case and decision: the log seals it for the subject, or for the record where
  // there is none. Read back where it can be opened; see Record::seal.
  std::string secret = {};
  // That it records, written in the same transaction; not read back.
  std::vector<Event> events = {};
};

/// An entry as it stands in the log.
struct Record {
  Entry entry;
  std::int64_t sequence = 0;  // from 1, without gaps
  std::int64_t recorded_at_us = 0;
  Digest hash{};  // of its leaf in the tree; see envelope.hpp
  Seal seal = Seal::none;
  bool is_dropped = false;  // case and decision, for their age: both are empty
};

}  // namespace heed::store
