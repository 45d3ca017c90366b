#pragma once
#include <cstdint>
#include <string>

#include "server/store/secret.hpp"

/// An event of a customer's history, as it stands in the store. Instants are microseconds since
/// 1970-01-01T00:00:00Z.
namespace heed::store {

/// What is given to the store.
struct Event {
  std::string id;           // as UuidSource makes them; no two events share one
  std::string event;        // its name in the policy
  std::string subject;      // whose; empty: nobody's, it counts across customers alone
  std::int64_t at_us = 0;   // when it was
  std::string fields;       // a JSON object, canonical (RFC 8785); empty where dropped for its age
  std::string origin;       // who recorded it: `caller`, or `decision:` and the record's id
  std::string secret = {};  // what is sealed of the fields, as in a record
};

struct StoredEvent {
  Event event;
  std::int64_t sequence = 0;  // from 1, without gaps, apart from the records'
  std::int64_t recorded_at_us = 0;
  Seal seal = Seal::none;
};

/// An idempotency key and the hash of what came with it; both empty without one.
struct EventKey {
  std::string key;
  std::string request;  // 32 bytes
};

}  // namespace heed::store
