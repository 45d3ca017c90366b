#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// What the characters of policy text are.
namespace heed::language {

/// A code point and how many bytes it takes. Where the bytes are no UTF-8: `broken`, one byte.
struct Character {
  static constexpr char32_t broken = 0xFFFFFFFF;
  char32_t code = broken;
  std::uint32_t bytes = 1;
};

/// The character at byte `at`, which is inside `text`.
Character character_at(std::string_view text, std::size_t at);
/// The one before byte `at`; U+0000 where there is none.
char32_t character_before(std::string_view text, std::size_t at);

/// A tab, a blank, U+00A0, U+200E, U+200F, or a carriage return.
bool is_blank(char32_t code);
bool starts_word(char32_t code);     // a letter of any script, or `_`
bool continues_word(char32_t code);  // also digits and marks
bool is_hebrew_letter(char32_t code);
bool is_hebrew(char32_t code);  // a letter or the niqqud upon it
/// Reorders the text around it: refused outside texts. U+200E and U+200F are blanks instead.
bool is_bidirectional_control(char32_t code);

/// The text in Unicode's composed form (NFC), in which names are compared. `text` is UTF-8.
std::string to_nfc(std::string_view text);

/// Columns that a text takes in a table: one for each letter, none for niqqud and other marks, two
/// for wide East Asian letters.
std::size_t shown_width(std::string_view text);

/// How a message names a character: itself, or its number (`U+202E`) where it cannot be seen.
std::string shown(char32_t code);

}  // namespace heed::language
