#include "server/http/render.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace heed::http {
namespace {

void append_number(std::string& out, std::size_t number, int base = 10) {
  std::array<char, 24> digits{};
  auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), number, base).ptr;
  out.append(digits.data(), end);
}

/// A control character in a value would start another field, or another answer.
void append_value(std::string& out, std::string_view value) {
  for (char const c : value) {
    auto const byte = static_cast<unsigned char>(c);
    out += (byte < 0x20u && c != '\t') || byte == 0x7Fu ? ' ' : c;
  }
}

std::string_view connection_field(After after) {
  switch (after) {
    case After::keep:
      return {};
    case After::keep_and_say_so:
      return "Connection: keep-alive\r\n";
    case After::close:
      return "Connection: close\r\n";
  }
  return {};
}

constexpr std::string_view page_policy =
    "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\n";

void append_fields(std::string& out, Response const& response) {
  bool has_cache_control = false;
  bool has_page_policy = !response.content_type.starts_with("text/html");
  for (auto const& [name, value] : response.headers) {
    has_cache_control = has_cache_control || equal_folded(name, "Cache-Control");
    has_page_policy = has_page_policy || equal_folded(name, "Content-Security-Policy");
    out += name;
    out += ": ";
    append_value(out, value);
    out += "\r\n";
  }
  if (!has_cache_control) out += "Cache-Control: no-store\r\n";
  if (!has_page_policy) out += page_policy;
}

void append_names(std::string& out, Delivery const& delivery) {
  if (!delivery.request_id.empty()) {
    out += "X-Request-Id: ";
    out += delivery.request_id;
    out += "\r\n";
  }
  if (!delivery.trace.empty()) {
    out += "traceresponse: ";
    out += delivery.trace;
    out += "\r\n";
  }
  if (delivery.sealed) out += "Strict-Transport-Security: max-age=31536000\r\n";
}

/// What a problem says of itself beyond its body: which request it was.
std::string instance_of(Response const& response, Delivery const& delivery) {
  bool const is_problem = response.status >= 400 && !response.more &&
                          response.content_type == "application/problem+json" &&
                          response.body.ends_with('}');
  if (!is_problem || delivery.request_id.empty()) return {};
  return std::string{",\"instance\":\"urn:heed:request:"}.append(delivery.request_id).append("\"}");
}

}  // namespace

void append_response(std::string& out, Response const& response, Delivery const& delivery) {
  bool const has_body = response.status != 204 && response.status != 304;
  out += "HTTP/1.1 ";
  append_number(out, static_cast<std::size_t>(response.status));
  out += ' ';
  out += reason_phrase(response.status);
  out += "\r\nDate: ";
  out += delivery.date;
  out += "\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n";
  append_names(out, delivery);
  append_fields(out, response);
  auto const instance = instance_of(response, delivery);
  std::string_view const body =
      std::string_view{response.body}.substr(0, response.body.size() - (instance.empty() ? 0 : 1));
  if (!response.content_type.empty()) {
    out += "Content-Type: ";
    append_value(out, response.content_type);
    out += "\r\n";
  }
  if (has_body && delivery.framing == Framing::by_length) {
    out += "Content-Length: ";
    append_number(out, body.size() + instance.size());
    out += "\r\n";
  }
  if (has_body && delivery.framing == Framing::by_chunks) out += "Transfer-Encoding: chunked\r\n";
  out += connection_field(delivery.after);
  out += "\r\n";
  if (!has_body || delivery.head_only) return;
  append_piece(out, body, End::no, delivery.framing);
  append_piece(out, instance, End::no, delivery.framing);
}

void append_piece(std::string& out, std::string_view piece, End end, Framing framing) {
  if (framing != Framing::by_chunks) {
    out += piece;
    return;
  }
  if (!piece.empty()) {
    append_number(out, piece.size(), 16);
    out += "\r\n";
    out += piece;
    out += "\r\n";
  }
  if (end == End::yes) out += "0\r\n\r\n";
}

std::string http_date(std::time_t seconds) {
  constexpr std::array<char const*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<char const*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 64> text{};
  auto const size = std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                                  days[static_cast<std::size_t>(parts.tm_wday)], parts.tm_mday,
                                  months[static_cast<std::size_t>(parts.tm_mon)],
                                  parts.tm_year + 1900, parts.tm_hour, parts.tm_min, parts.tm_sec);
  return {text.data(), static_cast<std::size_t>(std::max(size, 0))};
}

std::string_view reason_phrase(int status) {
  struct Phrase {
    int status;
    std::string_view text;
  };
  static constexpr std::array<Phrase, 33> phrases{{
      {200, "OK"},
      {201, "Created"},
      {202, "Accepted"},
      {204, "No Content"},
      {206, "Partial Content"},
      {301, "Moved Permanently"},
      {302, "Found"},
      {303, "See Other"},
      {304, "Not Modified"},
      {307, "Temporary Redirect"},
      {308, "Permanent Redirect"},
      {400, "Bad Request"},
      {401, "Unauthorized"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {406, "Not Acceptable"},
      {408, "Request Timeout"},
      {409, "Conflict"},
      {410, "Gone"},
      {412, "Precondition Failed"},
      {413, "Content Too Large"},
      {415, "Unsupported Media Type"},
      {417, "Expectation Failed"},
      {421, "Misdirected Request"},
      {422, "Unprocessable Content"},
      {428, "Precondition Required"},
      {429, "Too Many Requests"},
      {431, "Request Header Fields Too Large"},
      {500, "Internal Server Error"},
      {501, "Not Implemented"},
      {503, "Service Unavailable"},
      {505, "HTTP Version Not Supported"},
  }};
  auto const found = std::ranges::find(phrases, status, &Phrase::status);
  return found == phrases.end() ? "Status" : found->text;
}

}  // namespace heed::http
