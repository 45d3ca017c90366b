#include "engine/compare/policies.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "engine/base/expected.hpp"
#include "engine/language/dump.hpp"
#include "engine/language/parse.hpp"

namespace heed {
namespace comparing {
namespace {

using Key = std::pair<std::string, std::string>;  // kind, name

struct Declared {
  std::string meaning;  // equal where it means the same
  std::string text;     // as written
};
using Declarations = std::map<Key, Declared>;

/// The declaration without what only people read; a term is nothing else.
language::Declaration without_words(language::Declaration declaration) {
  std::visit(
      [](auto& form) {
        constexpr bool is_term = std::is_same_v<std::decay_t<decltype(form)>, language::Term>;
        if constexpr (requires { form.title; } && !is_term) form.title.clear();
        if constexpr (requires { form.ask; }) form.ask.clear();
        if constexpr (requires { form.because; }) form.because.clear();
        if constexpr (requires { form.sources; }) form.sources.clear();
        if constexpr (requires { form.source = std::nullopt; }) form.source = std::nullopt;
      },
      declaration.form);
  return declaration;
}

/// A declaration that its own word and its name tell apart.
template <class Form>
Key named(std::string kind, Form const& form) {
  return {std::move(kind), form.name.text};
}

Key key_of(language::Declaration const& declaration) {
  return std::visit(
      overloaded{
          [](language::Policy const&) { return Key("policy", ""); },
          [](language::Parameter const& form) { return named("parameter", form); },
          [](language::Fact const& form) { return named("fact", form); },
          [](language::Need const& form) { return named("need", form); },
          [](language::Role const& form) { return named("role", form); },
          [](language::Phases const&) { return Key("phase", ""); },
          [](language::Action const& form) { return named("action", form); },
          [](language::Answer const& form) { return named("answer", form); },
          [](language::Score const& form) { return named("score", form); },
          [](language::Define const& form) { return named("define", form); },
          [](language::Phrases const& form) { return named("phrases", form); },
          [](language::Script const& form) { return named("script", form); },
          [](language::Event const& form) { return named("event", form); },
          [](language::Source const& form) { return named("source", form); },
          [](language::Table const& form) { return named("table", form); },
          [](language::Rule const& form) { return named("rule", form); },
          [](language::Authority const& form) { return Key("authority", form.what.text); },
          [](language::Calendar const& form) { return named("calendar", form); },
          [](language::Test const&) { return Key{}; },
          [](language::Guarantee const&) { return Key{}; },
          [](language::Term const& form) { return named("term", form); },
          [](language::Broken const&) { return Key{}; },
      },
      declaration.form);
}

std::string trimmed(std::string_view text) {
  auto const end = text.find_last_not_of(" \t\r\n");
  return std::string{text.substr(0, end == std::string_view::npos ? 0 : end + 1)};
}

void add(Declarations& all, Key const& key, std::string meaning, std::string text) {
  auto& declared = all[key];
  declared.meaning += meaning;
  if (!declared.text.empty()) declared.text += "\n";
  declared.text += text;
}

/// What the file holds that a table is read from; empty where it is read from none.
std::string cells_of(language::Declaration const& declaration,
                     std::vector<SourceText> const& sources) {
  auto const* table = std::get_if<language::Table>(&declaration.form);
  if (table == nullptr || !table->file) return {};
  for (auto const& source : sources)
    if (source.name == table->file->value || source.name.ends_with("/" + table->file->value))
      return trimmed(source.text);
  return {};
}

Declarations find_declarations(std::vector<SourceText> const& sources) {
  Declarations all;
  for (std::uint32_t at = 0; at < sources.size(); ++at) {
    auto const& source = sources[at];
    if (!source.name.ends_with(".heed")) continue;  // a table's cells: told with the table
    auto parsed = language::parse(FileId{at}, source.text);
    for (auto const& declaration : parsed.document.declarations) {
      auto const key = key_of(declaration);
      if (key.first.empty()) continue;
      language::Document one;
      one.declarations.push_back(without_words(declaration));
      auto const span = declaration.span;
      auto const cells = cells_of(declaration, sources);
      auto text = trimmed(std::string_view{source.text}.substr(span.begin, span.end - span.begin));
      if (!cells.empty()) text += "\n\n" + cells;
      add(all, key, language::dump(one) + cells, std::move(text));
    }
  }
  return all;
}

/// Working time of calendars of one name is the same here: what changes in a calendar is told of
/// it.
bool is_same(Value const& before, Value const& after) {
  auto const* old = std::get_if<Duration>(&before);
  auto const* fresh = std::get_if<Duration>(&after);
  if (old == nullptr || fresh == nullptr || !old->calendar || !fresh->calendar)
    return before == after;
  return old->calendar->name == fresh->calendar->name && old->months == fresh->months &&
         old->seconds == fresh->seconds && old->days == fresh->days;
}

/// Parameters whose values differ though they are written the same.
void add_values(std::vector<DeclarationChange>& changes, Policy const& before, Policy const& after,
                Declarations const& written) {
  for (auto const& parameter : before.parameters) {
    auto const other =
        std::ranges::lower_bound(after.parameters, parameter.name, {}, &NamedConstant::name);
    auto const is_there = other != after.parameters.end() && other->name == parameter.name;
    if (!is_there || is_same(other->value, parameter.value)) continue;
    auto const is_told = std::ranges::any_of(changes, [&](DeclarationChange const& change) {
      return change.kind == "parameter" && change.name == parameter.name;
    });
    auto const text = written.find({"parameter", parameter.name});
    if (is_told || text == written.end()) continue;
    changes.push_back({DeclarationChange::How::changed, "parameter", parameter.name,
                       text->second.text, text->second.text});
  }
}

}  // namespace
}  // namespace comparing

std::vector<DeclarationChange> find_changes(PolicySide const& before, PolicySide const& after) {
  using How = DeclarationChange::How;
  auto const old = comparing::find_declarations(before.sources);
  auto const fresh = comparing::find_declarations(after.sources);
  std::vector<DeclarationChange> changes;
  for (auto const& [key, declared] : old) {
    auto const other = fresh.find(key);
    if (other == fresh.end())
      changes.push_back({How::removed, key.first, key.second, declared.text, ""});
    else if (other->second.meaning != declared.meaning)
      changes.push_back({How::changed, key.first, key.second, declared.text, other->second.text});
  }
  for (auto const& [key, declared] : fresh)
    if (!old.contains(key))
      changes.push_back({How::added, key.first, key.second, "", declared.text});
  comparing::add_values(changes, before.rules.policy, after.rules.policy, old);
  std::ranges::sort(changes, {}, [](DeclarationChange const& change) {
    return std::tie(change.kind, change.name);
  });
  return changes;
}

}  // namespace heed
