#pragma once
#include <charconv>
#include <cstring>
#include <string>
#include <string_view>

#include "server/json/write.hpp"

/// JSON text, appended to a string quickly: for what is written on the way to every answer.
namespace heed::json {

/// Writes behind what stands in a string. The string is complete once this is destroyed, and not
/// to be looked at before.
class Out {
 public:
  explicit Out(std::string& text) : text_{text}, used_{text.size()} { find_room(0); }
  ~Out() { text_.resize(size()); }
  Out(Out const&) = delete;
  Out& operator=(Out const&) = delete;

  /// What stands in the program as it is, without the zero at its end.
  template <std::size_t size>
  void put(char const (&constant)[size]) {
    need(size - 1);
    std::memcpy(at_, constant, size - 1);
    at_ += size - 1;
  }
  void put(char letter) {
    need(1);
    *at_++ = letter;
  }
  void put_as_is(std::string_view text) {
    need(text.size());
    std::memcpy(at_, text.data(), text.size());
    at_ += text.size();
  }
  void put_number(std::int64_t number) {
    need(24);
    at_ = std::to_chars(at_, at_ + 24, number).ptr;
  }
  /// Calls `write(char*)`, which may write so many bytes, and answers where they end.
  template <class Write>
  void put_up_to(std::size_t most, Write const& write) {
    need(most);
    at_ = write(at_);
  }
  /// How much there is, before and written here.
  std::size_t size() const { return static_cast<std::size_t>(at_ - text_.data()); }
  /// What was written from there on; it means something until more is written.
  std::string_view since(std::size_t begin) const { return {text_.data() + begin, size() - begin}; }
  /// As append_text does: with quotes, and what must be escaped escaped.
  void put_text(std::string_view text);

 private:
  void need(std::size_t size) {
    if (static_cast<std::size_t>(end_ - at_) < size) find_more_room(size);
  }
  void find_more_room(std::size_t more) {
    used_ = size();
    find_room(more);
  }
  void find_room(std::size_t size);

  std::string& text_;
  std::size_t used_ = 0;  // when room was found
  char* at_ = nullptr;
  char* end_ = nullptr;
};

}  // namespace heed::json
