#include "engine/base/diagnostic.hpp"

#include <algorithm>
#include <tuple>

namespace heed {
namespace {

std::string_view word_of(Severity severity) {
  return severity == Severity::error ? "error" : "warning";
}

struct Paint {
  Colour colour;
  std::string operator()(std::string_view code, std::string_view text) const {
    if (colour == Colour::off) return std::string{text};
    return "\x1b[" + std::string{code} + "m" + std::string{text} + "\x1b[0m";
  }
};

/// Columns that the first `bytes` bytes of the line take; tabs are shown as one blank.
std::size_t width_of(std::string_view line, std::size_t bytes) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < std::min(bytes, line.size()); ++at) {
    auto const c = static_cast<unsigned char>(line[at]);
    if ((c & 0xC0) == 0x80) continue;
    // Niqqud (U+0591 to U+05C7) sits on the letter before it.
    bool const is_mark = at + 1 < line.size() && ((c == 0xD6 && (line[at + 1] & 0x3F) >= 0x11) ||
                                                  (c == 0xD7 && (line[at + 1] & 0x3F) <= 0x07));
    if (!is_mark) ++width;
  }
  return width;
}

std::string shown(std::string_view line) {
  std::string text{line};
  std::ranges::replace(text, '\t', ' ');
  return text;
}

}  // namespace

void sort(Diagnostics& diagnostics, std::vector<SourceText> const& sources) {
  auto const key = [&](Diagnostic const& d) {
    return std::tuple{std::string_view{sources.at(static_cast<std::size_t>(d.where.file)).name},
                      d.where.span, d.code, std::string_view{d.message}};
  };
  std::ranges::stable_sort(diagnostics, {}, key);
  auto const equal = [&](Diagnostic const& a, Diagnostic const& b) { return key(a) == key(b); };
  diagnostics.erase(std::unique(diagnostics.begin(), diagnostics.end(), equal), diagnostics.end());
}

bool has_errors(Diagnostics const& diagnostics) {
  return std::ranges::any_of(diagnostics,
                             [](auto const& d) { return d.severity == Severity::error; });
}

std::string render(Diagnostic const& diagnostic, std::vector<SourceText> const& sources,
                   Colour colour) {
  Paint const paint{colour};
  auto const& source = sources.at(static_cast<std::size_t>(diagnostic.where.file));
  auto const span = diagnostic.where.span;
  auto const at = find_line_column(source.text, span.begin);
  auto const line = find_line(source.text, at.line);
  std::string const number = std::to_string(at.line);
  auto const tint = diagnostic.severity == Severity::error ? "1;31" : "1;33";

  std::string text = paint("1", source.name + ":" + number + ":" + std::to_string(at.column) + ":");
  text += " " + paint(tint, std::string{word_of(diagnostic.severity)} + "[" +
                                std::string{diagnostic.code} + "]:");
  text += " " + diagnostic.message + "\n";

  std::string_view const source_text = source.text;
  auto const begin_of_line =
      source_text.substr(0, std::min<std::size_t>(span.begin, source_text.size())).rfind('\n');
  std::size_t const line_begin = begin_of_line == std::string_view::npos ? 0 : begin_of_line + 1;
  std::size_t const from = width_of(line, span.begin - line_begin);
  std::size_t const to = width_of(line, std::max(span.end, span.begin) - line_begin);
  std::string const carets(std::max<std::size_t>(1, to - from), '^');
  text += " " + number + " | " + shown(line) + "\n";
  text += std::string(number.size() + 1, ' ') + " | " + std::string(from, ' ') +
          paint(tint, carets) + "\n";
  if (!diagnostic.help.empty()) text += paint("1;36", "help:") + " " + diagnostic.help + "\n";
  return text;
}

}  // namespace heed
