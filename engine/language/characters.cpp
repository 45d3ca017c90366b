#include "engine/language/characters.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <array>
#include <cstdio>
#include <iterator>

namespace heed::language {
namespace {

unsigned byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

bool is_ascii(std::string_view text) {
  for (char const c : text)
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  return true;
}

UChar32 icu(char32_t code) {
  return static_cast<UChar32>(code);
}

}  // namespace

Character character_at(std::string_view text, std::size_t at) {
  unsigned const lead = byte_at(text, at);
  if (lead < 0x80) return {lead, 1};
  std::uint32_t const length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || at + length > text.size()) return {};
  char32_t code = lead & (0x7Fu >> length);
  for (std::uint32_t next = 1; next < length; ++next) {
    unsigned const byte = byte_at(text, at + next);
    if ((byte & 0xC0) != 0x80) return {};
    code = (code << 6) | (byte & 0x3F);
  }
  constexpr std::array<char32_t, 5> least = {0, 0, 0x80, 0x800, 0x10000};
  bool const is_surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < least[length] || code > 0x10FFFF || is_surrogate) return {};
  return {code, length};
}

char32_t character_before(std::string_view text, std::size_t at) {
  for (std::size_t back = 1; back <= 4 && back <= at; ++back)
    if ((byte_at(text, at - back) & 0xC0) != 0x80) return character_at(text, at - back).code;
  return 0;
}

bool is_blank(char32_t code) {
  return code == ' ' || code == '\t' || code == '\r' || code == 0xA0 || code == 0x200E ||
         code == 0x200F;
}

bool starts_word(char32_t code) {
  if (code < 0x80)
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || code == '_';
  return code != Character::broken && u_hasBinaryProperty(icu(code), UCHAR_XID_START) != 0;
}

bool continues_word(char32_t code) {
  if (code < 0x80) return starts_word(code) || (code >= '0' && code <= '9');
  return code != Character::broken && u_hasBinaryProperty(icu(code), UCHAR_XID_CONTINUE) != 0;
}

bool is_hebrew_letter(char32_t code) {
  return (code >= 0x05D0 && code <= 0x05EA) || (code >= 0x05EF && code <= 0x05F2) ||
         (code >= 0xFB1D && code <= 0xFB4F && code != 0xFB1E && code != 0xFB29);
}

bool is_hebrew(char32_t code) {
  bool const is_mark = (code >= 0x0591 && code <= 0x05BD) || code == 0x05BF || code == 0x05C1 ||
                       code == 0x05C2 || code == 0x05C4 || code == 0x05C5 || code == 0x05C7;
  return is_mark || is_hebrew_letter(code);
}

bool is_bidirectional_control(char32_t code) {
  return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) || code == 0x061C;
}

std::string to_nfc(std::string_view text) {
  if (is_ascii(text)) return std::string{text};
  UErrorCode status = U_ZERO_ERROR;
  auto const* nfc = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) return std::string{text};
  std::string composed;
  icu::StringByteSink<std::string> sink{&composed};
  nfc->normalizeUTF8(0, {text.data(), static_cast<std::int32_t>(text.size())}, sink, nullptr,
                     status);
  return U_FAILURE(status) ? std::string{text} : composed;
}

std::size_t shown_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    auto const [code, bytes] = character_at(text, at);
    at += bytes;
    if (code < 0x300 || code == Character::broken) {
      ++width;
      continue;
    }
    auto const kind = u_charType(icu(code));
    if (kind == U_NON_SPACING_MARK || kind == U_ENCLOSING_MARK || kind == U_FORMAT_CHAR) continue;
    auto const east_asian = u_getIntPropertyValue(icu(code), UCHAR_EAST_ASIAN_WIDTH);
    width += east_asian == U_EA_WIDE || east_asian == U_EA_FULLWIDTH ? 2u : 1u;
  }
  return width;
}

std::string shown(char32_t code) {
  bool const is_seen = code != Character::broken && u_isgraph(icu(code)) != 0 &&
                       u_charType(icu(code)) != U_FORMAT_CHAR;
  if (!is_seen) {
    std::array<char, 16> number{};
    std::snprintf(number.data(), number.size(), "U+%04X", static_cast<unsigned>(code));
    return number.data();
  }
  std::string text;
  icu::UnicodeString{icu(code)}.toUTF8String(text);
  return text;
}

}  // namespace heed::language
