#include "server/json/spans.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstring>

#include "engine/base/limits.hpp"
#include "server/json/canonical.hpp"
#include "server/json/document.hpp"

namespace heed::json {
namespace {

constexpr std::uint64_t of_all(unsigned char byte) {
  return 0x0101010101010101u * byte;
}

/// The lowest bit that is set tells the first of eight bytes that ends a text, or must not stand in
/// it as it is: a quote, a backslash or a control character. 0 where there is none.
std::uint64_t ends_in(std::uint64_t bytes) {
  auto const is_zero = [](std::uint64_t all) { return (all - of_all(1)) & ~all & of_all(0x80); };
  auto const below_blank = (bytes - of_all(0x20)) & ~bytes & of_all(0x80);
  return below_blank | is_zero(bytes ^ of_all('"')) | is_zero(bytes ^ of_all('\\'));
}

/// Where the first such byte stands, from `at` on.
std::size_t find_end(std::string_view text, std::size_t at) {
  std::uint64_t bytes = 0;
  for (; at + sizeof bytes <= text.size(); at += sizeof bytes) {
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    auto const found = ends_in(bytes);
    if (found == 0) continue;
    if constexpr (std::endian::native == std::endian::little)
      return at + static_cast<std::size_t>(std::countr_zero(found)) / 8;
    break;
  }
  auto const is_end = [](char letter) {
    return static_cast<unsigned char>(letter) < 0x20u || letter == '"' || letter == '\\';
  };
  while (at < text.size() && !is_end(text[at])) ++at;
  return at;
}

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

/// The length of an escape that a text of ours may have; 0 of another.
std::size_t escape_bytes(std::string_view text) {
  if (text.size() < 2) return 0;
  if (text[0] == '\\' && std::string_view{"\"\\bfnrt"}.find(text[1]) != std::string_view::npos)
    return 2;
  bool const is_control = text.size() >= 6 && text.starts_with("\\u00") &&
                          (text[4] == '0' || text[4] == '1') &&
                          std::string_view{"0123456789abcdef"}.find(text[5]) != text.npos;
  if (!is_control) return 0;
  bool const has_letter = text[4] == '0' && std::string_view{"89acd"}.find(text[5]) != text.npos;
  return has_letter ? 0 : 6;
}

/// Whether it is a number at all, be it one that is too small for a double.
bool is_number(std::string_view number) {
  double value = 0;
  auto const [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (end != number.data() + number.size() || error == std::errc::invalid_argument) return false;
  auto const digits = number.substr(number[0] == '-' ? 1 : 0);
  bool const has_zero = digits.size() > 1 && digits[0] == '0' && is_digit(digits[1]);
  auto const point = std::min(number.find('.'), number.size() - 1);
  bool const stops_well = number[point] != '.' || is_digit(number[point + 1]);
  return is_digit(digits[0]) && !has_zero && is_digit(number.back()) && stops_well;
}

// UTF-16 code units are in another order than UTF-8 bytes; see canonical.cpp.
unsigned char rank_of(unsigned char byte) {
  if (byte >= 0xF0u) return static_cast<unsigned char>(byte - 2u);
  return byte >= 0xEEu ? static_cast<unsigned char>(byte + 8u) : byte;
}

/// The first eight bytes of a name, as a number that grows as they do.
std::uint64_t sort_key(std::string_view name) {
  std::uint64_t key = 0;
  auto const size = std::min(name.size(), sizeof key);
  for (char const letter : name.substr(0, size))
    key = key << 8u | static_cast<unsigned char>(letter);
  if ((key & of_all(0x80)) != 0) {
    key = 0;
    for (char const letter : name.substr(0, size))
      key = key << 8u | rank_of(static_cast<unsigned char>(letter));
  }
  return size == 0 ? 0 : key << 8u * (sizeof key - size);
}

}  // namespace

bool Spans::read(std::string_view json) {
  json_ = json;
  at_ = 0;
  spans_.clear();
  items_.clear();
  open_.clear();
  others_.clear();
  escaped_.clear();
  if (json.size() >= nowhere) return false;
  spans_.emplace_back();
  return value(0) && at_ == json_.size();
}

/// The value of the last of the spans, of which the name and the parent are known. Spans are
/// filled in where they stand: to copy one that was just written makes the processor wait.
bool Spans::value(int depth) {
  if (at_ >= json_.size()) return false;
  auto& span = spans_.back();
  span.begin = static_cast<std::uint32_t>(at_);
  auto const letter = json_[at_];
  if (letter == '{' || letter == '[') return container(depth);
  span.is_canonical = true;
  bool is_good = false;
  if (letter == '"') {
    span.form = Form::text;
    is_good = skip_text();
  } else if (letter == 't' || letter == 'f') {
    span.form = Form::truth;
    is_good = skip_word(letter == 't' ? "true" : "false");
  } else if (letter == 'n') {
    is_good = skip_word("null");
  } else {
    is_good = number(span);
  }
  span.end = static_cast<std::uint32_t>(at_);
  return is_good;
}

/// A list or an object.
bool Spans::container(int depth) {
  if (depth >= limits::json_depth_max) return false;
  bool const is_object = json_[at_] == '{';
  char const end = is_object ? '}' : ']';
  spans_.back().form = is_object ? Form::object : Form::list;
  auto const place = static_cast<Place>(spans_.size() - 1);
  auto const from = open_.size();
  ++at_;
  while (!at(end)) {
    if (open_.size() > from && !take(',')) return false;
    if (!(is_object ? member(place, depth) : item(place, depth))) return false;
  }
  ++at_;
  return close(place, from);
}

bool Spans::item(Place list, int depth) {
  open_.push_back({0, static_cast<Place>(spans_.size())});
  auto& span = spans_.emplace_back();
  span.name_begin = static_cast<std::uint32_t>(at_);
  span.parent = list;
  return value(depth + 1);
}

bool Spans::member(Place object, int depth) {
  auto const begin = at_;
  if (!at('"') || !skip_text()) return false;
  auto const name = unescaped(json_.substr(begin, at_ - begin));
  open_.push_back({sort_key(name), static_cast<Place>(spans_.size())});
  auto& span = spans_.emplace_back();
  span.name_begin = static_cast<std::uint32_t>(begin);
  span.parent = object;
  span.name = name;
  return take(':') && value(depth + 1);
}

bool Spans::take(char letter) {
  bool const is_there = at(letter);
  at_ += is_there ? 1 : 0;
  return is_there;
}

bool Spans::skip_word(std::string_view word) {
  bool const is_there = json_.substr(at_).starts_with(word);
  at_ += word.size();
  return is_there;
}

bool Spans::number(Span& span) {
  auto const end = std::min(json_.find_first_of(",]}", at_), json_.size());
  auto const found = json_.substr(at_, end - at_);
  at_ = end;
  if (found.empty()) return false;
  span.form = Form::number;
  span.is_canonical = is_canonical_number(found);
  return span.is_canonical || is_number(found);
}

/// From the quote before a text to behind the one after it.
bool Spans::skip_text() {
  for (++at_; (at_ = find_end(json_, at_)) < json_.size();) {
    if (json_[at_] == '"') {
      ++at_;
      return true;
    }
    auto const escape = escape_bytes(json_.substr(at_));
    if (escape == 0) return false;
    at_ += escape;
  }
  return false;
}

/// Whether each member from `from` on comes before the next.
bool Spans::is_sorted(std::size_t from) const {
  for (auto next = from + 1; next < open_.size(); ++next)
    if (!comes_before(open_[next - 1], open_[next])) return false;
  return true;
}

bool Spans::comes_before(Open const& left, Open const& right) const {
  if (left.key != right.key) return left.key < right.key;
  return json::comes_before(spans_[left.place].name, spans_[right.place].name);
}

/// Ends a list or an object with what is open from `from` on. False where a member stands twice.
bool Spans::close(Place place, std::size_t from) {
  auto& span = spans_[place];
  span.end = static_cast<std::uint32_t>(at_);
  span.first = static_cast<std::uint32_t>(items_.size());
  span.count = static_cast<std::uint32_t>(open_.size() - from);
  span.is_canonical = span.form == Form::list || is_sorted(from);
  if (!span.is_canonical) {
    std::sort(open_.begin() + static_cast<std::ptrdiff_t>(from), open_.end(),
              [this](Open const& left, Open const& right) { return comes_before(left, right); });
    if (!is_sorted(from)) return false;
  }
  for (auto next = from; next < open_.size(); ++next) {
    items_.push_back(open_[next].place);
    span.is_canonical = span.is_canonical && spans_[open_[next].place].is_canonical;
  }
  open_.resize(from);
  return true;
}

std::string_view Spans::unescaped(std::string_view quoted) {
  auto const plain = quoted.substr(1, quoted.size() - 2);
  if (plain.find('\\') == plain.npos) return plain;
  auto& text = escaped_.emplace_back();
  for (std::size_t i = 0; i < plain.size(); ++i) {
    if (plain[i] != '\\') {
      text += plain[i];
      continue;
    }
    constexpr std::string_view letters = "\"\\bfnrt", bytes = "\"\\\b\f\n\r\t";
    if (auto const letter = letters.find(plain[++i]); letter != letters.npos) {
      text += bytes[letter];
      continue;
    }
    unsigned byte = 0;
    std::from_chars(plain.data() + i + 1, plain.data() + i + 5, byte, 16);
    text += static_cast<char>(byte);
    i += 4;
  }
  return text;
}

std::string_view Spans::text(Place place) {
  auto const& span = spans_[place];
  if (span.form != Form::text) return {};
  return unescaped(json_.substr(span.begin, span.end - span.begin));
}

std::span<Spans::Place const> Spans::items(Place place) const {
  auto const& span = spans_[place];
  return std::span{items_}.subspan(span.first, span.count);
}

Spans::Place Spans::find(Place object, std::string_view name) const {
  if (spans_[object].form != Form::object) return nowhere;
  auto const members = items(object);
  auto const found =
      std::ranges::find(members, name, [this](Place each) { return this->name(each); });
  return found == members.end() ? nowhere : *found;
}

Spans::Place Spans::follow(std::string_view pointer) const {
  Place place = root;
  std::string token;
  while (!pointer.empty() && place != nowhere) {
    if (!take_token(pointer, token)) return nowhere;
    if (form(place) != Form::list) {
      place = find(place, token);
      continue;
    }
    auto const found = items(place);
    auto const index = index_of(token);
    place = index && *index < found.size() ? found[*index] : nowhere;
  }
  return place;
}

void Spans::append_pointer(std::string& out, Place place) const {
  auto const parent = spans_[place].parent;
  if (parent == nowhere) return;
  append_pointer(out, parent);
  if (form(parent) == Form::object) return append_token(out, name(place));
  auto const found = items(parent);
  append_token(out, static_cast<std::size_t>(std::ranges::find(found, place) - found.begin()));
}

void Spans::replace(Place place, std::string_view canonical) {
  others_.emplace_back(canonical);
  spans_[place].other = static_cast<std::uint32_t>(others_.size());
  for (auto at = place; at != nowhere && spans_[at].is_canonical; at = spans_[at].parent)
    spans_[at].is_canonical = false;
}

void Spans::append_canonical(std::string& out, Place place) const {
  auto const& span = spans_[place];
  auto const as_it_stands = json_.substr(span.begin, span.end - span.begin);
  if (span.other != 0) {
    out += others_[span.other - 1];
  } else if (span.is_canonical) {
    out += as_it_stands;
  } else if (span.form == Form::number) {
    append_canonical_number(out, as_it_stands);
  } else {
    append_items(out, place);
  }
}

void Spans::append_items(std::string& out, Place place) const {
  bool const is_object = spans_[place].form == Form::object;
  out += is_object ? '{' : '[';
  bool is_first = true;
  for (auto const item : items(place)) {
    if (!is_first) out += ',';
    is_first = false;
    auto const& span = spans_[item];
    // The name and the value, where that is canonical too.
    auto const end = span.is_canonical ? span.end : span.begin;
    out += json_.substr(span.name_begin, end - span.name_begin);
    if (!span.is_canonical) append_canonical(out, item);
  }
  out += is_object ? '}' : ']';
}

}  // namespace heed::json
