#include "server/json/write.hpp"

#include <array>
#include <cstdint>
#include <cstring>

#include "engine/base/expected.hpp"
#include "engine/base/hex.hpp"

namespace heed::json {
namespace {

// The letter after the backslash; 'u' for a control character without a letter of its own, 0 for
// what needs no escape.
constexpr std::array<char, 256> make_escapes() {
  std::array<char, 256> escapes{};
  for (std::size_t i = 0; i < 0x20; ++i) escapes[i] = 'u';
  escapes['\b'] = 'b';
  escapes['\f'] = 'f';
  escapes['\n'] = 'n';
  escapes['\r'] = 'r';
  escapes['\t'] = 't';
  escapes['"'] = '"';
  escapes['\\'] = '\\';
  return escapes;
}
constexpr auto escapes = make_escapes();

constexpr std::uint64_t of_all(unsigned char byte) {
  return 0x0101010101010101u * byte;
}

/// Whether one of eight bytes must be escaped: a quote, a backslash or a control character.
bool has_escape(std::uint64_t bytes) {
  auto const is_zero = [](std::uint64_t all) { return (all - of_all(1)) & ~all & of_all(0x80); };
  auto const below_blank = (bytes - of_all(0x20)) & ~bytes & of_all(0x80);
  return (below_blank | is_zero(bytes ^ of_all('"')) | is_zero(bytes ^ of_all('\\'))) != 0;
}

bool has_escape(std::string_view text) {
  std::uint64_t bytes = 0;
  std::size_t at = 0;
  for (; at + sizeof bytes <= text.size(); at += sizeof bytes) {
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    if (has_escape(bytes)) return true;
  }
  for (; at < text.size(); ++at)
    if (escapes[static_cast<unsigned char>(text[at])] != 0) return true;
  return false;
}

}  // namespace

void append_text(std::string& out, std::string_view text) {
  out += '"';
  if (!has_escape(text)) {
    out += text;
    out += '"';
    return;
  }
  std::size_t copied = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto const byte = static_cast<unsigned char>(text[i]);
    char const escape = escapes[byte];
    if (escape == 0) continue;
    out.append(text.substr(copied, i - copied));
    copied = i + 1;
    out += '\\';
    out += escape;
    if (escape == 'u') {
      out += "00";
      append_hex(out, byte);
    }
  }
  out.append(text.substr(copied));
  out += '"';
}

void append_text_or_null(std::string& out, std::optional<std::string> const& text) {
  if (text) {
    append_text(out, *text);
  } else {
    out += "null";
  }
}

void append_or_null(std::string& out, std::string_view text) {
  if (text.empty()) {
    out += "null";
  } else {
    append_text(out, text);
  }
}

void append_list(std::string& out, std::vector<std::string> const& texts) {
  append_each(out, texts, [&](std::string const& text) { append_text(out, text); });
}

void append_texts(std::string& out, Texts const& texts) {
  out += '{';
  bool is_first = true;
  for (auto const& [language, text] : texts) {
    if (!is_first) out += ',';
    is_first = false;
    append_text(out, language);
    out += ':';
    append_text(out, text);
  }
  out += '}';
}

void append_members(std::string& out,
                    std::vector<std::pair<std::string_view, std::string>> const& members) {
  out += '{';
  bool is_first = true;
  for (auto const& [name, text] : members) {
    if (!is_first) out += ',';
    is_first = false;
    append_text(out, name);
    out += ':';
    out += text;
  }
  out += '}';
}

void append_shown(std::string& out, Shown const& shown) {
  std::visit(overloaded{
                 [&](std::monostate) { out += "null"; },
                 [&](None) { out += "null"; },
                 [&](bool truth) { out += truth ? "true" : "false"; },
                 [&](Shown::Decimal const& number) { out += number.text; },
                 [&](Shown::Amount const& money) {
                   out += R"({"amount":)";
                   append_text(out, money.amount);
                   out += R"(,"currency":)";
                   append_text(out, money.currency);
                   out += '}';
                 },
                 [&](std::string const& text) { append_text(out, text); },
                 [&](std::vector<Shown> const& items) {
                   append_each(out, items, [&](Shown const& item) { append_shown(out, item); });
                 },
             },
             shown.form);
}

}  // namespace heed::json
