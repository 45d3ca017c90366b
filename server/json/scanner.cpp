#include "server/json/scanner.hpp"

#include <array>
#include <bit>
#include <cstring>

#include "server/json/bytes.hpp"

namespace heed::json {
namespace {

/// Deep and wide values are rare: read_document takes them.
constexpr int depth_max = 12;
constexpr std::size_t members_max = 32;
constexpr std::size_t number_bytes_max = 40;  // far from the end of what a double holds

/// How many bytes from `at` on are ASCII and neither quote, backslash nor control character.
std::size_t count_plain(char const* at) {
  for (std::size_t count = 0;; count += 8) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, at + count, sizeof bytes);
    auto const special = find_escapes(bytes) | (bytes & of_all(0x80));
    if (special == 0) continue;
    if constexpr (std::endian::native == std::endian::little)
      return count + static_cast<std::size_t>(std::countr_zero(special)) / 8;
    auto const is_plain = [](char letter) {
      return (letter & 0x80) == 0 && !must_be_escaped(letter);
    };
    while (is_plain(at[count])) ++count;
    return count;
  }
}

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

void append_utf8(std::string& out, std::uint32_t point) {
  auto const add = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (point < 0x80) return add(point);
  if (point < 0x800) {
    add(0xC0u | point >> 6u);
  } else if (point < 0x10000) {
    add(0xE0u | point >> 12u);
    add(0x80u | (point >> 6u & 0x3Fu));
  } else {
    add(0xF0u | point >> 18u);
    add(0x80u | (point >> 12u & 0x3Fu));
    add(0x80u | (point >> 6u & 0x3Fu));
  }
  add(0x80u | (point & 0x3Fu));
}

Node& add_item(Node& node, std::size_t& count) {
  if (count == node.items.size()) node.items.emplace_back();
  auto& item = node.items[count++];
  item.name.clear();
  return item;
}

}  // namespace

std::size_t size_of_sequence(char const* text) {
  auto const byte = [text](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  auto const follows = [&](std::size_t at) { return (byte(at) & 0xC0u) == 0x80u; };
  auto const first = byte(0);
  if (first < 0x80) return 1;
  if (first < 0xC2 || first > 0xF4 || !follows(1)) return 0;
  if (first < 0xE0) return 2;
  if (first == 0xE0 && byte(1) < 0xA0) return 0;  // could be shorter
  if (first == 0xED && byte(1) > 0x9F) return 0;  // a surrogate
  if (!follows(2)) return 0;
  if (first < 0xF0) return 3;
  if (first == 0xF0 && byte(1) < 0x90) return 0;
  if (first == 0xF4 && byte(1) > 0x8F) return 0;  // beyond U+10FFFF
  return follows(3) ? 4 : 0;
}

void Scanner::begin(std::string_view json) {
  constexpr std::size_t beyond = 16;  // what count_plain may look at behind the end
  bytes_.resize(json.size() + beyond);
  if (!json.empty()) std::memcpy(bytes_.data(), json.data(), json.size());
  std::memset(bytes_.data() + json.size(), 0, beyond);
  at_ = bytes_.data();
  end_ = at_ + json.size();
}

bool Scanner::take_name(std::string_view& name) {
  if (!take('"')) return false;
  auto const* begin = at_;
  for (at_ += count_plain(at_); static_cast<unsigned char>(*at_) >= 0x80; at_ += count_plain(at_)) {
    auto const size = size_of_sequence(at_);
    if (size == 0) return false;
    at_ += size;
  }
  name = {begin, static_cast<std::size_t>(at_ - begin)};
  return *at_++ == '"' && take(':');
}

bool Scanner::take_text(std::string_view& text) {
  if (!take('"')) return false;
  auto const* begin = at_;
  at_ += count_plain(at_);
  if (*at_ != '"') return take_rest_of_text(begin, text);
  text = {begin, static_cast<std::size_t>(at_++ - begin)};
  return true;
}

/// Of a text that begins there, and of which all is plain so far.
bool Scanner::take_rest_of_text(char const* begin, std::string_view& text) {
  bool has_escapes = false;
  unescaped_.clear();
  for (; *at_ != '"'; at_ += count_plain(at_)) {
    if (*at_ == '\\') {
      has_escapes = true;
      unescaped_.append(begin, at_);
      if (!take_escape()) return false;
      begin = at_;
      continue;
    }
    auto const size = static_cast<unsigned char>(*at_) < 0x80 ? 0 : size_of_sequence(at_);
    if (size == 0) return false;
    at_ += size;
  }
  if (has_escapes) unescaped_.append(begin, at_);
  text = has_escapes ? std::string_view{unescaped_}
                     : std::string_view{begin, static_cast<std::size_t>(at_ - begin)};
  ++at_;
  return true;
}

bool Scanner::take_escape() {
  constexpr std::string_view letters = R"("\/bfnrt)", meant = "\"\\/\b\f\n\r\t";
  auto const letter = at_[1];
  if (letter == 0) return false;
  if (letter != 'u') {
    auto const found = letters.find(letter);
    if (found == letters.npos) return false;
    unescaped_ += meant[found];
    at_ += 2;
    return true;
  }
  std::uint32_t point = 0;
  if (!take_code_unit(point)) return false;
  if (point >= 0xD800 && point < 0xDC00) {
    std::uint32_t second = 0;
    if (at_[0] != '\\' || at_[1] != 'u' || !take_code_unit(second)) return false;
    if (second < 0xDC00 || second > 0xDFFF) return false;
    point = 0x10000 + ((point - 0xD800) << 10u) + (second - 0xDC00);
  } else if (point >= 0xDC00 && point <= 0xDFFF) {
    return false;
  }
  append_utf8(unescaped_, point);
  return true;
}

