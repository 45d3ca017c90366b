#include "server/store/erasure.hpp"

#include <charconv>

#include "server/store/envelope.hpp"
#include "server/store/named_number.hpp"

namespace heed::store {

std::string erasure_text(Erasure const& erasure, std::int64_t key, Erased const& erased) {
  std::string text = "{\"events\":" + std::to_string(erased.events) +
                     ",\"key\":" + std::to_string(key) + ",\"record\":";
  append_json_string(text, erasure.record);
  text += ",\"records\":" + std::to_string(erased.records) + ",\"subject\":";
  append_json_string(text, erasure.subject);
  return text + "}";
}

// The numbers come before the subject, so that none that it may hold is taken for one of them.
std::optional<NamedErasure> read_erasure(std::string_view text) {
  auto const key = number_named(text, "key");
  auto const records = number_named(text, "records");
  if (!key || !records) return std::nullopt;
  return NamedErasure{*key, *records};
}

}  // namespace heed::store
