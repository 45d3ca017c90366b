#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "engine/language/characters.hpp"
#include "engine/language/layout.hpp"

/// Words, numbers and texts out of characters.
namespace heed::language {

/// What is wrong, before it has a place.
struct Mistake {
  std::string_view code;
  std::string message;
  std::string help = {};
  std::string replacement = {};
};

/// What stands at one place: a token, or a mistake.
struct Lexed {
  Token token;
  std::uint32_t begin = 0, end = 0;
  std::optional<Mistake> mistake = std::nullopt;
};

/// Reads tokens of one file; what a token says otherwise than the file is kept in `layout.kept`.
class Lexer {
 public:
  enum class Within { comment, text };

  Lexer(std::string_view text, Layout& layout) : text_{text}, layout_{layout} {}

  /// The token at `at`, where neither a blank, a comment nor a line end stands.
  Lexed read(std::uint32_t at);

  /// What is wrong with a character even in a comment or a text.
  static std::optional<Mistake> find_forbidden(Character character, Within within);

 private:
  Lexed read_word(std::uint32_t begin);
  Lexed read_text(std::uint32_t begin);
  static Mistake quote_inside();
  Lexed read_number(std::uint32_t begin);
  Lexed read_digit_comma(std::uint32_t begin, std::uint32_t at);
  Lexed read_date(std::uint32_t begin);
  Lexed read_symbol(std::uint32_t begin);
  std::optional<Mistake> find_sign_mistake(std::uint32_t begin, std::uint32_t end) const;
  Lexed read_joined(std::uint32_t begin, std::uint32_t at);
  std::optional<Mistake> read_escape(std::uint32_t at, std::string& value) const;

  std::uint32_t skip_word(std::uint32_t at) const;
  std::uint32_t skip_digits(std::uint32_t at) const;
  bool has_text_before(std::uint32_t at) const;  // on the same line
  bool is_gershayim(std::uint32_t at) const;
  bool matches(std::uint32_t at, std::string_view pattern) const;
  char32_t code_at(std::uint32_t at) const;
  Lexed token(TokenKind kind, std::uint32_t begin, std::uint32_t end, std::string_view text) const;
  std::string_view keep(std::string text);
  std::string_view slice(std::uint32_t begin, std::uint32_t end) const {
    return text_.substr(begin, end - begin);
  }

  std::string_view text_;
  Layout& layout_;
};

}  // namespace heed::language
