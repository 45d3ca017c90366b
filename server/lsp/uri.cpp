#include "server/lsp/uri.hpp"

#include <charconv>

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
  constexpr std::string_view digits = "0123456789ABCDEF";
  constexpr std::string_view plain = "-._~/";
  if (!path.starts_with('/')) return std::string{path};
  std::string uri{scheme};
  for (char const letter : path) {
    bool const is_word = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                         (letter >= '0' && letter <= '9');
    if (is_word || plain.find(letter) != plain.npos) {
      uri += letter;
      continue;
    }
    auto const byte = static_cast<unsigned char>(letter);
    uri += '%';
    uri += digits[byte >> 4u];
    uri += digits[byte & 15u];
  }
  return uri;
}

}  // namespace heed::lsp