bool Scanner::take_code_unit(std::uint32_t& unit) {
  unit = 0;
  at_ += 2;
  for (int i = 0; i < 4; ++i) {
    auto const letter = *at_++;
    auto const lower = static_cast<char>(letter | 0x20);
    if (!is_digit(letter) && (lower < 'a' || lower > 'f')) return false;
    unit =
        unit << 4u | static_cast<std::uint32_t>(is_digit(letter) ? letter - '0' : lower - 'a' + 10);
  }
  return true;
}

bool Scanner::take_truth(bool& truth) {
  truth = peek() == 't';
  return take_bytes(truth ? "true" : "false");
}

bool Scanner::take_null() {
  return take_bytes("null");
}

bool Scanner::take_short_number(std::int64_t& digits, int& places) {
  constexpr std::ptrdiff_t digits_max = 17;
  peek();
  auto const is_negative = *at_ == '-';
  auto const* const begin = at_ + (is_negative ? 1 : 0);
  auto const* at = begin;
  digits = 0;
  places = 0;
  auto const take_digits = [&] {
    for (; is_digit(*at); ++at)
      digits = static_cast<std::int64_t>(static_cast<std::uint64_t>(digits) * 10 +
                                         static_cast<std::uint64_t>(*at - '0'));
  };
  take_digits();
  auto const whole = at - begin;
  if (whole == 0 || (*begin == '0' && whole > 1)) return false;
  if (*at == '.') {
    auto const* const point = at++;
    take_digits();
    places = static_cast<int>(at - point) - 1;
    if (places == 0) return false;
  }
  if (whole + places > digits_max || *at == 'e' || *at == 'E') return false;
  if (is_negative) digits = -digits;
  at_ = at;
  return true;
}

bool Scanner::take_number(std::string_view& number) {
  peek();
  auto const* begin = at_;
  if (*at_ == '-') ++at_;
  if (!is_digit(*at_)) return false;
  auto const leads = *at_ == '0';
  auto const* digits = at_;
  while (is_digit(*at_)) ++at_;
  if (leads && at_ - digits > 1) return false;
  if (*at_ == '.') {
    if (!is_digit(*++at_)) return false;
    while (is_digit(*at_)) ++at_;
  }
  if (*at_ == 'e' || *at_ == 'E') return false;
  number = {begin, static_cast<std::size_t>(at_ - begin)};
  if (number == "-0") number = "0";
  return number.size() <= number_bytes_max;
}

bool Scanner::take_node(Node& node, int depth) {
  std::string_view text;
  std::size_t count = 0;
  if (depth > depth_max) return false;
  switch (peek()) {
    case '"':
      node.form = Node::Form::text;
      if (!take_text(text)) return false;
      node.text = text;
      break;
    case '{':
      node.form = Node::Form::object;
      if (!take_object([&](std::string_view name) {
            for (std::size_t at = 0; at < count; ++at)
              if (node.items[at].name == name) return false;
            auto& item = add_item(node, count);
            item.name = name;
            return count <= members_max && take_node(item, depth + 1);
          }))
        return false;
      break;
    case '[':
      node.form = Node::Form::list;
      ++at_;
      if (take(']')) break;
      do {
        if (!take_node(add_item(node, count), depth + 1)) return false;
      } while (take(','));
      if (!take(']')) return false;
      break;
    case 't':
    case 'f':
      node.form = Node::Form::truth;
      if (!take_truth(node.truth)) return false;
      break;
    case 'n':
      node.form = Node::Form::null;
      if (!take_null()) return false;
      break;
    default:
      node.form = Node::Form::number;
      if (!take_number(text)) return false;
      node.text = text;
      break;
  }
  node.items.resize(count);
  return true;
}

}  // namespace heed::json
