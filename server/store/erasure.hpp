#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/store/database.hpp"
#include "server/store/sealing.hpp"

/// Erasing what is sealed: its key is destroyed, so that nobody opens it any more, from this file
/// or from a copy of its records. Every proof stays valid, for hashes are over what is sealed.
namespace heed::store {

/// Of a subject, or of one record that has none. One of the two is given.
struct Erasure {
  std::string subject;
  std::string record;  // its id
  std::string by;      // who asks for it
  std::string trace;
  std::string id;  // of the record that says so
};

struct Erased {
  std::int64_t sequence = 0;  // of the record that says so
  std::int64_t records = 0;   // that are sealed for good
  std::int64_t events = 0;    // whose sealed fields are gone
  bool is_cleared = false;    // no copy of the key is left in the store's files
};

/// What the record says: {"events":…,"key":…,"record":…,"records":…,"subject":…}, canonical.
std::string erasure_text(Erasure const& erasure, std::int64_t key, Erased const& erased);

/// The key and the records that such a text names; nothing where it is none.
struct NamedErasure {
  std::int64_t key = 0;
  std::int64_t records = 0;
};
std::optional<NamedErasure> read_erasure(std::string_view text);

}  // namespace heed::store
