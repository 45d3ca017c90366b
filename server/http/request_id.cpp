#include "server/http/request_id.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>

#include "engine/base/hex.hpp"
#include "engine/base/limits.hpp"

namespace heed::http {
namespace {

bool may_stand(char c) {
  constexpr std::string_view signs = "._~:+/=@-";
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
         signs.find(c) != std::string_view::npos;
}

void append_digits(std::string& out, std::uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8)
    append_hex(out, static_cast<unsigned char>(number >> shift));
}

}  // namespace

bool is_request_id(std::string_view text) {
  return !text.empty() && text.size() <= limits::http_request_id_bytes_max &&
         std::ranges::all_of(text, may_stand);
}

RequestIds::RequestIds() : state_{0} {
  if (getentropy(&state_, sizeof state_) == 0) return;
  auto const now = std::chrono::system_clock::now().time_since_epoch().count();
  state_ = static_cast<std::uint64_t>(now) ^ reinterpret_cast<std::uintptr_t>(this);
}

/// SplitMix64: each of the 2^64 numbers once.
std::uint64_t RequestIds::draw() {
  state_ += 0x9E3779B97F4A7C15u;
  auto mixed = state_;
  mixed = (mixed ^ (mixed >> 30u)) * 0xBF58476D1CE4E5B9u;
  mixed = (mixed ^ (mixed >> 27u)) * 0x94D049BB133111EBu;
  return mixed ^ (mixed >> 31u);
}

std::string RequestIds::next() {
  std::string id;
  id.reserve(32);
  append_digits(id, draw());
  append_digits(id, draw() | 1u);
  return id;
}

std::string RequestIds::next_span() {
  std::string id;
  id.reserve(16);
  append_digits(id, draw() | 1u);
  return id;
}

}  // namespace heed::http
