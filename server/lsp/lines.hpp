#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/source.hpp"

/// Places as editors count them: lines from 0, and units of an encoding within the line.
namespace heed::lsp {

enum class Encoding { utf8, utf16, utf32 };

struct LinePosition {
  std::uint32_t line = 0, character = 0;
  auto operator<=>(LinePosition const&) const = default;
};
struct LineRange {
  LinePosition start, end;
};

/// The lines of one text; `text` must live as long. A line ends with LF, CR LF or CR.
class Lines {
 public:
  Lines(std::string_view text, Encoding encoding);

  LinePosition position(std::uint32_t offset) const;
  LineRange range(Span span) const { return {position(span.begin), position(span.end)}; }
  /// What lies beyond a line is its end, beyond the text the end of that; within a character its
  /// begin.
  std::uint32_t offset(LinePosition at) const;
  Span span(LineRange range) const;

 private:
  std::string_view text_;
  Encoding encoding_;
  std::vector<std::uint32_t> begins_;
};

}  // namespace heed::lsp
