#include "engine/language/build_parts.hpp"

#include <algorithm>

#include "engine/language/characters.hpp"

namespace heed::language {
namespace {

TypeName::Form simple_form(std::string_view word) {
  using Form = TypeName::Form;
  if (word == "yes") return Form::yes_or_no;
  if (word == "whole") return Form::whole_number;
  if (word == "number") return Form::number;
  if (word == "money") return Form::money;
  if (word == "duration") return Form::duration;
  if (word == "date") return Form::date;
  if (word == "time") return Form::time;
  return Form::text;
}

TypeName choice_type_of(Node const& node) {
  TypeName type{.form = TypeName::Form::one_of, .span = node.span()};
  for (Node const& part : node.parts) {
    if (part.kind == Kind::leaf)
      type.values.push_back(name_of(part));
    else
      type.ordered = true;
  }
  return type;
}

TypeName scalar_type_of(Node const& node) {
  TypeName type{.span = node.span()};
  if (node.kind == Kind::choice_type) return choice_type_of(node);
  if (node.kind == Kind::named_type) {
    type.form = TypeName::Form::named;
    type.name = name_of(node.parts.at(0));
    return type;
  }
  type.form = simple_form(node.text());
  if (node.parts.size() > 1) type.currency = name_of(node.parts[1]);
  type.cents = node.find(Kind::cents) != nullptr;
  return type;
}

}  // namespace

void Building::tell(Span where, std::string_view code, std::string message, std::string help,
                    std::string replacement) {
  if (mistake && mistake->where.span.begin <= where.begin) return;
  mistake = Diagnostic{{file, where},      Severity::error, code,
                       std::move(message), std::move(help), std::move(replacement)};
}

Name name_of(Node const& leaf) {
  bool const quoted = leaf.first->kind == TokenKind::text;
  return {quoted ? to_nfc(leaf.text()) : std::string{leaf.text()}, leaf.span(), quoted};
}

Text text_of(Node const& leaf) {
  return {std::string{leaf.text()}, leaf.span()};
}

Texts texts_of(Node const& node) {
  Texts texts;
  for (Node const& part : node.parts) {
    if (part.kind == Kind::local_text)
      texts.push_back({name_of(part.parts.at(0)), text_of(part.parts.at(1))});
    else
      texts.push_back({std::nullopt, text_of(part)});
  }
  return texts;
}

std::vector<Name> names_of(Node const& node, std::size_t skipped) {
  std::vector<Name> names;
  for (Node const& part : node.parts)
    if (part.kind == Kind::leaf && (skipped == 0 || skipped-- == 0)) names.push_back(name_of(part));
  return names;
}

std::optional<Date> date_of(Building& building, Token const& token) {
  auto const written = token.text.substr(0, 10);
  auto const date = parse_date(written);
  if (!date)
    building.tell(token.span, "parse.date", "there is no day `" + std::string{written} + "`",
                  "write year, month and day: `2026-11-22`");
  return date;
}

Node const* only(Building& building, Node const& node, Kind kind) {
  Node const* found = nullptr;
  for (Node const& part : node.parts) {
    if (part.kind != kind) continue;
    if (found) {
      building.tell(part.span(), "parse.twice", "`" + std::string{part.text()} + "` stands twice",
                    "take one of them away");
      return found;
    }
    found = &part;
  }
  return found;
}

Texts title_of(Building& building, Node const& node) {
  Node const* title = only(building, node, Kind::title);
  return title ? texts_of(title->parts.at(0)) : Texts{};
}

std::optional<Name> name_behind(Building& building, Node const& node, Kind kind) {
  Node const* part = only(building, node, kind);
  if (!part) return std::nullopt;
  return name_of(part->parts.at(0));
}

bool has_flag(Node const& node, std::string_view word) {
  return std::ranges::any_of(
      node.parts, [&](Node const& part) { return part.kind == Kind::flag && part.text() == word; });
}

TypeName type_of(Node const& node) {
  Node const& part = node.parts.at(0);
  TypeName type;
  if (part.kind == Kind::set_type || part.kind == Kind::list_type) {
    type.form = part.kind == Kind::set_type ? TypeName::Form::set_of : TypeName::Form::list_of;
    if (!part.parts.empty())
      type.element = std::make_shared<TypeName const>(scalar_type_of(part.parts[0]));
  } else {
    type = scalar_type_of(part);
  }
  type.span = node.span();
  type.or_none = node.find(Kind::or_none) != nullptr;
  return type;
}

Field field_of(Node const& node) {
  Field field;
  field.name = name_of(node.parts.at(0));
  std::size_t at = 1;
  for (; node.parts.at(at).kind == Kind::flag; ++at) {
    bool const is_private = node.parts[at].text() == "private";
    (is_private ? field.is_private : field.is_public) = true;
  }
  field.type = type_of(node.parts[at]);
  if (node.parts.size() > at + 1) field.join = name_of(node.parts[at + 1]);
  return field;
}

std::vector<Field> fields_of(Node const& node) {
  std::vector<Field> fields;
  for (Node const& part : node.parts)
    if (part.kind == Kind::field) fields.push_back(field_of(part));
  return fields;
}

}  // namespace heed::language
