#pragma once
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/language/ast.hpp"

/// The first pass over a file: words, blocks of lines, and the line ends that count.
namespace heed::language {

enum class TokenKind : std::uint8_t {
  word,      // `gold`, `מע"מ`; also every keyword
  path,      // `customer.tier`
  joined,    // `S001-25`: words and digits with a `-` between them
  text,      // `"on time"`
  number,    // `12`, `0.5`
  percent,   // `15%`
  date,      // `2026-11-22`
  time,      // `2026-11-22T09:00+02:00`
  clock,     // `09:00`
  symbol,    // `(`, `)`, `,`, `:`, `|`, `+`, `-`, `*`, `/`, `<`, `<=`, `>`, `>=`
  line_end,  // one that counts: not inside brackets, not after a comma
  mistake,   // what cannot be read
  end        // of the block
};

struct Token {
  TokenKind kind = TokenKind::end;
  bool reserved = false;  // of a word
  Span span;
  std::string_view text;  // words in NFC, texts without quotes and escapes, otherwise as written
};

/// A mistake that the first pass found: the token where reading stops, and what to say about it.
struct LayoutMistake {
  std::size_t token = 0;
  Diagnostic told;
};

/// The lines of one declaration.
struct Block {
  std::size_t first = 0, last = 0;       // its tokens; the last is the only one of kind `end`
  Span span;                             // from the first token to the end of the last
  std::optional<LayoutMistake> mistake;  // the first one
};

struct Layout {
  std::vector<Token> tokens;
  std::vector<Block> blocks;
  std::vector<Comment> comments;
  Diagnostics mistakes;          // in comments: they belong to no block
  std::deque<std::string> kept;  // what `Token::text` points to where the source says it otherwise
};

/// The declaration that a block of the file `text` says. Where it has a mistake, `mistake` is told
/// and the answer of no use; `told` is how many the file had before it.
Declaration read_block(FileId file, std::string_view text, Layout const& layout, Block const& block,
                       std::size_t told, std::optional<Diagnostic>& mistake);

/// Cuts `text` into blocks. The tokens point into `text` and into `kept`.
Layout lay_out(FileId file, std::string_view text);

}  // namespace heed::language
