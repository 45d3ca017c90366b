#include "server/http/problem.hpp"

#include "engine/base/hex.hpp"
#include "server/http/utf8.hpp"

namespace heed::http {
namespace {

void append_control(std::string& out, unsigned char c) {
  switch (c) {
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  out += "\\u00";
  append_hex(out, c);
}

}  // namespace

void append_json(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    auto const size = code_point_bytes(text);
    auto const first = static_cast<unsigned char>(text[0]);
    if (size == 0) {
      out += "\xEF\xBF\xBD";
    } else if (first < 0x20u) {
      append_control(out, first);
    } else {
      if (first == '"' || first == '\\') out += '\\';
      out += text.substr(0, size);
    }
    text.remove_prefix(size == 0 ? 1 : size);
  }
  out += '"';
}

Response problem(int status, std::string_view kind, std::string_view title, std::string_view detail,
                 std::string_view members) {
  Response response;
  response.status = status;
  response.content_type = "application/problem+json";
  auto& body = response.body;
  body = "{\"type\":";
  append_json(body, std::string{"urn:heed:problem:"}.append(kind));
  body += ",\"title\":";
  append_json(body, title);
  body += ",\"status\":";
  body += std::to_string(status);
  if (!detail.empty()) {
    body += ",\"detail\":";
    append_json(body, detail);
  }
  if (!members.empty()) {
    body += ',';
    body += members;
  }
  body += '}';
  return response;
}

Response busy(std::string_view kind, std::string_view title, std::string_view detail, int seconds) {
  auto response = problem(503, kind, title, detail);
  response.headers.emplace_back("Retry-After", std::to_string(seconds));
  return response;
}

Response body_too_large(std::size_t bytes_max) {
  return problem(413, "body-too-large", "the body is too large",
                 "at most " + std::to_string(bytes_max) + " bytes are taken here");
}

}  // namespace heed::http
