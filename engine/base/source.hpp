#pragma once
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// The text of policy files, and places in it.
namespace heed {

/// One file of a policy: its name relative to the policy's folder, and its bytes as they were read.
struct SourceText {
  std::string name;
  std::string text;
};

/// Whether the file is a table of a spreadsheet (`.csv`), not policy text.
bool is_sheet(std::string_view name);

/// Which file of a policy, as an index into its sources in the order in which they were given.
enum class FileId : std::uint32_t {};

/// Half-open range of bytes in one file. Files hold at most limits::file_bytes_max bytes.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  auto operator<=>(Span const&) const = default;
};

/// A span and the file it is in.
struct Place {
  FileId file{};
  Span span;
  auto operator<=>(Place const&) const = default;
};

/// A place as people count: line and column from 1, the column in code points.
struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  auto operator<=>(LineColumn const&) const = default;
};

/// Where the byte `offset` of `text` stands; the end of the text where it lies beyond.
LineColumn find_line_column(std::string_view text, std::uint32_t offset);

/// The line of `text` (from 1) without its line end; empty where there is none.
std::string_view find_line(std::string_view text, std::uint32_t line);

}  // namespace heed
