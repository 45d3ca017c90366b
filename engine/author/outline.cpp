#include <algorithm>

#include "engine/author/index.hpp"
#include "engine/language/write.hpp"

namespace heed::author {

namespace {

Sheet const* sheet_of(Manuscript const& manuscript, FileId file) {
  auto const at = static_cast<std::size_t>(file);
  return at < manuscript.sheets.size() ? manuscript.sheets[at].get() : nullptr;
}

void add_field(std::vector<Outlined>& parts, ast::Field const& field) {
  Span const whole{field.name.span.begin, std::max(field.name.span.end, field.type.span.end)};
  parts.push_back(
      {field.name.text, language::to_text(field.type), Kind::field, whole, field.name.span, {}});
}

/// Fields of a list or an event, parameters of an action, results of a table.
std::vector<Outlined> parts_of(ast::Declaration const& declaration) {
  std::vector<ast::Field> const* fields = nullptr;
  if (auto const* fact = std::get_if<ast::Fact>(&declaration.form)) fields = &fact->fields;
  if (auto const* action = std::get_if<ast::Action>(&declaration.form)) fields = &action->takes;
  if (auto const* event = std::get_if<ast::Event>(&declaration.form)) fields = &event->fields;
  if (auto const* table = std::get_if<ast::Table>(&declaration.form)) fields = &table->results;
  std::vector<Outlined> parts;
  if (fields != nullptr)
    for (auto const& field : *fields) add_field(parts, field);
  return parts;
}

/// What an editor shows beside the name: its title, otherwise its type.
std::string detail_of(ast::Declaration const& declaration) {
  auto const* title = title_of(declaration);
  if (title != nullptr && !title->empty()) return title->front().text.value;
  if (auto const* fact = std::get_if<ast::Fact>(&declaration.form))
    return language::to_text(fact->type);
  if (auto const* answer = std::get_if<ast::Answer>(&declaration.form); answer && answer->type)
    return language::to_text(*answer->type);
  if (auto const* table = std::get_if<ast::Table>(&declaration.form); table && table->type)
    return language::to_text(*table->type);
  return std::string{word_of(kind_of(declaration))};
}

Outlined outlined(ast::Declaration const& declaration) {
  Outlined item{.detail = detail_of(declaration),
                .kind = kind_of(declaration),
                .span = declaration.span,
                .name_span = declaration.span,
                .parts = parts_of(declaration)};
  if (auto const name = name_of(declaration)) {
    item.name = name->text;
    item.name_span = name->span;
  } else if (auto const* phases = std::get_if<ast::Phases>(&declaration.form)) {
    for (auto const& phase : phases->names)
      item.name += (item.name.empty() ? "" : ", ") + phase.text;
    item.name_span = {phases->names.front().span.begin, phases->names.back().span.end};
  } else if (auto const* authority = std::get_if<ast::Authority>(&declaration.form)) {
    item.name = "authority " + authority->what.text;
    item.name_span = authority->what.span;
  }
  if (item.name.empty()) item.name = "?";
  return item;
}

bool has_line_end(Sheet const& sheet, Span span) {
  return slice(sheet, span).find('\n') != std::string_view::npos;
}

}  // namespace

std::vector<Outlined> outline(Manuscript const& manuscript, FileId file) {
  std::vector<Outlined> items;
  if (auto const* sheet = sheet_of(manuscript, file))
    for (auto const& declaration : sheet->document.declarations) {
      // The phases of a broken list have one declaration each, all with its span.
      if (!items.empty() && items.back().span == declaration.span) continue;
      items.push_back(outlined(declaration));
    }
  return items;
}

std::vector<Fold> find_folds(Manuscript const& manuscript, FileId file) {
  std::vector<Fold> folds;
  auto const* sheet = sheet_of(manuscript, file);
  if (sheet == nullptr) return folds;
  for (auto const& declaration : sheet->document.declarations)
    if (has_line_end(*sheet, declaration.span)) folds.push_back({declaration.span, false});
  auto const& comments = sheet->document.comments;
  for (std::size_t first = 0; first < comments.size();) {
    auto last = first;
    auto const is_next = [&](std::size_t at) {
      if (at >= comments.size()) return false;
      auto const between = slice(*sheet, {comments[at - 1].span.end, comments[at].span.begin});
      return between.find_first_not_of(" \t\r\n") == std::string_view::npos &&
             std::ranges::count(between, '\n') == 1;
    };
    while (is_next(last + 1)) ++last;
    if (last > first)
      folds.push_back({{comments[first].span.begin, comments[last].span.end}, true});
    first = last + 1;
  }
  std::ranges::sort(folds, {}, &Fold::span);
  return folds;
}

std::vector<Lens> find_lenses(Manuscript const& manuscript, FileId file) {
  std::vector<Lens> lenses;
  auto const* sheet = sheet_of(manuscript, file);
  if (sheet == nullptr) return lenses;
  for (auto const& mention : sheet->mentions) {
    bool const is_part = mention.space == Space::members || mention.space == Space::values ||
                         mention.space == Space::departments;
    if (mention.deed != Deed::declares || is_part) continue;
    if (mention.space == Space::policies || mention.space == Space::payloads) continue;
    auto const* known = find_known(*manuscript.index, mention.space, mention.name);
    if (known == nullptr) continue;
    Lens lens{.span = mention.span, .references = known->used.size(), .test = {}};
    if (known->kind == Kind::test) lens.test = known->name;
    lenses.push_back(std::move(lens));
  }
  return lenses;
}

}  // namespace heed::author
