#pragma once
#include <string>
#include <vector>

#include "engine/author/index.hpp"

/// What stands before the cursor, as far as completing needs it: the words of its declaration.
namespace heed::author {

struct Setting {
  enum class Place { first_column, line_begin, within_line, slot, nowhere };
  Place place = Place::nowhere;
  Span word;                              // the part of a word that is there already
  std::string keyword;                    // the declaration's; empty in the first column
  std::vector<ast::Token const*> before;  // its tokens before the word, without line ends
  std::vector<std::size_t> lines;         // indexes into `before`: where each line begins
};

Setting find_setting(Sheet const& sheet, std::uint32_t offset);

/// The word `back` words before the cursor; empty beyond the declaration's first.
std::string_view word_back(Setting const& setting, std::size_t back);
/// Whether the words before the cursor end with those.
bool follows(Setting const& setting, std::string_view words);

}  // namespace heed::author
