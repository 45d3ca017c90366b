#include "server/http/target.hpp"

#include "engine/base/limits.hpp"
#include "server/http/utf8.hpp"

namespace heed::http {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Cuts `text` at the first `separator` and answers what stood before it.
std::string_view cut(std::string_view& text, char separator) {
  auto const at = text.find(separator);
  auto const piece = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return piece;
}

bool read_path(Request& request, std::string_view raw) {
  auto path = decode(raw, false);
  if (!path) return false;
  request.path = std::move(*path);
  auto rest = raw.substr(1);
  if (rest.empty()) return true;
  bool const ends_with_slash = rest.ends_with('/');
  while (!rest.empty()) {
    auto segment = decode(cut(rest, '/'), false);
    if (!segment) return false;
    request.segments.push_back(std::move(*segment));
  }
  if (ends_with_slash) request.segments.emplace_back();
  return true;
}

std::string read_query(Request& request, std::string_view raw) {
  while (!raw.empty()) {
    auto value = cut(raw, '&');
    if (value.empty()) continue;
    auto const name = cut(value, '=');
    auto decoded_name = decode(name, true);
    auto decoded_value = decode(value, true);
    if (!decoded_name || !decoded_value) return "the query is not percent-encoded UTF-8";
    if (request.query.size() == limits::http_query_items_max) return "the query has too many items";
    request.query.push_back({std::move(*decoded_name), std::move(*decoded_value)});
  }
  return {};
}

}  // namespace

std::optional<std::string> decode(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus_is_space) {
      out += ' ';
    } else if (text[i] == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      int const high = hex_value(text[i + 1]);
      int const low = hex_value(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += text[i];
    }
  }
  if (!is_plain_text(out)) return std::nullopt;
  return out;
}

TargetFinding read_target(Request& request, std::string_view target) {
  request.path.clear();
  request.segments.clear();
  request.query.clear();
  request.parameters.clear();
  TargetFinding finding;
  target = target.substr(0, target.find('#'));
  if (target == "*") {
    request.path = "*";
    return finding;
  }
  for (std::string_view const scheme : {"http://", "https://"}) {
    if (target.size() <= scheme.size() || !equal_folded(target.substr(0, scheme.size()), scheme))
      continue;
    target.remove_prefix(scheme.size());
    finding.authority = target.substr(0, target.find_first_of("/?"));
    target.remove_prefix(finding.authority.size());
    if (finding.authority.empty()) finding.mistake = "the target names no host";
    break;
  }
  auto path = cut(target, '?');
  if (path.empty() && !finding.authority.empty()) path = "/";
  if (!path.starts_with('/')) {
    finding.mistake = "the target is no path";
  } else if (!read_path(request, path)) {
    finding.mistake = "the path is not percent-encoded UTF-8";
  } else if (finding.mistake.empty()) {
    finding.mistake = read_query(request, target);
  }
  return finding;
}

}  // namespace heed::http
