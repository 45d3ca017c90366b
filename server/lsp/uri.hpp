#pragma once
#include <string>
#include <string_view>

namespace heed::lsp {

/// The path that a `file:` URI names; a URI of another scheme stays as it is.
std::string path_of(std::string_view uri);
/// The `file:` URI of an absolute path; what is no path stays as it is.
std::string uri_of(std::string_view path);

}  // namespace heed::lsp
