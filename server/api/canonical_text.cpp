#include "server/api/canonical_text.hpp"

#include "engine/base/ensure.hpp"
#include "server/json/spans.hpp"

namespace heed::api {

std::string canonical_text(std::string_view json) {
  thread_local json::Spans spans;
  ensure(spans.read(json));
  std::string text;
  text.reserve(json.size());
  spans.append_canonical(text, json::Spans::root);
  return text;
}

}  // namespace heed::api
