#include "server/api/canonical_text.hpp"

#include "engine/base/ensure.hpp"
#include "engine/base/limits.hpp"
#include "server/json/canonical.hpp"

namespace heed::api {

std::string canonical_text(std::string_view json) {
  auto text = json::canonical(json, limits::log_record_bytes_max);
  ensure(static_cast<bool>(text));
  return std::move(text).value();
}

}  // namespace heed::api
