#pragma once
#include <string_view>

namespace heed::api {

/// schemas/openapi.json with the schemas that it names in their places, as they were when the
/// program was built.
std::string_view openapi_text();

}  // namespace heed::api
