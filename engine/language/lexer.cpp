#include "engine/language/lexer.hpp"

#include <algorithm>

#include "engine/base/limits.hpp"
#include "engine/language/slips.hpp"
#include "engine/language/words.hpp"

namespace heed::language {
namespace {

std::string quote(std::string_view text) {
  return "`" + std::string{text} + "`";
}

bool is_digit(char32_t code) {
  return code >= '0' && code <= '9';
}

struct Symbol {
  std::string_view written;
  std::string_view meant;  // what to write instead; empty where it is one of the language
};
constexpr Symbol symbols[] = {
    // the longer ones first
    {"<=", {}},
    {">=", {}},
    {"==", "is"},
    {"!=", "is not"},
    {"<>", "is not"},
    {"=<", "<="},
    {"=>", ">="},
    {"&&", "and"},
    {"=", "is"},
    {"!", "not"},
    {"\u2260", "is not"},
    {"\u2264", "<="},
    {"\u2265", ">="},
    {"\u2212", "-"},
    {"\u2013", "-"},
    {"\u2014", "-"},
    {"\u05BE", "-"},
    {"\u00D7", "*"},
    {"\u00F7", "/"},
    {"(", {}},
    {")", {}},
    {",", {}},
    {":", {}},
    {"|", {}},
    {"+", {}},
    {"-", {}},
    {"*", {}},
    {"/", {}},
    {"<", {}},
    {">", {}},
    {"\u201C", "\""},
    {"\u201D", "\""},
    {"\u201E", "\""},
    {"\u00AB", "\""},
    {"\u00BB", "\""},
    {"\u05F4", "\""},
    {"\u2018", "\""},
    {"\u2019", "\""},
    {"'", "\""},
    {"[", "("},
    {"]", ")"},
    {"{", "("},
    {"}", ")"},
    {"\u060C", ","}};

}  // namespace

std::optional<Mistake> Lexer::find_forbidden(Character character, Within within) {
  if (character.code == Character::broken)
    return Mistake{"parse.not-utf8", "these bytes are no UTF-8", "save the file as UTF-8"};
  if (within == Within::comment && is_bidirectional_control(character.code))
    return Mistake{
        "parse.bidirectional-control",
        "the invisible " + shown(character.code) + " would show the text in another order",
        "take it away: outside quoted texts only U+200E and U+200F may stand"};
  bool const is_control =
      (character.code < 0x20 && character.code != '\t' && character.code != '\r') ||
      character.code == 0x7F;
  if (is_control)
    return Mistake{
        "parse.character",
        "the control character " + shown(character.code) + " has no place in policy text",
        "take it away"};
  return std::nullopt;
}

Lexed Lexer::read(std::uint32_t at) {
  auto const character = character_at(text_, at);
  if (auto mistake = find_forbidden(character, Within::comment))
    return {{}, at, at + character.bytes, std::move(mistake)};
  if (starts_word(character.code)) return read_word(at);
  if (character.code == '"') return read_text(at);
  if (is_digit(character.code)) return read_number(at);
  return read_symbol(at);
}

Lexed Lexer::read_symbol(std::uint32_t begin) {
  for (auto const& symbol : symbols) {
    if (!text_.substr(begin).starts_with(symbol.written)) continue;
    auto const end = begin + static_cast<std::uint32_t>(symbol.written.size());
    if (symbol.meant.empty()) return token(TokenKind::symbol, begin, end, symbol.written);
    return {{},
            begin,
            end,
            Mistake{"parse.symbol", quote(symbol.written) + " is no sign of the language",
                    "did you mean " + quote(symbol.meant) + "?", std::string{symbol.meant}}};
  }
  auto const character = character_at(text_, begin);
  auto const end = begin + character.bytes;
  if (auto mistake = find_sign_mistake(begin, end)) return {{}, begin, end, std::move(mistake)};
  return {{},
          begin,
          end,
          Mistake{"parse.character", quote(shown(character.code)) + " has no place here",
                  "take it away; what is no plain word stands in quotes"}};
}

/// `$100`, and a full stop at a line's end.
std::optional<Mistake> Lexer::find_sign_mistake(std::uint32_t begin, std::uint32_t end) const {
  auto const sign = slice(begin, end);
  if (auto const currency = currency_for(sign); !currency.empty())
    return Mistake{"parse.character", quote(sign) + " is no sign of the language",
                   "write the currency by its letters, behind the amount: `100 " +
                       std::string{currency} + "`"};
  bool const ends_line = end >= text_.size() || text_[end] == '\n' || text_[end] == '\r';
  if (sign == ";")
    return Mistake{"parse.character", "`;` has no place here",
                   "take it away: lines end without a sign"};
  if (sign == "." && ends_line)
    return Mistake{"parse.character", "a line ends without a full stop", "take the `.` away"};
  return std::nullopt;
}

Lexed Lexer::read_word(std::uint32_t begin) {
  auto at = skip_word(begin);
  auto kind = TokenKind::word;
  while (code_at(at) == '.' && starts_word(code_at(at + 1))) {
    at = skip_word(at + 1);
    kind = TokenKind::path;
  }
  if (code_at(at) == '-' && continues_word(code_at(at + 1))) return read_joined(begin, at);
  auto const written = slice(begin, at);
  if (written.size() > limits::name_bytes_max)
    return {{},
            begin,
            at,
            Mistake{"parse.name-too-long", "a name of " + std::to_string(written.size()) + " bytes",
                    "names have at most " + std::to_string(limits::name_bytes_max) + " bytes"}};
  auto composed = to_nfc(written);
  auto lexed = token(kind, begin, at, composed == written ? written : keep(std::move(composed)));
  lexed.token.reserved = kind == TokenKind::word && is_reserved(lexed.token.text);
  return lexed;
}

/// What goes on with a `-` and a letter or digit.
Lexed Lexer::read_joined(std::uint32_t begin, std::uint32_t at) {
  auto const goes_on = [&](std::uint32_t next) {
    auto const code = code_at(next);
    return continues_word(code) ||
           ((code == '-' || code == '.') && continues_word(code_at(next + 1)));
  };
  while (goes_on(at)) at += character_at(text_, at).bytes;
  return token(TokenKind::joined, begin, at, keep(to_nfc(slice(begin, at))));
}

Lexed Lexer::read_text(std::uint32_t begin) {
  std::string value;
  auto at = begin + 1;
  std::optional<Mistake> mistake;
  while (at < text_.size() && text_[at] != '\n') {
    auto const character = character_at(text_, at);
    if (character.code == '"' && !is_gershayim(at)) {
      auto const end = at + 1;
      if (!mistake && starts_word(code_at(end))) mistake = quote_inside();
      if (mistake) return {{}, begin, end, std::move(mistake)};
      bool const is_same = value.size() == at - begin - 1;
      return token(TokenKind::text, begin, end,
                   is_same ? slice(begin + 1, at) : keep(std::move(value)));
    }
    if (!mistake) mistake = find_forbidden(character, Within::text);
    if (character.code == '\\') {
      auto wrong = read_escape(at, value);
      if (!mistake) mistake = std::move(wrong);
      at += at + 1 < text_.size() && text_[at + 1] != '\n' ? 2u : 1u;
      continue;
    }
    value += slice(at, at + character.bytes);
    at += character.bytes;
  }
  auto end = at;
  while (end > begin + 1 && is_blank(character_before(text_, end))) --end;
  return {{},
          begin,
          end,
          Mistake{"parse.unclosed-text", "this text is not closed on its line",
                  has_text_before(begin)
                      ? "write the `\"` at its end; a `\"` within a text is written `\\\"`"
                      : "write the `\"` at its end; a text stands on one line"}};
}

/// `"he said "yes" to us"`: the second `"` ends the text.
Mistake Lexer::quote_inside() {
  return {"parse.quote-in-text", "the text ends at its second `\"`, and a letter follows at once",
          "a `\"` within a text is written `\\\"`"};
}

bool Lexer::has_text_before(std::uint32_t at) const {
  auto const before = text_.substr(0, at);
  auto const quote = before.rfind('"');
  auto const line = before.rfind('\n');
  return quote != before.npos && (line == before.npos || quote > line);
}

std::optional<Mistake> Lexer::read_escape(std::uint32_t at, std::string& value) const {
  auto const code = code_at(at + 1);
  if (code == '"' || code == '\\') {
    value += static_cast<char>(code);
    return std::nullopt;
  }
  if (code == 'n') {
    value += '\n';
    return std::nullopt;
  }
  return Mistake{"parse.escape", "a `\\` stands before `\"`, `\\` or `n` alone",
                 "write `\\\\` for a `\\`"};
}

Lexed Lexer::read_number(std::uint32_t begin) {
  if (matches(begin, "dddd-dd-dd")) return read_date(begin);
  if (matches(begin, "dd:dd") && !is_digit(code_at(begin + 5)))
    return token(TokenKind::clock, begin, begin + 5, slice(begin, begin + 5));
  auto at = skip_digits(begin);
  if (code_at(at) == ',' && is_digit(code_at(at + 1))) return read_digit_comma(begin, at);
  if (code_at(at) == '.' && is_digit(code_at(at + 1))) at = skip_digits(at + 1);
  auto const digits = slice(begin, at);
  if (code_at(at) == '%') return token(TokenKind::percent, begin, at + 1, digits);
  if (code_at(at) == '-' && continues_word(code_at(at + 1))) return read_joined(begin, at);
  if (starts_word(code_at(at))) {
    auto const end = skip_word(at);
    auto const meant = unit_for(slice(at, end));
    auto const apart =
        std::string{digits} + " " + (meant.empty() ? std::string{slice(at, end)} : meant);
    return {{},
            begin,
            end,
            Mistake{"parse.number", "a blank is missing within " + quote(slice(begin, end)),
                    "write " + quote(apart), apart}};
  }
  return token(TokenKind::number, begin, at, digits);
}

/// `1,000`, or a list without blanks: which of them only the author knows.
Lexed Lexer::read_digit_comma(std::uint32_t begin, std::uint32_t at) {
  std::string digits{slice(begin, at)};
  bool thousands = true;
  while (code_at(at) == ',' && is_digit(code_at(at + 1))) {
    auto const end = skip_digits(at + 1);
    thousands = thousands && end - at == 4;
    digits += slice(at + 1, end);
    at = end;
  }
  std::string const list = "put a blank behind the comma of a list";
  return {{},
          begin,
          at,
          Mistake{"parse.digit-comma", "a comma between digits",
                  thousands ? "write " + quote(digits) + ", or " + list : list,
                  thousands ? digits : ""}};
}

Lexed Lexer::read_date(std::uint32_t begin) {
  auto at = begin + 10;
  auto kind = TokenKind::date;
  if (code_at(at) == 'T' && matches(at + 1, "dd:dd")) {
    kind = TokenKind::time;
    at += 6;
    if (matches(at, ":dd")) at += 3;
    if (code_at(at) == 'Z')
      at += 1;
    else if (matches(at, "+dd:dd") || matches(at, "-dd:dd"))
      at += 6;
  }
  if (!continues_word(code_at(at)) && code_at(at) != '-' && code_at(at) != ':')
    return token(kind, begin, at, slice(begin, at));
  while (continues_word(code_at(at)) || code_at(at) == '-' || code_at(at) == ':')
    at += character_at(text_, at).bytes;
  return {{},
          begin,
          at,
          Mistake{"parse.date", quote(slice(begin, at)) + " is neither a date nor a time",
                  "write `2026-11-22`, `2026-11-22T09:00` or `2026-11-22T09:00+02:00`"}};
}

/// Between two Hebrew letters a `"` is one of them; so is U+05F4, and U+05F3 after one.
bool Lexer::is_gershayim(std::uint32_t at) const {
  auto const code = code_at(at);
  if (code == 0x05F3) return is_hebrew(character_before(text_, at));
  if (code != '"' && code != 0x05F4) return false;
  return is_hebrew(character_before(text_, at)) &&
         is_hebrew_letter(code_at(at + character_at(text_, at).bytes));
}

std::uint32_t Lexer::skip_word(std::uint32_t at) const {
  while (continues_word(code_at(at)) || (at < text_.size() && is_gershayim(at)))
    at += character_at(text_, at).bytes;
  return at;
}

std::uint32_t Lexer::skip_digits(std::uint32_t at) const {
  while (is_digit(code_at(at))) ++at;
  return at;
}

/// `d` stands for a digit.
bool Lexer::matches(std::uint32_t at, std::string_view pattern) const {
  for (char const wanted : pattern) {
    auto const code = code_at(at++);
    if (wanted == 'd' ? !is_digit(code) : code != static_cast<char32_t>(wanted)) return false;
  }
  return true;
}

char32_t Lexer::code_at(std::uint32_t at) const {
  return at < text_.size() ? character_at(text_, at).code : 0;
}

Lexed Lexer::token(TokenKind kind, std::uint32_t begin, std::uint32_t end,
                   std::string_view text) const {
  return {{kind, false, {begin, end}, text}, begin, end};
}

std::string_view Lexer::keep(std::string text) {
  return layout_.kept.emplace_back(std::move(text));
}

}  // namespace heed::language
