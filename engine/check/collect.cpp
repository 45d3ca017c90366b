#include <algorithm>
#include <array>
#include <numeric>

#include "engine/base/expected.hpp"
#include "engine/check/draft.hpp"
#include "engine/check/shape.hpp"
#include "engine/check/tell.hpp"

namespace heed::check {

namespace {

enum class Space {
  shared,
  roles,
  scripts,
  rules,
  tests,
  calendars,
  payloads,
  guarantees,
  terms,
  nowhere
};

/// A name that is declared, by a sound declaration or a broken one.
struct Entry {
  Space space = Space::nowhere;
  std::string name;
  Place where;
  ast::Declaration const* declaration = nullptr;
  bool broken = false;
};

Symbols* symbols_of(Draft& draft, Space space) {
  switch (space) {
    case Space::shared:
      return &draft.names;
    case Space::roles:
      return &draft.roles;
    case Space::scripts:
      return &draft.scripts;
    case Space::rules:
      return &draft.rules;
    case Space::tests:
      return &draft.tests;
    case Space::calendars:
      return &draft.calendars;
    case Space::payloads:
      return &draft.payloads;
    case Space::guarantees:
      return &draft.guarantees;
    case Space::terms:
      return &draft.terms;
    case Space::nowhere:
      return nullptr;
  }
  return nullptr;
}

struct Kept {
  SymbolKind kind;
  std::uint32_t index;
};
template <class Form>
Kept keep(std::vector<Declared<Form>>& list, Form const& form, FileId file,
          SymbolKind kind = SymbolKind::fact) {
  list.push_back({&form, file});
  return {kind, static_cast<std::uint32_t>(list.size() - 1)};
}

/// Puts a declaration into the vector of its kind.
Kept keep(Draft& draft, ast::Declaration const& declaration, FileId file) {
  return std::visit(
      overloaded{
          [&](ast::Policy const& it) { return keep(draft.policies, it, file); },
          [&](ast::Parameter const& it) {
            return keep(draft.parameters, it, file, SymbolKind::parameter);
          },
          [&](ast::Fact const& it) { return keep(draft.facts, it, file, SymbolKind::fact); },
          [&](ast::Need const& it) { return keep(draft.needs, it, file, SymbolKind::need); },
          [&](ast::Role const& it) { return keep(draft.role_list, it, file); },
          [&](ast::Phases const& it) { return keep(draft.phase_lists, it, file); },
          [&](ast::Action const& it) { return keep(draft.actions, it, file, SymbolKind::action); },
          [&](ast::Answer const& it) { return keep(draft.answers, it, file, SymbolKind::answer); },
          [&](ast::Score const& it) { return keep(draft.scores, it, file, SymbolKind::score); },
          [&](ast::Define const& it) { return keep(draft.defines, it, file, SymbolKind::define); },
          [&](ast::Phrases const& it) {
            return keep(draft.phrases, it, file, SymbolKind::phrases);
          },
          [&](ast::Script const& it) { return keep(draft.script_list, it, file); },
          [&](ast::Event const& it) { return keep(draft.events, it, file, SymbolKind::event); },
          [&](ast::Source const& it) { return keep(draft.payload_list, it, file); },
          [&](ast::Table const& it) { return keep(draft.tables, it, file, SymbolKind::table); },
          [&](ast::Rule const& it) { return keep(draft.rule_list, it, file); },
          [&](ast::Authority const& it) { return keep(draft.authorities, it, file); },
          [&](ast::Calendar const& it) { return keep(draft.calendar_list, it, file); },
          [&](ast::Test const& it) { return keep(draft.test_list, it, file); },
          [&](ast::Guarantee const& it) { return keep(draft.guarantee_list, it, file); },
          [&](ast::Term const& it) { return keep(draft.term_list, it, file); },
          [&](ast::Broken const&) { return Kept{}; },
      },
      declaration.form);
}

Entry named(Space space, ast::Name const& name, FileId file, ast::Declaration const& declaration) {
  return {space, name.text, {file, name.span}, &declaration};
}

/// Where a keyword's declarations have their names; a misspelt keyword could mean any.
std::vector<Space> spaces_of(std::string_view keyword) {
  constexpr std::array shared = {"fact",   "need",      "score", "action", "answer",
                                 "define", "parameter", "table", "event",  "phrases"};
  if (std::find(shared.begin(), shared.end(), keyword) != shared.end()) return {Space::shared};
  if (keyword == "role") return {Space::roles};
  if (keyword == "script") return {Space::scripts};
  if (keyword == "rule") return {Space::rules};
  if (keyword == "test") return {Space::tests};
  if (keyword == "calendar") return {Space::calendars};
  if (keyword == "source") return {Space::payloads};
  if (keyword == "guarantee") return {Space::guarantees};
  if (keyword == "term") return {Space::terms};
  if (keyword == "policy" || keyword == "phase" || keyword == "authority") return {};
  return {Space::shared, Space::roles, Space::scripts};
}

void add_broken(Draft& draft, std::vector<Entry>& entries, ast::Declaration const& declaration,
                ast::Broken const& broken, FileId file) {
  if (broken.keyword == "policy") draft.languages_known = false;
  if (broken.keyword == "phase") draft.phases_known = false;
  if (!broken.name) return;
  for (auto const space : spaces_of(broken.keyword)) {
    entries.push_back(named(space, *broken.name, file, declaration));
    entries.back().broken = true;
  }
}

void add_entries(Draft& draft, std::vector<Entry>& entries, ast::Declaration const& declaration,
                 FileId file) {
  auto const add = [&](Space space, ast::Name const& name) {
    entries.push_back(named(space, name, file, declaration));
  };
  auto const shared = [&](auto const& it) { add(Space::shared, it.name); };
  std::visit(
      overloaded{
          [&](ast::Parameter const& it) { shared(it); },
          [&](ast::Fact const& it) { shared(it); },
          [&](ast::Need const& it) { shared(it); },
          [&](ast::Action const& it) { shared(it); },
          [&](ast::Answer const& it) { shared(it); },
          [&](ast::Score const& it) { shared(it); },
          [&](ast::Define const& it) { shared(it); },
          [&](ast::Phrases const& it) { shared(it); },
          [&](ast::Event const& it) { shared(it); },
          [&](ast::Table const& it) { shared(it); },
          [&](ast::Role const& it) { add(Space::roles, it.name); },
          [&](ast::Script const& it) { add(Space::scripts, it.name); },
          [&](ast::Source const& it) { add(Space::payloads, it.name); },
          [&](ast::Rule const& it) { add(Space::rules, it.name); },
          [&](ast::Calendar const& it) { add(Space::calendars, it.name); },
          [&](ast::Guarantee const& it) { add(Space::guarantees, it.name); },
          [&](ast::Term const& it) { add(Space::terms, it.name); },
          [&](ast::Test const& it) {
            entries.push_back({Space::tests, it.name.value, {file, it.name.span}, &declaration});
          },
          [&](ast::Policy const&) { keep(draft, declaration, file); },
          [&](ast::Phases const&) { keep(draft, declaration, file); },
          [&](ast::Authority const&) { keep(draft, declaration, file); },
          [&](ast::Broken const& it) { add_broken(draft, entries, declaration, it, file); },
      },
      declaration.form);
}

std::string line_of(Draft const& draft, Place const& where) {
  auto const& source = draft.sources[static_cast<std::size_t>(where.file)];
  return source.name + ":" + std::to_string(find_line_column(source.text, where.span.begin).line);
}

/// A list that is declared inside another one is a field of that one's items. Names come in order,
/// so the outer one is declared already.
bool is_inner_list(Draft const& draft, ast::Declaration const& declaration) {
  auto const* fact = std::get_if<ast::Fact>(&declaration.form);
  return fact && fact->type.form == ast::TypeName::Form::list_of &&
         find_outer_list(draft, fact->name.text);
}

std::string help_against_two(Space space) {
  if (space == Space::shared)
    return "facts, needs, scores, actions, answers, defines, parameters, tables, events and "
           "phrases share their names: choose another one";
  if (space == Space::terms)
    return "take one of the two out; where the word means different things, name what has it, as "
           "in `term ticket.priority.high`";
  return "choose another name, or take one of the two out";
}

/// The entries of one name in one namespace, in source order: the first declares it.
void declare(Draft& draft, std::vector<Entry>::const_iterator first,
             std::vector<Entry>::const_iterator last) {
  auto& symbols = *symbols_of(draft, first->space);
  Symbol symbol{.where = first->where};
  symbol.broken = std::any_of(first, last, [](Entry const& entry) { return entry.broken; });
  auto const sound = std::find_if(first, last, [](Entry const& entry) { return !entry.broken; });
  if (sound != last) {
    auto const file = sound->where.file;
    auto const kept = is_inner_list(draft, *sound->declaration)
                          ? keep(draft.inner_lists, std::get<ast::Fact>(sound->declaration->form),
                                 file, SymbolKind::inner_list)
                          : keep(draft, *sound->declaration, file);
    symbol.kind = kept.kind;
    symbol.index = kept.index;
  }
  symbols.emplace(first->name, symbol);
  for (auto entry = first; entry != last; ++entry) {
    if (entry != first && !symbol.broken)
      tell(draft, entry->where, "check.duplicate-name",
           quoted(entry->name) +
               (entry->space == Space::terms ? " has a term already, at "
                                             : " is declared already, at ") +
               line_of(draft, first->where),
           help_against_two(entry->space));
  }
}

void rank_files(Draft& draft) {
  std::vector<std::uint32_t> order(draft.sources.size());
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t left, std::uint32_t right) {
    return draft.sources[left].name < draft.sources[right].name;
  });
  draft.file_ranks.resize(order.size());
  for (std::uint32_t rank = 0; rank < order.size(); ++rank) draft.file_ranks[order[rank]] = rank;
}

