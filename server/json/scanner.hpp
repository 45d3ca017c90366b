#pragma once
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "server/json/bytes.hpp"
#include "server/json/document.hpp"

/// Reading JSON on the hot path: bytes to values without a tree, as long as nothing is unusual.
namespace heed::json {

/// Goes through one JSON text. Whatever it does not take, be it wrong or only rare (an escaped
/// name, an exponent), each function answers with false: the text is then for read_document, which
/// says what is wrong with it. What it takes, it reads as read_document does.
class Scanner {
 public:
  /// Keeps a copy of `json`, in memory that is kept for the next text.
  void begin(std::string_view json);

  /// The next byte that is no blank; 0 at the end.
  char peek() {
    while (static_cast<unsigned char>(*at_) <= ' ' &&
           (*at_ == ' ' || *at_ == '\n' || *at_ == '\t' || *at_ == '\r'))
      ++at_;
    return *at_;
  }
  /// Goes behind `letter` where that is what stands next.
  bool take(char letter) {
    if (peek() != letter) return false;
    ++at_;
    return true;
  }

  /// Goes behind these bytes, four or more, where they are what stands next.
  bool take_bytes(std::string_view bytes) {
    peek();
    if (static_cast<std::size_t>(end_ - at_) < bytes.size() ||
        !are_same(at_, bytes.data(), bytes.size()))
      return false;
    at_ += bytes.size();
    return true;
  }
  /// A name and its colon. Not one with escapes. It lives until the next text.
  bool take_name(std::string_view& name);
  /// `text` lives until the next call that reads a text.
  bool take_text(std::string_view& text);
  bool take_truth(bool& truth);
  bool take_null();
  /// A number of at most 17 digits, without exponent: `digits` / 10^`places`. Where it is another,
  /// nothing is taken.
  bool take_short_number(std::int64_t& digits, int& places);
  /// A number without exponent, as it is written; as read_document would keep it.
  bool take_number(std::string_view& number);
  /// Any value, as read_document reads it; `node` may be one that was used before.
  bool take_node(Node& node, int depth = 0);
  /// Whether nothing follows.
  bool is_at_end() { return peek() == 0 && at_ == end_; }

  /// Calls `visit(std::string_view name)` in front of each member's value, which it takes. False
  /// where it answers false.
  template <class Visit>
  bool take_object(Visit const& visit) {
    if (!take('{')) return false;
    if (take('}')) return true;
    do {
      std::string_view name;
      if (!take_name(name) || !visit(name)) return false;
    } while (take(','));
    return take('}');
  }

 private:
  bool take_rest_of_text(char const* begin, std::string_view& text);
  bool take_escape();
  bool take_code_unit(std::uint32_t& unit);

  std::vector<char> bytes_;  // the text, then zeros
  char const* at_ = nullptr;
  char const* end_ = nullptr;
  std::string unescaped_;
};

/// The bytes of the UTF-8 sequence that `text` begins with; 0 where it begins with none. A zero
/// follows the text.
std::size_t size_of_sequence(char const* text);

}  // namespace heed::json
