#include "tests/support/oracle_phrases.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <optional>

#include "engine/base/ensure.hpp"

namespace heed::oracle {

namespace {

struct Folded {
  UChar32 letter;
  std::uint32_t from;  // which code point of the text it comes from
};

icu::UnicodeString decompose(icu::UnicodeString const& text) {
  UErrorCode status = U_ZERO_ERROR;
  auto const* normalizer = icu::Normalizer2::getNFKDInstance(status);
  auto result = normalizer->normalize(text, status);
  ensure(U_SUCCESS(status) != 0);
  return result;
}

bool is_niqqud(UChar32 letter) {
  return letter >= 0x0591 && letter <= 0x05C7 && u_charType(letter) == U_NON_SPACING_MARK;
}

UChar32 plain(UChar32 letter) {
  if (u_isUWhiteSpace(letter)) return ' ';
  if (letter >= 0x2018 && letter <= 0x201B) return '\'';
  if (letter >= 0x201C && letter <= 0x201F) return '"';
  if (letter == 0x05F3) return '\'';
  if (letter == 0x05F4) return '"';
  if (u_charType(letter) == U_DASH_PUNCTUATION || letter == 0x2212) return '-';
  return letter;
}

std::vector<Folded> fold(std::string_view utf8) {
  auto const text = icu::UnicodeString::fromUTF8(
      icu::StringPiece{utf8.data(), static_cast<std::int32_t>(utf8.size())});
  std::vector<Folded> result;
  std::uint32_t from = 0;
  for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1), ++from) {
    icu::UnicodeString one{text.char32At(at)};
    one = decompose(decompose(one).foldCase());
    for (std::int32_t i = 0; i < one.length(); i = one.moveIndex32(i, 1)) {
      auto const letter = plain(one.char32At(i));
      if (is_niqqud(letter)) continue;
      if (u_hasBinaryProperty(letter, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) continue;
      if (letter == ' ' && !result.empty() && result.back().letter == ' ') continue;
      result.push_back({letter, from});
    }
  }
  return result;
}

bool is_of_a_word(UChar32 letter) {
  auto const type = u_charType(letter);
  return u_isalnum(letter) || type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK;
}

bool is_hebrew_letter(UChar32 letter) {
  return letter >= 0x05D0 && letter <= 0x05EA;
}

bool is_prefix(UChar32 letter) {
  static icu::UnicodeString const prefixes = icu::UnicodeString::fromUTF8("והבלמשכ");
  return prefixes.indexOf(letter) >= 0;
}

using Letters = std::vector<Folded>;

/// Whether a word may begin at `at`: the letter before is of another word, or there is none.
bool begins(Letters const& text, std::size_t at) {
  return at == 0 || !is_of_a_word(text[at].letter) || !is_of_a_word(text[at - 1].letter);
}

bool begins_behind_prefix(Letters const& text, std::size_t at) {
  return at > 0 && is_hebrew_letter(text[at].letter) && is_prefix(text[at - 1].letter) &&
         begins(text, at - 1);
}

bool ends(Letters const& text, std::size_t at) {
  return at == text.size() || !is_of_a_word(text[at].letter) || !is_of_a_word(text[at - 1].letter);
}

struct Stretch {
  std::size_t begin, end;
};

std::vector<Stretch> find(Letters const& text, std::string_view wanted) {
  auto const phrase = fold(wanted);
  std::vector<Stretch> found;
  if (phrase.empty()) return found;
  auto const same = [](Folded const& a, Folded const& b) { return a.letter == b.letter; };
  for (std::size_t at = 0; at + phrase.size() <= text.size(); ++at) {
    auto const first = text.begin() + static_cast<std::ptrdiff_t>(at);
    if (!std::equal(phrase.begin(), phrase.end(), first, same)) continue;
    bool const whole = begins(text, at) || begins_behind_prefix(text, at);
    if (whole && ends(text, at + phrase.size())) found.push_back({at, at + phrase.size()});
  }
  return found;
}

}  // namespace

std::vector<FoundPhrase> find_phrases(std::string_view text, Phrases const& phrases) {
  auto const letters = fold(text);
  std::vector<Stretch> covered;
  for (auto const& exception : phrases.exceptions) {
    auto const more = find(letters, exception.text);
    covered.insert(covered.end(), more.begin(), more.end());
  }
  std::vector<FoundPhrase> found;
  for (auto const& phrase : phrases.phrases) {
    for (auto const& one : find(letters, phrase.text)) {
      bool const excepted = std::any_of(covered.begin(), covered.end(), [&](Stretch const& by) {
        return by.begin <= one.begin && one.end <= by.end;
      });
      if (excepted) continue;
      found.push_back({phrase.text, letters[one.begin].from, letters[one.end - 1].from + 1});
    }
  }
  return found;
}

}  // namespace heed::oracle
