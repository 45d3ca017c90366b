#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "engine/author/sheet.hpp"

/// The walk over a syntax tree that notes every name in it. A form of the tree that is added and
/// forgotten here does not compile.
namespace heed::author {

/// What has the type of what may stand at a place: `customer.tier` beside `customer.tier is …`.
struct Typed {
  std::string by;
  std::uint32_t in = 0;
};

class Walk {
 public:
  explicit Walk(Sheet& sheet) : sheet_{sheet} {}

  void declaration(ast::Declaration const& declaration, std::uint32_t index);

 private:
  // mentions_declaration.cpp
  void declare(ast::Name const& name, Space space = Space::shared);
  void member(std::string const& owner, ast::Field const& field);
  void type(ast::TypeName const& type, std::string const& owner);
  void form(ast::Policy const& it);
  void form(ast::Parameter const& it);
  void form(ast::Fact const& it);
  void form(ast::Need const& it);
  void form(ast::Role const& it);
  void form(ast::Phases const& it);
  void form(ast::Action const& it);
  void form(ast::Answer const& it);
  void form(ast::Score const& it);
  void form(ast::Define const& it);
  void form(ast::Phrases const& it);
  void form(ast::Script const& it);
  void form(ast::Event const& it);
  void form(ast::Source const& it);
  void form(ast::Table const& it);
  void form(ast::Authority const& it);
  void form(ast::Calendar const& it);
  void form(ast::Guarantee const& it);
  void form(ast::Term const& it);
  void form(ast::Broken const& it);
  void row(ast::Table const& table, ast::Row const& row);
  void words(Span span);

  // mentions_rule.cpp
  void form(ast::Rule const& it);
  void form(ast::Test const& it);
  void doing(ast::Do const& it, Deed deed);
  void argument(std::string const& owner, ast::Argument const& argument);
  void deadline(std::optional<ast::Deadline> const& it);
  void consequence(ast::Consequence const& it);
  void given(ast::Given const& it);
  void expect(ast::Expect const& it);
  void value(ast::Value const& value, std::string const& by);

  // mentions_expression.cpp
  void expression(ast::ExpressionPtr const& it, Typed const& typed = {});
  void each(std::vector<ast::ExpressionPtr> const& parts, Typed const& typed = {});
  void reference(ast::Expression const& whole, ast::Reference const& it, Typed const& typed);
  void text(ast::Expression const& whole, ast::TextLiteral const& it, Typed const& typed);
  void is_one_of(ast::IsOneOf const& it);
  void sides(ast::ExpressionPtr const& left, ast::ExpressionPtr const& right);
  void has(ast::ItemTest const& it);
  void aggregate(ast::Aggregate const& it);
  /// Walks what stands in the brackets of a list or an event.
  void within(ast::Name const& list, std::string item, ast::ExpressionPtr const& where);
  void slots(ast::Texts const& texts);

  void mention(ast::Name const& name, Space space, Deed deed = Deed::reads);
  void mention(Mention mention);
  std::uint32_t open(std::string list, std::string item);

  Sheet& sheet_;
  std::uint32_t declaration_ = 0;
  std::uint32_t scope_ = 0;
};

}  // namespace heed::author
