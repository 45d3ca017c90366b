#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// How text is made comparable before phrases are looked for in it (language, part 3.10).
namespace heed::compiling {

/// Text after compatibility and case folding: without niqqud, with plain quotes and dashes, each
/// run of white space as one blank. `begins[i]` and `ends[i]` are the code points of the text as
/// sent that letter i comes from, half-open.
struct FoldedText {
  std::u32string letters;
  std::vector<std::uint32_t> begins, ends;
};

/// Folds UTF-8 text. Bytes that are no UTF-8 count as one U+FFFD each. Takes linear time.
FoldedText fold(std::string_view text);

/// True where a word goes on across the place before letter `at`: between two letters or digits,
/// beside an apostrophe between letters, and beside a `"` between Hebrew letters.
bool is_within_word(std::u32string_view letters, std::size_t at);

constexpr bool is_hebrew_letter(char32_t letter) {
  return letter >= 0x05D0 && letter <= 0x05EA;
}

/// One of the letters that Hebrew writes together with the next word.
bool is_hebrew_prefix(char32_t letter);

}  // namespace heed::compiling
