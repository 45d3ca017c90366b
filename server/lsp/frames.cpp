#include "server/lsp/frames.hpp"

#include <algorithm>
#include <charconv>

#include "engine/base/limits.hpp"

namespace heed::lsp {

namespace {

constexpr std::string_view field = "content-length:";
constexpr std::size_t head_bytes_max = 4'096;

char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
}

std::size_t find_field(std::string_view text) {
  auto const found = std::search(text.begin(), text.end(), field.begin(), field.end(),
                                 [](char left, char right) { return lower(left) == right; });
  return found == text.end() ? std::string_view::npos
                             : static_cast<std::size_t>(found - text.begin());
}

/// The number behind the field in a head; nothing where there is none.
std::optional<std::size_t> length_in(std::string_view head) {
  auto const at = find_field(head);
  if (at == std::string_view::npos) return std::nullopt;
  head.remove_prefix(at + field.size());
  head.remove_prefix(std::min(head.find_first_not_of(" \t"), head.size()));
  std::size_t bytes = 0;
  auto const [end, error] = std::from_chars(head.data(), head.data() + head.size(), bytes);
  bool const is_line = end == head.data() + head.size() || *end == '\r' || *end == ' ';
  return error == std::errc{} && is_line ? std::optional{bytes} : std::nullopt;
}

}  // namespace

/// Takes the head away where it is complete. Nothing: it is not, or it was none (then `lost_`).
std::optional<std::size_t> Frames::read_head() {
  auto const end = waiting_.find("\r\n\r\n");
  if (end == std::string::npos) {
    if (waiting_.size() <= head_bytes_max) return std::nullopt;
    waiting_.erase(0, waiting_.size() - field.size());
    lost_ = true;
    return std::nullopt;
  }
  auto const bytes = length_in(std::string_view{waiting_}.substr(0, end));
  if (!bytes) lost_ = true;
  waiting_.erase(0, end + 4);
  return bytes;
}

std::optional<Frame> Frames::take() {
  if (skipping_ > 0) {
    auto const now = std::min(skipping_, waiting_.size());
    waiting_.erase(0, now);
    skipping_ -= now;
    if (skipping_ > 0) return std::nullopt;
  }
  if (!body_) {
    lost_ = false;
    body_ = read_head();
    if (!body_) return lost_ ? std::optional{Frame{{}, true}} : std::nullopt;
    if (*body_ > limits::policy_bytes_max) {
      skipping_ = *body_;
      body_.reset();
      return Frame{{}, true};
    }
  }
  if (waiting_.size() < *body_) return std::nullopt;
  Frame frame{waiting_.substr(0, *body_), false};
  waiting_.erase(0, *body_);
  body_.reset();
  return frame;
}

std::string framed(std::string_view body) {
  return "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string{body};
}

}  // namespace heed::lsp
