#include "server/json/name.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include <algorithm>

namespace heed::json {

std::string to_nfc(std::string_view text) {
  bool const is_ascii =
      std::all_of(text.begin(), text.end(), [](char c) { return (c & '\x80') == 0; });
  std::string result;
  if (!is_ascii) {
    UErrorCode status = U_ZERO_ERROR;
    auto const* nfc = icu::Normalizer2::getNFCInstance(status);
    icu::StringByteSink<std::string> sink{&result};
    if (U_SUCCESS(status)) {
      nfc->normalizeUTF8(0, icu::StringPiece{text.data(), static_cast<int>(text.size())}, sink,
                         nullptr, status);
    }
    if (U_SUCCESS(status)) return result;
  }
  return std::string{text};
}

}  // namespace heed::json
