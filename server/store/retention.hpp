#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Dropping what old records hold, with their hashes kept: lists, proofs and the tree stay whole.
namespace heed::store {

struct Retention {
  std::int64_t before_us = 0;  // what was recorded earlier is dropped
  std::string by;              // who asks for it
  std::string trace;
  std::string id;  // of the record that says so
};

struct Retained {
  std::int64_t sequence = 0;  // of the record that says so; 0 where there was nothing to drop
  std::int64_t records = 0;   // dropped now
  std::int64_t events = 0;
};

/// What the record says: {"before":"…","events":…,"records":…}: what every decision among the first
/// `records` records and the fields of the first `events` events held is dropped.
struct Dropped {
  std::int64_t records = 0;
  std::int64_t events = 0;
};
std::string retention_text(std::int64_t before_us, Dropped const& dropped);
/// What such a text names; nothing where it is none.
std::optional<Dropped> read_retention(std::string_view text);

}  // namespace heed::store
