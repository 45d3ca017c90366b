#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/language/ast.hpp"
#include "engine/language/syntax.hpp"

/// What the build_*.cpp files share: the parts that many declarations have.
namespace heed::language {

/// The declaration being built, and the first mistake found in it.
struct Building {
  FileId file{};
  std::string_view text;  // of the whole file
  std::optional<Diagnostic>& mistake;

  /// Keeps the earliest of those told.
  void tell(Span where, std::string_view code, std::string message, std::string help,
            std::string replacement = {});
};

Name name_of(Node const& leaf);
Text text_of(Node const& leaf);
Texts texts_of(Node const& node);
/// The names among the parts, but for the first `skipped` of them.
std::vector<Name> names_of(Node const& node, std::size_t skipped = 0);
/// Nothing where there is no such day, which is told.
std::optional<Date> date_of(Building& building, Token const& token);

/// The only part of that kind; null where there is none. A second one is told as `parse.twice`.
Node const* only(Building& building, Node const& node, Kind kind);
/// Of a declaration: from its first line or its `title` line.
Texts title_of(Building& building, Node const& node);
/// A single name behind a word: `above agent`. Nothing where the part is not there.
std::optional<Name> name_behind(Building& building, Node const& node, Kind kind);
/// Whether the flag is among the parts.
bool has_flag(Node const& node, std::string_view words);

TypeName type_of(Node const& node);
Field field_of(Node const& node);
std::vector<Field> fields_of(Node const& node);

using Made = std::shared_ptr<Expression>;
/// A new expression without brackets around it.
Made make(Span span, auto form) {
  return std::make_shared<Expression>(
      Expression{.span = span, .bracketed = false, .form = std::move(form)});
}

/// What is written within limits::syntax_depth_max; the rest is told as `parse.too-deep`.
ExpressionPtr expression_of(Building& building, Node const& node);
/// The same for an expression within another, whose depth was looked at before.
Made inner_expression_of(Building& building, Node const& node);
/// Those that begin with words of their own: needs, lists, history, `date of` and the like.
Made special_expression_of(Building& building, Node const& node);
/// The inner expressions of the parts, but for the first `skipped` of them.
std::vector<ExpressionPtr> inner_expressions_of(Building& building, Node const& node,
                                                std::size_t skipped = 0);
/// The expression in the part of that kind; null where there is none.
ExpressionPtr expression_behind(Building& building, Node const& node, Kind kind);
NumberLiteral number_of(Node const& leaf);
Relation relation_of(std::string_view sign);
/// A value of a `given` or a mapping.
Value value_of(Building& building, Node const& values);

Rule rule_of(Building& building, Node const& node);
Do do_of(Building& building, Node const& node);
std::vector<Argument> arguments_of(Building& building, Node const& node);
std::optional<Deadline> deadline_of(Building& building, Node const& node);
Table table_of(Building& building, Node const& node);
Source source_of(Building& building, Node const& node);
Authority authority_of(Building& building, Node const& node);
Calendar calendar_of(Building& building, Node const& node);
Test test_of(Building& building, Node const& node);

}  // namespace heed::language
