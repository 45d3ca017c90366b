#include "server/http/trace_context.hpp"

#include "engine/base/hex.hpp"

namespace heed::http {
namespace {

constexpr std::size_t whole_size = 55;  // 00-<32>-<16>-<2>

bool is_id(std::string_view text) {
  return is_hex(text) && text.find_first_not_of('0') != std::string_view::npos;
}

}  // namespace

std::optional<TraceContext> read_traceparent(std::string_view text) {
  if (text.size() < whole_size) return std::nullopt;
  auto const version = text.substr(0, 2);
  auto const trace = text.substr(3, 32);
  auto const parent = text.substr(36, 16);
  auto const flags = text.substr(53, 2);
  bool const has_dashes = text[2] == '-' && text[35] == '-' && text[52] == '-';
  bool const ends = text.size() == whole_size || (version != "00" && text[whole_size] == '-');
  if (!has_dashes || !ends || !is_hex(version) || version == "ff") return std::nullopt;
  if (!is_id(trace) || !is_id(parent) || !is_hex(flags)) return std::nullopt;
  return TraceContext{std::string{trace}, std::string{parent},
                      value_of_hex_digit(flags.back()) & 3u};
}

std::optional<TraceContext> trace_of(Headers const& headers) {
  auto const found = headers.find("traceparent");
  if (!found || headers.count("traceparent") != 1) return std::nullopt;
  return read_traceparent(*found);
}

std::string traceresponse(TraceContext const& trace, std::string_view span_id) {
  std::string text = "00-";
  text.append(trace.trace_id).append("-").append(span_id).append("-0");
  text += static_cast<char>('0' + trace.flags);
  return text;
}

}  // namespace heed::http