/// `customer` and `customer.tier` cannot both be facts: JSON could not hold both.
void check_beginnings(Draft& draft) {
  for (auto const& [name, symbol] : draft.names) {
    if (symbol.kind != SymbolKind::fact || symbol.broken) continue;
    for (auto dot = name.find('.'); dot != name.npos; dot = name.find('.', dot + 1)) {
      auto const other = draft.names.find(std::string_view{name}.substr(0, dot));
      if (other == draft.names.end() || other->second.kind != SymbolKind::fact) continue;
      if (other->second.broken) continue;
      auto const is_list =
          draft.facts[other->second.index].written->type.form == ast::TypeName::Form::list_of;
      tell(draft, symbol.where, "check.name-prefix",
           quoted(name) + " begins with the name of another fact, " + quoted(other->first),
           is_list ? "what each item has is a field of the list, in a line below it"
                   : "a case cannot hold both: rename one of them");
    }
  }
}

template <class Form>
void tell_second(Draft& draft, std::vector<Declared<Form>>& list, std::string_view code,
                 std::string_view what, auto place_of) {
  std::sort(list.begin(), list.end(), [&](auto const& left, auto const& right) {
    return stands_before(draft, place_of(left), place_of(right));
  });
  for (std::size_t i = 1; i < list.size(); ++i)
    tell(draft, place_of(list[i]), code,
         std::string{what} + " already, at " + line_of(draft, place_of(list[0])),
         "put both together into one");
}

}  // namespace

