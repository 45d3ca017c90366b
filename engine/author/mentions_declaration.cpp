#include "engine/author/mentions.hpp"
#include "engine/language/words.hpp"

namespace heed::author {

void Walk::mention(Mention mention) {
  mention.declaration = declaration_;
  mention.scope = scope_;
  sheet_.mentions.push_back(std::move(mention));
}

void Walk::mention(ast::Name const& name, Space space, Deed deed) {
  mention(Mention{
      .span = name.span, .name = name.text, .space = space, .deed = deed, .quoted = name.quoted});
}

void Walk::declare(ast::Name const& name, Space space) {
  mention(name, space, Deed::declares);
}

void Walk::declaration(ast::Declaration const& declaration, std::uint32_t index) {
  declaration_ = index;
  scope_ = 0;
  std::visit([&](auto const& it) { form(it); }, declaration.form);
}

void Walk::member(std::string const& owner, ast::Field const& field) {
  auto const whole = owner + "." + field.name.text;
  mention(Mention{
      .span = field.name.span, .name = whole, .space = Space::members, .deed = Deed::declares});
  type(field.type, whole);
}

/// `owner` is what has the type; values are its.
void Walk::type(ast::TypeName const& type, std::string const& owner) {
  for (auto const& value : type.values)
    mention(Mention{.span = value.span,
                    .name = owner + "\n" + value.text,
                    .space = Space::values,
                    .deed = Deed::declares,
                    .quoted = value.quoted});
  if (type.name) mention(*type.name, Space::shared);
  if (type.element) this->type(*type.element, owner);
}

void Walk::form(ast::Policy const& it) {
  declare(it.name, Space::policies);
}

void Walk::form(ast::Parameter const& it) {
  declare(it.name);
  expression(it.value);
}

void Walk::form(ast::Fact const& it) {
  declare(it.name);
  type(it.type, it.name.text);
  expression(it.otherwise, {it.name.text});
  for (auto const& field : it.fields) member(it.name.text, field);
}

void Walk::form(ast::Need const& it) {
  declare(it.name);
}

void Walk::form(ast::Role const& it) {
  declare(it.name, Space::roles);
  if (it.above) mention(*it.above, Space::roles);
}

void Walk::form(ast::Phases const& it) {
  for (auto const& name : it.names) declare(name, Space::phases);
}

void Walk::form(ast::Action const& it) {
  declare(it.name);
  if (it.phase) mention(*it.phase, Space::phases);
  for (auto const& field : it.takes) member(it.name.text, field);
  expression(it.requires_);
  if (it.internal_to) declare(*it.internal_to, Space::departments);
}

void Walk::form(ast::Answer const& it) {
  declare(it.name);
  if (it.type) type(*it.type, it.name.text);
  if (it.reports) mention(*it.reports, Space::shared);
  expression(it.otherwise, {it.name.text});
}

void Walk::form(ast::Score const& it) {
  declare(it.name);
  expression(it.from);
  expression(it.to);
}

void Walk::form(ast::Define const& it) {
  declare(it.name);
  if (it.type) type(*it.type, it.name.text);
  expression(it.value, {it.type ? it.name.text : ""});
}

void Walk::form(ast::Phrases const& it) {
  declare(it.name);
}

void Walk::form(ast::Script const& it) {
  declare(it.name, Space::scripts);
  slots(it.text);
}

void Walk::form(ast::Event const& it) {
  declare(it.name);
  for (auto const& field : it.fields) member(it.name.text, field);
}

void Walk::form(ast::Source const& it) {
  declare(it.name, Space::payloads);
  for (auto const& line : it.lines) {
    if (line.target.text != "now" && line.target.text != "subject")
      mention(line.target, Space::shared, Deed::writes);
    for (auto const& mapping : line.mappings) value(mapping.to, line.target.text);
  }
}

void Walk::row(ast::Table const& table, ast::Row const& row) {
  for (std::size_t at = 0; at < row.cells.size(); ++at) {
    Typed typed;
    bool const is_column = at < table.header.size();
    if (is_column && table.header[at].text != "when") typed.by = table.header[at].text;
    auto const results = table.results.empty() ? 1 : table.results.size();
    if (is_column && at + results >= table.header.size())
      typed.by =
          table.results.empty()
              ? table.name.text
              : table.name.text + "." + table.results[at + results - table.header.size()].name.text;
    std::visit(overloaded{
                   [&](ast::Cell::Anything const&) {},
                   [&](ast::Cell::Values const& it) {
                     for (auto const& value : it.values) expression(value, typed);
                   },
                   [&](ast::Cell::Bound const& it) { expression(it.value, typed); },
                   [&](ast::Cell::Band const& it) {
                     expression(it.from, typed);
                     expression(it.to, typed);
                   },
                   [&](ast::Cell::Whole const& it) { expression(it.condition, typed); },
               },
               row.cells[at].form);
  }
}

void Walk::form(ast::Table const& it) {
  declare(it.name);
  if (it.type) type(*it.type, it.name.text);
  for (auto const& field : it.results) member(it.name.text, field);
  auto const results = it.results.empty() ? 1 : it.results.size();
  for (std::size_t at = 0; at + results < it.header.size(); ++at)
    if (it.header[at].text != "when") mention(it.header[at], Space::shared);
  for (auto const& line : it.rows) row(it, line);
}

void Walk::form(ast::Authority const& it) {
  mention(it.what, Space::shared);
  for (auto const& line : it.lines) {
    mention(line.role, Space::roles);
    expression(line.up_to, {it.what.text});
    expression(line.when);
  }
}

void Walk::form(ast::Calendar const& it) {
  declare(it.name, Space::calendars);
}

void Walk::form(ast::Guarantee const& it) {
  declare(it.name, Space::guarantees);
  words(it.body);
}

void Walk::form(ast::Term const& it) {
  mention(it.name, Space::terms);
}

/// Names what it can by its words alone.
void Walk::form(ast::Broken const& it) {
  auto const named = named_by(it.keyword);
  Span const whole = sheet_.document.declarations[declaration_].span;
  auto from = whole.begin;
  if (it.name) {
    if (named.space == Space::terms)
      mention(*it.name, Space::terms);
    else
      declare(*it.name, named.space);
    from = it.name->span.end;
  }
  words({from, whole.end});
}

void Walk::words(Span span) {
  for (auto const& token : sheet_.layout.tokens) {
    if (token.span.begin < span.begin) continue;
    if (token.span.begin >= span.end) break;
    bool const is_name = (token.kind == ast::TokenKind::word && !token.reserved) ||
                         token.kind == ast::TokenKind::path;
    if (is_name)
      mention(
          Mention{.span = token.span, .name = std::string{token.text}, .space = Space::anywhere});
  }
}

}  // namespace heed::author
