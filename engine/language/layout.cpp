#include "engine/language/layout.hpp"

#include "engine/base/limits.hpp"
#include "engine/language/characters.hpp"
#include "engine/language/lexer.hpp"
#include "engine/language/words.hpp"

namespace heed::language {
namespace {

/// Puts the tokens of a file, line by line, into blocks.
class Cutter {
 public:
  Cutter(FileId file, std::string_view text) : file_{file}, text_{text}, lexer_{text, layout_} {}

  Layout cut() {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    while (at_ < text_.size()) read_line();
    finish_block();
    return std::move(layout_);
  }

 private:
  void read_line() {
    auto const line_begin = at_;
    skip_blanks();
    if (at_end_of_line()) return next_line();
    if (text_[at_] == '#') return read_comment();
    begin_line(at_ == line_begin || (line_begin == 0 && at_ == 3 && text_[0] == '\xEF'));
    while (!at_end_of_line()) {
      if (text_[at_] == '#') return read_comment();
      read_token();
      skip_blanks();
    }
    next_line();
  }

  /// Decides whether the line goes on with the block, and whether the line end before it counts.
  void begin_line(bool in_first_column) {
    bool const goes_on = in_first_column && block_ && belongs_to_block();
    if (in_first_column && !goes_on) finish_block();
    if (block_ && brackets_.empty() && !ends_open()) add(TokenKind::line_end, line_end_, line_end_);
    bool const is_stray = !block_ && !in_first_column;
    if (!block_)
      block_ = Block{.first = layout_.tokens.size(), .last = 0, .span = {}, .mistake = {}};
    if (is_stray)
      blame({"parse.indented", "a declaration begins in the first column, this line does not",
             "take away the blanks before it"});
    if (goes_on && text_.substr(at_).starts_with("//"))
      blame({"parse.unindented", "`//` begins no comment", "a comment begins with `#`"});
    else if (goes_on)
      blame({"parse.unindented", "this line belongs to the declaration above, but is not indented",
             "put blanks before it: a declaration's lines are indented"});
  }

  /// Whether an unindented line can only be meant as part of the block above it.
  bool belongs_to_block() const {
    auto const [code, bytes] = character_at(text_, at_);
    if (!starts_word(code)) return true;
    auto end = at_;
    while (end < text_.size() && continues_word(character_at(text_, end).code))
      end += character_at(text_, end).bytes;
    bool const is_path = end < text_.size() && text_[end] == '.';
    return is_path || is_clause_keyword(text_.substr(at_, end - at_));
  }

  bool ends_open() const {
    auto const& last = layout_.tokens.back();
    return last.kind == TokenKind::line_end || (last.kind == TokenKind::symbol && last.text == ",");
  }

  void read_token() {
    auto const lexed = lexer_.read(at_);
    at_ = lexed.end;
    if (lexed.mistake) return add_mistake(lexed.begin, lexed.end, *lexed.mistake);
    layout_.tokens.push_back(lexed.token);
    line_end_ = at_;
    if (lexed.token.kind != TokenKind::symbol) return;
    if (lexed.token.text == "(") open_bracket();
    if (lexed.token.text == ")") close_bracket();
  }

  void open_bracket() {
    brackets_.push_back(layout_.tokens.size() - 1);
    if (brackets_.size() != static_cast<std::size_t>(limits::nesting_max) + 1) return;
    auto const span = layout_.tokens.back().span;
    layout_.tokens.pop_back();
    add_mistake(span.begin, span.end,
                {"parse.too-deep",
                 "more than " + std::to_string(limits::nesting_max) + " brackets within each other",
                 "give the inner part a name of its own with `define`"});
  }

  void close_bracket() {
    if (!brackets_.empty()) return brackets_.pop_back();
    auto const span = layout_.tokens.back().span;
    layout_.tokens.pop_back();
    add_mistake(span.begin, span.end,
                {"parse.unopened-bracket", "this bracket closes none that is open",
                 "take it away, or open one before it"});
  }

  void finish_block() {
    if (!block_) return;
    if (!brackets_.empty() && brackets_.front() < layout_.tokens.size()) {
      auto const bracket = brackets_.front();
      if (!block_->mistake || block_->mistake->token > bracket)
        block_->mistake =
            LayoutMistake{bracket, told(layout_.tokens[bracket].span,
                                        {"parse.unclosed-bracket", "this bracket is not closed",
                                         "write the `)` that belongs to it"})};
    }
    brackets_.clear();
    block_->span = {layout_.tokens[block_->first].span.begin, line_end_};
    block_->last = layout_.tokens.size();
    add(TokenKind::end, line_end_, line_end_);
    layout_.blocks.push_back(*block_);
    block_.reset();
  }

  void read_comment() {
    auto const begin = at_;
    while (at_ < text_.size() && text_[at_] != '\n') {
      auto const character = character_at(text_, at_);
      if (auto mistake = lexer_.find_forbidden(character, Lexer::Within::comment))
        layout_.mistakes.push_back(told({at_, at_ + character.bytes}, *mistake));
      at_ += character.bytes;
    }
    auto end = at_;
    while (end > begin && (text_[end - 1] == '\r' || text_[end - 1] == ' ')) --end;
    layout_.comments.push_back({{begin, end}});
    next_line();
  }

  void skip_blanks() {
    while (at_ < text_.size()) {
      auto const [code, bytes] = character_at(text_, at_);
      if (!is_blank(code)) return;
      at_ += bytes;
    }
  }
  bool at_end_of_line() const { return at_ >= text_.size() || text_[at_] == '\n'; }
  void next_line() {
    if (at_ < text_.size()) ++at_;
  }

  void add(TokenKind kind, std::uint32_t begin, std::uint32_t end) {
    layout_.tokens.push_back({kind, false, {begin, end}, {}});
  }
  void blame(Mistake const& mistake) {
    auto const end = lexer_.read(at_).end;
    add_mistake(at_, end, mistake);
  }
  void add_mistake(std::uint32_t begin, std::uint32_t end, Mistake const& mistake) {
    if (!block_->mistake)
      block_->mistake = LayoutMistake{layout_.tokens.size(), told({begin, end}, mistake)};
    add(TokenKind::mistake, begin, end);
    line_end_ = end;
  }
  Diagnostic told(Span span, Mistake const& mistake) const {
    return {{file_, span},   Severity::error, mistake.code,
            mistake.message, mistake.help,    mistake.replacement};
  }

  FileId file_;
  std::string_view text_;
  Layout layout_;
  Lexer lexer_;
  std::uint32_t at_ = 0;
  std::uint32_t line_end_ = 0;  // where the last token ends
  std::optional<Block> block_;
  std::vector<std::size_t> brackets_;  // the open ones of the block
};

}  // namespace

Layout lay_out(FileId file, std::string_view text) {
  return Cutter{file, text}.cut();
}

}  // namespace heed::language
