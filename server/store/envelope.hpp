#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/store/sha256.hpp"

/// What stands for a record in the log's tree: one canonical JSON object (RFC 8785). Its members,
/// in their order, without blanks:
///
///     {"at":"1795335300000000","by":"t-1","case":"<sha256>","decision":"<sha256>",
///      "engine":"0.1.0","format":3,"id":"<uuid>","key":"","kind":"decision",
///      "marks":"\naction:refund\n","recorded_at":"1795335300000417","request":"",
///      "revision":"<sha256>","sealed":"<sha256>","sequence":17,"subject":"c-4711","trace":""}
///
/// `case`, `decision` and `sealed` are the hashes of those columns, so that a record can be proved
/// without showing them, and after they are gone. Instants are decimal strings (microseconds since
/// 1970 UTC: they may pass 2^53), hashes lower-case hexadecimal, what is absent "". Formats 1 and 2
/// have no `by`, `sealed` and `trace`. Format 1, of stores before there was a tree, has `previous`,
/// the hash of the record before. docs/log-format.md is the specification.
namespace heed::store {

constexpr std::int64_t envelope_format = 3;
constexpr std::int64_t unsealed_format = 2;
constexpr std::int64_t chained_format = 1;

/// The columns of a record, as they are written or were read. Views: only for the call.
struct RecordColumns {
  std::int64_t sequence = 0;
  std::int64_t format = envelope_format;
  std::string_view kind;
  std::string_view id;
  std::int64_t at_us = 0;
  std::int64_t recorded_at_us = 0;
  std::string_view subject;
  std::string_view revision;
  std::string_view engine;
  std::string_view key;
  std::string_view request;   // bytes
  std::string_view previous;  // bytes; empty but in format 1
  std::string_view marks;     // as the column holds them
  Digest case_digest{};
  Digest decision_digest{};
  // Of format 3 alone.
  std::string_view by = {};
  std::string_view trace = {};
  std::optional<Digest> sealed_digest = {};  // none where nothing is sealed
};

/// Appends a JSON string as RFC 8785 writes it; `text` is valid UTF-8.
void append_json_string(std::string& out, std::string_view text);

/// The bytes that are hashed.
std::string compose_envelope(RecordColumns const& record);

/// The record's hash in the tree: that of a leaf whose data is the envelope (RFC 9162).
Digest leaf_of(RecordColumns const& record);

/// What the column `hash` holds: the leaf's hash, or in format 1 SHA-256 of the envelope.
Digest hash_record(RecordColumns const& record);

/// What the first record of format 1 is bound to: SHA-256 of {"format":1,"genesis":"heed decision
/// log", "store":"<store_id>"}, so that no record of one log fits into another.
Digest genesis_hash(std::string_view store_id);

}  // namespace heed::store
