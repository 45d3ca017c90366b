#include "engine/author/index.hpp"

#include <algorithm>
#include <array>

#include "engine/analyse/examine.hpp"
#include "engine/check/check.hpp"
#include "engine/check/whole.hpp"
#include "engine/language/laid_out.hpp"

namespace heed::author {

namespace {

constexpr int type_steps_max = 16;  // names of types that lead to one another

std::string key_of(Space space, std::string_view name) {
  std::string key(1, static_cast<char>('a' + static_cast<int>(space)));
  key += name;
  return key;
}

Kind kind_of(Space space, ast::Declaration const& declaration) {
  if (space == Space::members) return Kind::field;
  if (space == Space::values) return Kind::value;
  if (space == Space::departments) return Kind::department;
  return author::kind_of(declaration);
}

/// The field of that name among those of a declaration.
ast::TypeName const* type_of_member(ast::Declaration const& declaration, Span name) {
  std::vector<ast::Field> const* fields = nullptr;
  if (auto const* fact = std::get_if<ast::Fact>(&declaration.form)) fields = &fact->fields;
  if (auto const* action = std::get_if<ast::Action>(&declaration.form)) fields = &action->takes;
  if (auto const* event = std::get_if<ast::Event>(&declaration.form)) fields = &event->fields;
  if (auto const* table = std::get_if<ast::Table>(&declaration.form)) fields = &table->results;
  if (fields == nullptr) return nullptr;
  auto const found =
      std::ranges::find(*fields, name, [](auto const& field) { return field.name.span; });
  return found == fields->end() ? nullptr : &found->type;
}

void describe(Known& known, ast::Declaration const& declaration, Span name) {
  if (known.space == Space::members) known.type = type_of_member(declaration, name);
  if (known.space != Space::shared) return;
  if (auto const* fact = std::get_if<ast::Fact>(&declaration.form)) known.type = &fact->type;
  if (auto const* answer = std::get_if<ast::Answer>(&declaration.form)) {
    if (answer->type) known.type = &*answer->type;
    if (answer->reports) known.typed_as = answer->reports->text;
  }
  if (auto const* define = std::get_if<ast::Define>(&declaration.form)) {
    if (define->type) known.type = &*define->type;
    known.value = define->value;
  }
  if (auto const* table = std::get_if<ast::Table>(&declaration.form); table && table->type)
    known.type = &*table->type;
  if (auto const* parameter = std::get_if<ast::Parameter>(&declaration.form))
    known.value = parameter->value;
}

void add_declared(Index& index, Sheet const& sheet) {
  for (auto const& mention : sheet.mentions) {
    if (mention.deed != Deed::declares) continue;
    auto const [at, is_new] = index.ids.try_emplace(key_of(mention.space, mention.name),
                                                    static_cast<std::uint32_t>(index.known.size()));
    if (is_new) {
      index.known.push_back({.space = mention.space, .name = mention.name});
      auto const& declaration = sheet.document.declarations[mention.declaration];
      index.known.back().kind = kind_of(mention.space, declaration);
      describe(index.known.back(), declaration, mention.span);
      if (mention.space == Space::values || mention.space == Space::members)
        index.words.try_emplace(std::string{last_part(index.known.back())}, at->second);
    }
    index.known[at->second].declared.push_back(
        {sheet.document.file, mention.span, Deed::declares, mention.quoted, mention.declaration});
  }
}

void add_spot(Index& index, Sheet const& sheet, Known const& known, Mention const& mention,
              Span span) {
  auto const id = static_cast<std::uint32_t>(&known - index.known.data());
  index.spots[static_cast<std::size_t>(sheet.document.file)].push_back({span, id, mention.deed});
  if (mention.deed == Deed::declares) return;
  index.known[id].used.push_back(
      {sheet.document.file, span, mention.deed, mention.quoted, mention.declaration});
}

Span behind_last_dot(Sheet const& sheet, Span span) {
  auto const dot = slice(sheet, span).rfind('.');
  if (dot == std::string_view::npos) return span;
  return {span.begin + static_cast<std::uint32_t>(dot) + 1, span.end};
}

/// What a term's name begins with is named as well: `ticket.priority.high`, `refund.way.by_card`.
void add_owners(Index& index, Sheet const& sheet, Mention const& mention, std::uint32_t end) {
  while (end > mention.span.begin) {
    Span const whole{mention.span.begin, end};
    auto const name = slice(sheet, whole);
    if (auto const* owner = find_known(index, Space::shared, name))
      return add_spot(index, sheet, *owner, mention, whole);
    auto const* member = find_known(index, Space::members, name);
    auto const last = behind_last_dot(sheet, whole);
    if (member == nullptr || last.begin == whole.begin) return;
    add_spot(index, sheet, *member, mention, last);
    end = last.begin - 1;
  }
}

void add_used(Index& index, Sheet const& sheet) {
  for (auto const& mention : sheet.mentions) {
    Span part = mention.span;
    auto const* known = resolve(index, sheet, mention, part);
    if (known == nullptr) continue;
    add_spot(index, sheet, *known, mention, part);
    // `refund.amount` names the action as well.
    if (part.begin == mention.span.begin) continue;
    if (mention.space == Space::terms) {
      add_owners(index, sheet, mention, part.begin - 1);
      continue;
    }
    auto const dot = known->name.rfind('.');
    auto const* owner = find_known(index, Space::shared, known->name.substr(0, dot));
    auto const written = slice(sheet, {mention.span.begin, part.begin - 1});
    if (owner != nullptr && written == owner->name)
      add_spot(index, sheet, *owner, mention, {mention.span.begin, part.begin - 1});
  }
  std::ranges::sort(index.spots[static_cast<std::size_t>(sheet.document.file)], {}, &Spot::span);
}

/// The full name of what is named in a scope: first the field of the innermost item that has it.
std::string name_in_scope(Index const& index, Sheet const& sheet, std::string const& name,
                          std::uint32_t scope) {
  auto const& lists = index.lists[static_cast<std::size_t>(sheet.document.file)];
  for (; scope != 0; scope = sheet.scopes[scope - 1].outer) {
    auto const& item = sheet.scopes[scope - 1].item;
    bool const is_item = !item.empty() && name.starts_with(item + ".");
    auto whole = lists[scope - 1] + "." + (is_item ? name.substr(item.size() + 1) : name);
    if (find_known(index, Space::members, whole) || find_known(index, Space::shared, whole))
      return whole;
  }
  return name;
}

void name_lists(Index& index, Sheet const& sheet) {
  auto& lists = index.lists[static_cast<std::size_t>(sheet.document.file)];
  for (auto const& scope : sheet.scopes)
    lists.push_back(name_in_scope(index, sheet, scope.list, scope.outer));
}

Known const* find_anywhere(Index const& index, std::string_view name) {
  constexpr std::array spaces = {Space::shared,     Space::roles,    Space::scripts,
                                 Space::rules,      Space::phases,   Space::calendars,
                                 Space::guarantees, Space::payloads, Space::members};
  for (auto const space : spaces)
    if (auto const* found = find_known(index, space, name)) return found;
  return nullptr;
}

/// What a term is for. `part` is the word alone where the name says what has it.
Known const* find_termed(Index const& index, std::string const& name, Sheet const& sheet,
                         Span& part) {
  auto const dot = name.rfind('.');
  if (dot != std::string::npos) {
    auto const owner = name.substr(0, dot), word = name.substr(dot + 1);
    auto const* found = find_known(index, Space::values, owner + "\n" + word);
    if (found == nullptr && owner == "phase") found = find_known(index, Space::phases, word);
    if (found == nullptr && owner == "internal")
      found = find_known(index, Space::departments, word);
    if (found == nullptr) found = find_known(index, Space::members, name);
    bool const is_quoted = slice(sheet, part).starts_with('"');
    if (found != nullptr && is_quoted) return nullptr;  // the word has no place of its own
    if (found != nullptr) part = behind_last_dot(sheet, part);
    return found != nullptr ? found : find_known(index, Space::shared, name);
  }
  for (auto const space : {Space::phases, Space::departments, Space::shared, Space::roles})
    if (auto const* found = find_known(index, space, name)) return found;
  auto const at = index.words.find(name);
  return at == index.words.end() ? nullptr : &index.known[at->second];
}

Known const* resolve_shared(Index const& index, Sheet const& sheet, Mention const& mention,
                            Span& part) {
  if (!mention.typed_by.empty()) {
    auto const type = find_type(index, sheet, mention.typed_by, mention.typed_in);
    if (type.type != nullptr)
      if (auto const* value = find_known(index, Space::values, type.owner + "\n" + mention.name))
        return value;
  }
  if (mention.quoted) return nullptr;
  auto const name = name_in_scope(index, sheet, mention.name, mention.scope);
  if (name != mention.name) {
    if (mention.name.find('.') != std::string::npos) part = behind_last_dot(sheet, mention.span);
    if (auto const* field = find_known(index, Space::members, name)) return field;
    return find_known(index, Space::shared, name);
  }
  if (auto const* found = find_known(index, Space::shared, name)) return found;
  if (auto const* member = find_known(index, Space::members, name)) {
    part = behind_last_dot(sheet, mention.span);
    return member;
  }
  return nullptr;
}

}  // namespace

Known const* find_known(Index const& index, Space space, std::string_view name) {
  auto const found = index.ids.find(key_of(space, name));
  return found == index.ids.end() ? nullptr : &index.known[found->second];
}

Known const* resolve(Index const& index, Sheet const& sheet, Mention const& mention, Span& part) {
  part = mention.span;
  if (mention.deed == Deed::declares) return find_known(index, mention.space, mention.name);
  if (mention.space == Space::shared) return resolve_shared(index, sheet, mention, part);
  if (mention.space == Space::terms) return find_termed(index, mention.name, sheet, part);
  if (mention.space != Space::anywhere) return find_known(index, mention.space, mention.name);
  auto const* found = find_anywhere(index, mention.name);
  if (found != nullptr && found->space == Space::members)
    part = behind_last_dot(sheet, mention.span);
  return found;
}

Index make_index(std::vector<std::shared_ptr<Sheet const>> const& sheets) {
  Index index;
  index.spots.resize(sheets.size());
  index.lists.resize(sheets.size());
  for (auto const& sheet : sheets) add_declared(index, *sheet);
  for (auto const& sheet : sheets) name_lists(index, *sheet);
  for (auto const& sheet : sheets) add_used(index, *sheet);
  for (auto const& sheet : sheets)
    for (auto const& declaration : sheet->document.declarations) {
      if (auto const* policy = std::get_if<ast::Policy>(&declaration.form))
        for (auto const& language : policy->languages) index.languages.push_back(language.text);
      if (auto const* term = std::get_if<ast::Term>(&declaration.form))
        index.terms.try_emplace(term->name.text, &term->title);
    }
  return index;
}

Written find_type(Index const& index, Known const& known) {
  Known const* at = &known;
  for (int steps = 0; at != nullptr && steps < type_steps_max; ++steps) {
    if (at->type != nullptr) {
      auto const* type = at->type->element ? at->type->element.get() : at->type;
      if (!type->name) return {at->type, at->name};
      at = find_known(index, Space::shared, type->name->text);
    } else if (!at->typed_as.empty()) {
      at = find_known(index, Space::shared, at->typed_as);
    } else {
      auto const* value = at->value.get();
      while (value != nullptr && std::holds_alternative<ast::Conditional>(value->form))
        value = std::get<ast::Conditional>(value->form).value.get();
      auto const* name = value ? std::get_if<ast::Reference>(&value->form) : nullptr;
      at = name ? find_known(index, Space::shared, name->name) : nullptr;
    }
  }
  return {};
}

Written find_type(Index const& index, Sheet const& sheet, std::string const& name,
                  std::uint32_t scope) {
  auto const whole = name_in_scope(index, sheet, name, scope);
  auto const* known = find_known(index, Space::shared, whole);
  if (known == nullptr) known = find_known(index, Space::members, whole);
  return known == nullptr ? Written{} : find_type(index, *known);
}

std::string_view last_part(Known const& known) {
  std::string_view const name = known.name;
  if (known.space == Space::values) return name.substr(name.find('\n') + 1);
  if (known.space == Space::members) return name.substr(name.rfind('.') + 1);
  return name;
}

Spot const* find_spot(Manuscript const& manuscript, Position at) {
  auto const file = static_cast<std::size_t>(at.file);
  if (!manuscript.index || file >= manuscript.index->spots.size()) return nullptr;
  auto const& spots = manuscript.index->spots[file];
  auto const after = std::ranges::upper_bound(spots, at.offset, {},
                                              [](Spot const& spot) { return spot.span.begin; });
  Spot const* touching = nullptr;
  for (auto spot = after; spot != spots.begin();) {
    --spot;
    if (spot->span.end > at.offset) return &*spot;
    if (spot->span.end == at.offset && touching == nullptr) touching = &*spot;
    if (spot->span.end + 1 < at.offset) break;
  }
  return touching;
}

namespace {

void read_text(Sheet& sheet) {
  auto const file = sheet.document.file;
  sheet.layout = language::lay_out(file, sheet.text);
  auto parsed = language::parse(file, sheet.text, sheet.layout);
  sheet.document = std::move(parsed.document);
  sheet.diagnostics = std::move(parsed.diagnostics);
  collect_mentions(sheet);
}

}  // namespace

Manuscript read(std::vector<SourceText> sources, Manuscript const& before) {
  Manuscript manuscript;
  for (std::size_t at = 0; at < sources.size(); ++at) {
    auto const& source = sources[at];
    bool const is_same = at < before.sheets.size() && before.sheets[at]->name == source.name &&
                         before.sheets[at]->text == source.text;
    if (is_same) {
      manuscript.sheets.push_back(before.sheets[at]);
      continue;
    }
    auto sheet = std::make_shared<Sheet>();
    sheet->name = source.name;
    sheet->text = source.text;
    if (is_sheet(source.name)) {  // a table's rows: no words of the policy
      sheet->document.file = FileId(at);
      manuscript.sheets.push_back(std::move(sheet));
      continue;
    }
    sheet->document.file = FileId(at);
    if (!is_sheet(source.name)) read_text(*sheet);
    manuscript.sheets.push_back(std::move(sheet));
  }
  manuscript.sources = std::move(sources);
  manuscript.index = std::make_shared<Index>(make_index(manuscript.sheets));
  return manuscript;
}

Diagnostics find_mistakes(Manuscript const& manuscript) {
  std::vector<ast::Document const*> documents;
  Diagnostics found;
  for (auto const& sheet : manuscript.sheets) {
    if (is_sheet(sheet->name)) continue;
    documents.push_back(&sheet->document);
    found.insert(found.end(), sheet->diagnostics.begin(), sheet->diagnostics.end());
  }
  auto checked = check::check(documents, manuscript.sources, std::move(found));
  check::require_policy_line(checked, manuscript.sources);
  return analyse::examine(checked, documents, manuscript.sources).diagnostics;
}

}  // namespace heed::author
