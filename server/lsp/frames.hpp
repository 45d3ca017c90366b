#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// Messages out of a stream of bytes: the base protocol of LSP, `Content-Length: N`, an empty line,
/// N bytes.
namespace heed::lsp {

struct Frame {
  std::string body;
  bool is_broken = false;  // the head could not be read, or the body is too large; it has no body
};

/// Takes bytes as they come and gives out what is complete. Whatever comes, it goes on with the
/// next head that can be read.
class Frames {
 public:
  void feed(std::string_view bytes) { waiting_ += bytes; }
  std::optional<Frame> take();

 private:
  std::optional<std::size_t> read_head();

  std::string waiting_;
  std::size_t skipping_ = 0;         // bytes of a body that is too large
  std::optional<std::size_t> body_;  // bytes of the body whose head was read
  bool lost_ = false;                // the last head could not be read
};

/// The message as it is sent.
std::string framed(std::string_view body);

}  // namespace heed::lsp
