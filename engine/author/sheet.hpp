#pragma once
#include <string>
#include <vector>

#include "engine/author/author.hpp"
#include "engine/language/ast.hpp"
#include "engine/language/layout.hpp"

/// One file, read, and the names in it before anybody knows what they mean.
namespace heed::author {

namespace ast = heed::language;

/// Where a name is looked up.
enum class Space : std::uint8_t {
  shared,  // what conditions can name
  roles,
  phases,
  scripts,
  rules,
  tests,
  calendars,
  payloads,  // what `source` declares
  guarantees,
  policies,
  members,      // `order.items.sku`, `refund.amount`: the owner's name before the last dot
  values,       // of a `one of`: the name of the type, a line end, the value
  departments,  // of `internal to`: every one declares it
  terms,        // what is told by a `term`: the first of the others that has it
  anywhere      // the first of the others that has it: for texts that could not be parsed
};

/// What is done with what is named.
enum class Deed : std::uint8_t { declares, reads, writes };

/// Within `any item in order.items has (…)` and the like a bare name is first the item's field.
struct ItemScope {
  std::string list;         // or the event
  std::string item;         // the item's own name; empty where it has none
  std::uint32_t outer = 0;  // the scope around it: its index and one; 0: none
};

/// A place that names something.
struct Mention {
  Span span;
  std::string name;  // in NFC, without quotes
  Space space = Space::shared;
  Deed deed = Deed::reads;
  bool quoted = false;
  std::uint32_t declaration = 0;  // the one that it stands in
  std::uint32_t scope = 0;        // index and one into Sheet::scopes; 0: none
  std::string typed_by;           // what has the type of what may stand here; empty: nothing
  std::uint32_t typed_in = 0;     // the scope in which `typed_by` is read
};

/// A table's file (is_sheet) has a text and nothing else: it names nothing.
struct Sheet {
  std::string name;
  std::string text;
  ast::Document document;
  Diagnostics diagnostics;  // of parsing
  ast::Layout layout;       // its tokens point into `text`
  std::vector<Mention> mentions;
  std::vector<ItemScope> scopes;
};

/// Fills the sheet's mentions.
void collect_mentions(Sheet& sheet);

/// What a declaration declares.
Kind kind_of(ast::Declaration const& declaration);
/// What a declaration that begins with the keyword declares, and where its name is looked up.
struct Named {
  Kind kind;
  Space space;
};
Named named_by(std::string_view keyword);

/// The declaration's name; a list of phases has none.
std::optional<ast::Name> name_of(ast::Declaration const& declaration);
ast::Texts const* title_of(ast::Declaration const& declaration);

/// The text of a span.
inline std::string_view slice(Sheet const& sheet, Span span) {
  if (span.begin >= sheet.text.size() || span.end < span.begin) return {};
  return std::string_view{sheet.text}.substr(span.begin, span.end - span.begin);
}

}  // namespace heed::author