bool stands_before(Draft const& draft, Place const& left, Place const& right) {
  auto const rank = [&](Place const& place) {
    return draft.file_ranks[static_cast<std::size_t>(place.file)];
  };
  if (left.file != right.file) return rank(left) < rank(right);
  return left.span < right.span;
}

void collect(Draft& draft, std::vector<ast::Document const*> const& documents) {
  rank_files(draft);
  std::vector<Entry> entries;
  for (auto const* document : documents)
    for (auto const& declaration : document->declarations)
      add_entries(draft, entries, declaration, document->file);
  std::sort(entries.begin(), entries.end(), [&](Entry const& left, Entry const& right) {
    if (left.space != right.space) return left.space < right.space;
    if (left.name != right.name) return left.name < right.name;
    return stands_before(draft, left.where, right.where);
  });
  for (auto first = entries.cbegin(); first != entries.cend();) {
    auto const last = std::find_if(first, entries.cend(), [&](Entry const& entry) {
      return entry.space != first->space || entry.name != first->name;
    });
    declare(draft, first, last);
    first = last;
  }
  draft.values.resize(draft.parameters.size());
  check_beginnings(draft);
  tell_second(draft, draft.policies, "check.duplicate-policy", "the policy is named",
              [](auto const& it) {
                return Place{it.file, it.written->name.span};
              });
  tell_second(draft, draft.phase_lists, "check.duplicate-phases", "the phases are declared",
              [](auto const& it) {
                auto const& names = it.written->names;
                return Place{it.file, names.empty() ? Span{} : names.front().span};
              });
}

}  // namespace heed::check
