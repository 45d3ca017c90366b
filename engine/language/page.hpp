#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/language/ast.hpp"

/// The lines of a formatted file, and where its comments go among them.
namespace heed::language {

constexpr std::size_t line_width_max = 100;

/// One line to be; `anchor` is the byte of the source where what it says begins.
struct Line {
  std::size_t indent = 0;
  std::string text;
  std::uint32_t anchor = 0;
};

/// The lines of one declaration.
class Page {
 public:
  Page(Document const& document, std::string_view source) : document_{document}, source_{source} {}

  void line(std::size_t indent, std::string text, std::uint32_t anchor);
  /// `first` and the pieces, on one line where they fit, otherwise broken between pieces; the lines
  /// that go on begin at column `hang`.
  void pieces(std::size_t indent, std::size_t hang, std::string first,
              std::vector<std::string> const& pieces, std::uint32_t anchor);
  /// Texts behind a word: each language on a line of its own, one below the other.
  void texts(std::size_t indent, std::string const& word, Texts const& texts);
  /// The same on one line where they fit.
  void title(std::size_t indent, std::string const& word, Texts const& texts);
  /// `first`, the expression and `last`; broken where it is too long, or a comment is within it.
  void expression(std::size_t indent, std::string const& first, Expression const& expression,
                  std::string const& last = {});

  std::string_view source() const { return source_; }
  Document const& document() const { return document_; }
  std::vector<Line> take_lines() { return std::exchange(lines_, {}); }

 private:
  bool holds_comment(Span span) const;
  void broken(std::size_t indent, std::string const& first, Expression const& expression,
              std::string const& last);

  Document const& document_;
  std::string_view source_;
  std::vector<Line> lines_;
};

/// Puts the declarations' lines and all comments together. `pages` has the lines of each
/// declaration of the document.
std::string assemble(Document const& document, std::string_view source,
                     std::vector<std::vector<Line>> pages);

}  // namespace heed::language
