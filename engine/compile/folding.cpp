#include "engine/compile/folding.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include "engine/base/ensure.hpp"

namespace heed::compiling {
namespace {

icu::Normalizer2 const& find_normalizer() {
  static icu::Normalizer2 const& normalizer = []() -> icu::Normalizer2 const& {
    UErrorCode error = U_ZERO_ERROR;
    auto const* found = icu::Normalizer2::getNFKCCasefoldInstance(error);
    ensure(U_SUCCESS(error) && found != nullptr);
    return *found;
  }();
  return normalizer;
}

constexpr bool is_ascii(char32_t letter) {
  return letter < 0x80;
}

constexpr bool is_niqqud(char32_t letter) {
  return letter >= 0x0591 && letter <= 0x05C7 && letter != 0x05BE && letter != 0x05C0 &&
         letter != 0x05C3 && letter != 0x05C6;
}

/// Typographic quotes, geresh, gershayim and dashes as plain ones; anything else as it is.
char32_t make_plain(char32_t letter) {
  switch (letter) {
    case 0x00B4:
    case 0x02B9:
    case 0x02BC:
    case 0x05F3:
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2032:
    case 0xFF07:
      return U'\'';
    case 0x00AB:
    case 0x00BB:
    case 0x05F4:
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2033:
    case 0xFF02:
      return U'"';
    case 0x2212:
      return U'-';
    default:
      break;
  }
  if (!is_ascii(letter) && u_charType(static_cast<UChar32>(letter)) == U_DASH_PUNCTUATION)
    return U'-';
  return letter;
}

std::u32string decode(std::string_view text) {
  std::u32string letters;
  letters.reserve(text.size());
  auto const* bytes = reinterpret_cast<std::uint8_t const*>(text.data());
  auto const length = static_cast<std::int64_t>(text.size());
  for (std::int64_t at = 0; at < length;) {
    UChar32 letter = 0;
    U8_NEXT_OR_FFFD(bytes, at, length, letter);
    letters.push_back(static_cast<char32_t>(letter));
  }
  return letters;
}

/// Folds normalisation segments one after the other, keeping where each came from.
struct Folder {
  FoldedText folded;

  void add(char32_t letter, std::size_t begin, std::size_t end) {
    letter = make_plain(letter);
    if (is_niqqud(letter)) {
      return;
    }
    if (u_isUWhiteSpace(static_cast<UChar32>(letter))) {
      letter = U' ';
      if (!folded.letters.empty() && folded.letters.back() == U' ') {
        folded.ends.back() = static_cast<std::uint32_t>(end);
        return;
      }
    }
    folded.letters.push_back(letter);
    folded.begins.push_back(static_cast<std::uint32_t>(begin));
    folded.ends.push_back(static_cast<std::uint32_t>(end));
  }

  /// What is left out at a segment's end, such as marks of direction, is not covered by it.
  static std::size_t find_end(std::u32string_view segment) {
    auto size = segment.size();
    while (size > 1 && u_hasBinaryProperty(static_cast<UChar32>(segment[size - 1]),
                                           UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
      --size;
    return size;
  }

  void add_segment(std::u32string_view segment, std::size_t begin) {
    auto const end = begin + find_end(segment);
    if (is_hebrew_letter(segment.front())) {
      bool known = true;
      for (auto const letter : segment.substr(1)) known = known && is_niqqud(letter);
      if (known) return add(segment.front(), begin, end);
    }
    icu::UnicodeString plain, result;
    for (auto const letter : segment) plain.append(static_cast<UChar32>(make_plain(letter)));
    UErrorCode error = U_ZERO_ERROR;
    find_normalizer().normalize(plain, result, error);
    ensure(U_SUCCESS(error));
    for (std::int32_t at = 0; at < result.length(); at = result.moveIndex32(at, 1))
      add(static_cast<char32_t>(result.char32At(at)), begin, end);
  }
};

bool starts_segment(char32_t letter) {
  return is_ascii(letter) || is_hebrew_letter(letter) ||
         find_normalizer().hasBoundaryBefore(static_cast<UChar32>(letter));
}

bool is_letter(char32_t letter) {
  return u_isalpha(static_cast<UChar32>(letter)) != 0;
}

bool is_of_word(char32_t letter) {
  if (is_ascii(letter))
    return is_letter(letter) || (letter >= U'0' && letter <= U'9') || letter == U'_';
  auto const mark = U_GET_GC_MASK(static_cast<UChar32>(letter)) & U_GC_M_MASK;
  return u_isalnum(static_cast<UChar32>(letter)) != 0 || mark != 0;
}

/// True where the mark at `at` joins the letters on both sides of it into one word.
bool joins(std::u32string_view letters, std::size_t at) {
  if (at == 0 || at + 1 >= letters.size()) return false;
  auto const before = letters[at - 1];
  auto const after = letters[at + 1];
  if (letters[at] == U'\'') return is_letter(before) && is_letter(after);
  return letters[at] == U'"' && is_hebrew_letter(before) && is_hebrew_letter(after);
}

}  // namespace

FoldedText fold(std::string_view text) {
  auto const sent = decode(text);
  Folder folder;
  folder.folded.letters.reserve(sent.size());
  folder.folded.begins.reserve(sent.size());
  folder.folded.ends.reserve(sent.size());
  for (std::size_t begin = 0; begin < sent.size();) {
    auto end = begin + 1;
    while (end < sent.size() && !starts_segment(sent[end])) ++end;
    if (end == begin + 1 && is_ascii(sent[begin])) {
      auto const letter = sent[begin];
      folder.add(letter >= U'A' && letter <= U'Z' ? letter + 32 : letter, begin, end);
    } else {
      folder.add_segment(std::u32string_view{sent}.substr(begin, end - begin), begin);
    }
    begin = end;
  }
  return std::move(folder.folded);
}

bool is_within_word(std::u32string_view letters, std::size_t at) {
  if (at == 0 || at >= letters.size()) return false;
  if (is_of_word(letters[at - 1]) && is_of_word(letters[at])) return true;
  return joins(letters, at) || joins(letters, at - 1);
}

bool is_hebrew_prefix(char32_t letter) {
  return std::u32string_view{U"ובהלמשכ"}.find(letter) != std::u32string_view::npos;
}

}  // namespace heed::compiling
