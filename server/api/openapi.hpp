#pragma once
#include <string_view>

namespace heed::api {

/// schemas/openapi.json, as it was when the program was built.
std::string_view openapi_text();

}  // namespace heed::api
