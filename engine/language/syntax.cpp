#include "engine/language/syntax.hpp"

#include <algorithm>

#include "engine/language/words.hpp"

namespace heed::language {
namespace {

bool ends_cell(Token const& token) {
  return token.kind == TokenKind::line_end || token.kind == TokenKind::end ||
         (token.kind == TokenKind::symbol && token.text == "|");
}

bool is_name(Token const& token) {
  return token.kind == TokenKind::word && !token.reserved;
}

/// A text may stand behind one of these; so they name no language.
bool is_no_language(std::string_view word) {
  return word == "as" || word == "title" || word == "source" || word == "from" || word == "zone" ||
         word == "except" || word == "when" || word == "test";
}

bool fits(Token const* at, Leaf leaf) {
  Token const& token = *at;
  auto const kind = token.kind;
  switch (leaf) {
    case Leaf::name:
      return is_name(token);
    case Leaf::path:
      return is_name(token) || kind == TokenKind::path;
    case Leaf::value:
      return is_name(token) || kind == TokenKind::text;
    case Leaf::term:
      return is_name(token) || kind == TokenKind::path || kind == TokenKind::text;
    case Leaf::language:
      return is_name(token) && !is_no_language(token.text) &&
             (at[1].kind == TokenKind::text || at[1].kind == TokenKind::mistake);
    case Leaf::currency:
      return kind == TokenKind::word && is_currency(token.text);
    case Leaf::unit:
      return kind == TokenKind::word && is_unit(token.text);
    case Leaf::origin:
      return is_name(token) || kind == TokenKind::path || kind == TokenKind::joined ||
             kind == TokenKind::number || kind == TokenKind::text;
    case Leaf::text:
      return kind == TokenKind::text;
    case Leaf::number:
      return kind == TokenKind::number;
    case Leaf::literal:
      return kind == TokenKind::percent || kind == TokenKind::date || kind == TokenKind::time ||
             kind == TokenKind::text;
    case Leaf::date:
      return kind == TokenKind::date;
    case Leaf::clock:
      return kind == TokenKind::clock;
    case Leaf::dash:
      return kind == TokenKind::symbol && token.text == "-" && ends_cell(at[1]);
    case Leaf::relation:
      return kind == TokenKind::symbol && (token.text[0] == '<' || token.text[0] == '>');
    case Leaf::any:
      return kind != TokenKind::end && kind != TokenKind::mistake;
  }
  return false;
}

}  // namespace

Span Node::span() const {
  if (first == last) return {first->span.begin, first->span.begin};
  return {first->span.begin, (last - 1)->span.end};
}

Node const* Node::find(Kind wanted) const {
  auto const found = std::ranges::find(parts, wanted, &Node::kind);
  return found == parts.end() ? nullptr : &*found;
}

Reading::At Reading::see(At at) const {
  if (free_ > 0)
    while (at->kind == TokenKind::line_end) ++at;
  return at;
}

bool Reading::take_words(At& at, std::string_view phrase, bool keep) {
  At const first = see(at);
  At next = first;
  std::string_view rest = phrase;
  while (true) {
    auto const word = rest.substr(0, rest.find(' '));
    if (stopped_ || next->kind != TokenKind::word || next->text != word) return fail(first, phrase);
    ++next;
    if (word.size() == rest.size()) break;
    rest.remove_prefix(word.size() + 1);
  }
  forget_from(first);
  if (keep) nodes_.push_back({Kind::flag, first, next});
  at = next;
  return true;
}

bool Reading::take_symbol(At& at, std::string_view symbol, bool keep) {
  At const first = see(at);
  if (stopped_ || first->kind != TokenKind::symbol || first->text != symbol)
    return fail(first, symbol);
  forget_from(first);
  if (keep) nodes_.push_back({Kind::flag, first, first + 1});
  at = first + 1;
  return true;
}

bool Reading::take_leaf(At& at, Leaf leaf, std::string_view what) {
  At const first = see(at);
  if (stopped_ || !fits(first, leaf)) return fail(first, what);
  forget_from(first);
  nodes_.push_back({Kind::leaf, first, first + 1});
  at = first + 1;
  return true;
}

bool Reading::take_line_end(At& at) {
  if (stopped_ || at->kind != TokenKind::line_end) return fail(at, "the end of the line");
  forget_from(at);
  ++at;
  return true;
}

bool Reading::take_end(At& at) {
  At const first = see(at);
  if (stopped_ || first->kind != TokenKind::end) return fail(first, "the end of the line");
  at = first + 1;
  return true;
}

/// INVARIANT: the nodes stand in the order of their tokens. What an alternative that was given up
/// has left behind lies at or after the token where the next one begins, and goes when that one
/// takes this token.
void Reading::forget_from(At first) {
  while (!nodes_.empty() && nodes_.back().last > first) nodes_.pop_back();
}

void Reading::wrap(std::size_t mark, Kind kind, At first, At at, bool only_several) {
  forget_from(at);
  if (only_several && nodes_.size() == mark + 1) return;
  auto const begin = nodes_.begin() + static_cast<std::ptrdiff_t>(mark);
  Node node{kind, first, at};
  node.parts.assign(std::make_move_iterator(begin), std::make_move_iterator(nodes_.end()));
  nodes_.erase(begin, nodes_.end());
  nodes_.push_back(std::move(node));
}

bool Reading::fail(At at, std::string_view what) {
  if (quiet_ > 0 || stopped_ || at == muted_) return false;
  if (furthest_ == nullptr || at > furthest_) {
    furthest_ = at;
    expected_.clear();
  }
  if (at == furthest_ && std::ranges::find(expected_, what) == expected_.end())
    expected_.push_back(what);
  return false;
}

void Reading::stop(std::string_view code, At first, At last) {
  if (!stopped_ && quiet_ == 0) stopped_ = Stop{code, first, last};
}

}  // namespace heed::language
