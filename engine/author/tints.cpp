#include <algorithm>

#include "engine/author/index.hpp"
#include "engine/author/keywords.hpp"
#include "engine/language/words.hpp"

namespace heed::author {

namespace {

using What = Tint::What;

What what_of(Kind kind) {
  switch (kind) {
    case Kind::policy:
    case Kind::source:
      return What::policy;
    case Kind::fact:
    case Kind::score:
      return What::fact;
    case Kind::parameter:
      return What::parameter;
    case Kind::need:
      return What::need;
    case Kind::role:
      return What::role;
    case Kind::phase:
      return What::phase;
    case Kind::action:
      return What::action;
    case Kind::answer:
      return What::answer;
    case Kind::define:
      return What::define;
    case Kind::phrases:
      return What::phrases;
    case Kind::script:
      return What::script;
    case Kind::event:
      return What::event;
    case Kind::table:
      return What::table;
    case Kind::rule:
    case Kind::guarantee:
      return What::rule;
    case Kind::calendar:
      return What::calendar;
    case Kind::test:
    case Kind::text:
      return What::text;
    case Kind::field:
      return What::field;
    case Kind::value:
    case Kind::department:
    case Kind::term:
      return What::value;
    case Kind::keyword:
      return What::keyword;
  }
  return What::keyword;
}

/// A token without regard to what it names.
std::optional<What> what_of(ast::Token const& token) {
  switch (token.kind) {
    case ast::TokenKind::word:
      if (is_type_word(token.text)) return What::type;
      if (is_need_state(token.text)) return What::value;
      return is_word_of_language(token.text) ? std::optional{What::keyword} : std::nullopt;
    case ast::TokenKind::text:
      return What::text;
    case ast::TokenKind::number:
    case ast::TokenKind::percent:
    case ast::TokenKind::date:
    case ast::TokenKind::time:
    case ast::TokenKind::clock:
      return What::number;
    case ast::TokenKind::symbol:
      return What::sign;
    case ast::TokenKind::joined:
      return What::text;
    case ast::TokenKind::path:
    case ast::TokenKind::line_end:
    case ast::TokenKind::mistake:
    case ast::TokenKind::end:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::vector<Tint> find_tints(Manuscript const& manuscript, FileId file) {
  std::vector<Tint> tints;
  auto const at = static_cast<std::size_t>(file);
  if (at >= manuscript.sheets.size()) return tints;
  auto const& sheet = *manuscript.sheets[at];
  auto const& index = *manuscript.index;
  auto spot = index.spots[at].begin();
  auto const last = index.spots[at].end();
  auto const add_spot = [&] {
    tints.push_back(
        {spot->span, what_of(index.known[spot->known].kind), spot->deed == Deed::declares});
    ++spot;
  };
  for (auto const& token : sheet.layout.tokens) {
    auto from = token.span.begin;
    bool named = false;
    while (spot != last && spot->span.begin < token.span.end) {
      bool const in_text = token.kind == ast::TokenKind::text && spot->span != token.span;
      if (in_text && spot->span.begin > from)
        tints.push_back({{from, spot->span.begin}, What::text});
      from = spot->span.end;
      named = true;
      add_spot();
    }
    if (named && token.kind == ast::TokenKind::text && from < token.span.end)
      tints.push_back({{from, token.span.end}, What::text});
    if (!named)
      if (auto const what = what_of(token)) tints.push_back({token.span, *what});
  }
  for (auto const& comment : sheet.document.comments)
    tints.push_back({comment.span, What::comment});
  std::ranges::sort(tints, {}, &Tint::span);
  return tints;
}

}  // namespace heed::author
