#include "engine/author/suggest.hpp"

#include <algorithm>

#include "engine/author/keywords.hpp"
#include "engine/language/write.hpp"

namespace heed::author {

namespace {

/// Sorted by name, so that answers do not depend on the order of files.
std::vector<Known const*> sorted(Index const& index, auto const& is_wanted) {
  std::vector<Known const*> found;
  for (auto const& known : index.known)
    if (is_wanted(known)) found.push_back(&known);
  std::ranges::sort(found, {}, [](Known const* known) { return std::string_view{known->name}; });
  return found;
}

}  // namespace

void Suggestions::add(Suggestion suggestion) {
  if (suggestion.text.empty()) suggestion.text = suggestion.label;
  auto const is_same = [&](Suggestion const& it) { return it.label == suggestion.label; };
  if (std::ranges::none_of(found_, is_same)) found_.push_back(std::move(suggestion));
}

void Suggestions::name(Known const& known) {
  auto const& use = known.declared.front();
  auto const* title = title_of(declaration_of(manuscript_, use));
  Suggestion suggestion{.label = std::string{last_part(known)}, .kind = known.kind};
  auto const type = find_type(*manuscript_.index, known);
  suggestion.detail = std::string{word_of(known.kind)};
  if (type.type != nullptr) suggestion.detail += ": " + language::to_text(*type.type);
  bool const is_whole = known.space != Space::members && known.space != Space::values;
  if (is_whole && title != nullptr)
    for (auto const& text : *title)
      suggestion.documentation += (suggestion.documentation.empty() ? "" : " · ") + text.text.value;
  found_.push_back(std::move(suggestion));
}

void Suggestions::names(Space space, std::initializer_list<Kind> kinds) {
  auto const is_wanted = [&](Known const& known) {
    bool const is_kind =
        kinds.size() == 0 || std::find(kinds.begin(), kinds.end(), known.kind) != kinds.end();
    return known.space == space && is_kind;
  };
  for (auto const* known : sorted(*manuscript_.index, is_wanted)) name(*known);
}

void Suggestions::members(std::string_view owner, std::vector<std::string_view> const& left_out) {
  auto const is_wanted = [&](Known const& known) {
    if (known.space != Space::members || !known.name.starts_with(owner)) return false;
    auto const part = last_part(known);
    return known.name.size() == owner.size() + 1 + part.size() &&
           std::ranges::find(left_out, part) == left_out.end();
  };
  for (auto const* known : sorted(*manuscript_.index, is_wanted)) name(*known);
}

void Suggestions::termed() {
  auto const& index = *manuscript_.index;
  auto const is_wanted = [&](Known const& known) {
    bool const is_word = known.space == Space::values || known.space == Space::members ||
                         known.space == Space::phases || known.space == Space::departments;
    return is_word && !index.terms.contains(std::string{last_part(known)});
  };
  for (auto const* known : sorted(index, is_wanted))
    add({.label = std::string{last_part(*known)},
         .kind = known->kind,
         .detail = std::string{word_of(known->kind)},
         .documentation = {},
         .text = language::written(
             ast::Name{std::string{last_part(*known)}, {}, known->declared.front().quoted})});
}

void Suggestions::conditions() {
  names(Space::shared, {Kind::fact, Kind::answer, Kind::define, Kind::score, Kind::need,
                        Kind::action, Kind::parameter, Kind::table});
  phrases("condition start");
}

void Suggestions::phrases(std::string_view within) {
  for (auto const& phrase : author::phrases())
    if (phrase.within == within)
      add({.label = std::string{phrase.label},
           .kind = Kind::keyword,
           .detail = std::string{phrase.words},
           .documentation = {},
           .text = std::string{phrase.pattern},
           .is_pattern = phrase.pattern.find("${") != std::string_view::npos});
}

void Suggestions::words(std::initializer_list<std::string_view> words, std::string_view detail) {
  for (auto const word : words)
    add({.label = std::string{word}, .kind = Kind::keyword, .detail = std::string{detail}});
}

void Suggestions::types() {
  words({"yes or no", "whole number", "number", "money", "duration", "date", "time", "text",
         "one of", "set of", "list of"},
        "type");
  words({"private", "public", "confidential"}, "who may see it");
  names(Space::shared, {Kind::fact, Kind::answer, Kind::define});
}

void Suggestions::values(Written const& written) {
  if (written.type == nullptr) return;
  auto const* type = written.type->element ? written.type->element.get() : written.type;
  for (auto const& value : type->values)
    add({.label = value.text,
         .kind = Kind::value,
         .detail = "value of " + written.owner,
         .documentation = {},
         .text = language::written(value)});
  using Form = ast::TypeName::Form;
  if (type->form == Form::yes_or_no) words({"yes", "no"}, "value");
  if (type->form == Form::time) words({"now"}, "value");
  if (type->form == Form::date) words({"today"}, "value");
  if (written.type->or_none) words({"none"}, "value");
}

}  // namespace heed::author
