#include "server/store/retention.hpp"

#include "engine/base/time.hpp"
#include "server/store/named_number.hpp"

namespace heed::store {

std::string retention_text(std::int64_t before_us, Dropped const& dropped) {
  return "{\"before\":\"" + Zone::utc().to_text(Instant{before_us}) +
         "\",\"events\":" + std::to_string(dropped.events) +
         ",\"records\":" + std::to_string(dropped.records) + "}";
}

std::optional<Dropped> read_retention(std::string_view text) {
  auto const records = number_named(text, "records");
  auto const events = number_named(text, "events");
  if (!records || !events) return std::nullopt;
  return Dropped{*records, *events};
}

}  // namespace heed::store
