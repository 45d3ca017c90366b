#include "server/lsp/uri.hpp"

#include <charconv>

#include "engine/base/percent.hpp"

namespace heed::lsp {

namespace {

constexpr std::string_view scheme = "file://";

}  // namespace

std::string path_of(std::string_view uri) {
  if (!uri.starts_with(scheme)) return std::string{uri};
  uri.remove_prefix(scheme.size());
  auto const slash = uri.find('/');
  if (slash != std::string_view::npos) uri.remove_prefix(slash);  // a host before it says nothing
  std::string path;
  for (std::size_t at = 0; at < uri.size(); ++at) {
    unsigned byte = 0;
    bool const is_coded = uri[at] == '%' && at + 2 < uri.size() &&
                          std::from_chars(uri.data() + at + 1, uri.data() + at + 3, byte, 16).ptr ==
                              uri.data() + at + 3;
    path += is_coded ? static_cast<char>(byte) : uri[at];
    if (is_coded) at += 2;
  }
  return path;
}

std::string uri_of(std::string_view path) {
  if (!path.starts_with('/')) return std::string{path};
  return std::string{scheme} + percent_encoded(path, "-._~/");
}

}  // namespace heed::lsp
