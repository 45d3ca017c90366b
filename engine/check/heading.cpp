#include <algorithm>

#include "engine/check/tell.hpp"
#include "engine/check/texts.hpp"
#include "engine/check/vocabulary.hpp"

namespace heed::check {

namespace {

bool is_language_code(std::string_view code) {
  return (code.size() == 2 || code.size() == 3) &&
         std::all_of(code.begin(), code.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

void check_languages(Scope const& scope, std::vector<ast::Name> const& written) {
  auto& languages = scope.draft.policy.languages;
  for (auto const& language : written) {
    auto const where = place(scope, language.span);
    if (!is_language_code(language.text))
      tell(scope.draft, where, "check.unknown-language",
           quoted(language.text) + " is no code of a language",
           "write its two small letters of ISO 639, such as `en` or `he`");
    else if (std::find(languages.begin(), languages.end(), language.text) != languages.end())
      tell(scope.draft, where, "check.duplicate-language",
           quoted(language.text) + " is named twice", "leave one of the two out");
    else
      languages.push_back(language.text);
  }
}

void check_zone(Scope const& scope, ast::Text const& written) {
  if (auto const zone = Zone::find(written.value))
    scope.draft.policy.zone = *zone;
  else
    tell(scope.draft, place(scope, written.span), "check.unknown-zone",
         "there is no time zone " + quoted(written.value),
         "zones are named by continent and city, such as \"Asia/Jerusalem\"");
}

void check_phases(Draft& draft) {
  if (draft.phase_lists.empty()) return;
  auto const& [written, file, progress] = draft.phase_lists.front();
  for (auto const& name : written->names) {
    Place const where{file, name.span};
    auto const index = static_cast<std::uint32_t>(draft.policy.phases.size());
    if (draft.phases.emplace(name.text, Symbol{SymbolKind::fact, index, where, false}).second)
      draft.policy.phases.push_back(name.text);
    else
      tell(draft, where, "check.twice", quoted(name.text) + " is named twice",
           "leave one of the two out");
  }
}

template <class Item, class Form>
void name_all(std::vector<Item>& items, std::vector<Declared<Form>> const& list) {
  for (auto const& declared : list) {
    auto& item = items.emplace_back();
    item.name = declared.written->name.text;
    item.where = {declared.file, declared.written->name.span};
  }
}

}  // namespace

void check_heading(Draft& draft) {
  auto& policy = draft.policy;
  if (!draft.policies.empty()) {
    auto const& [written, file, progress] = draft.policies.front();
    Scope const scope{draft, file};
    policy.name = written->name.text;
    check_languages(scope, written->languages);
    if (written->zone) check_zone(scope, *written->zone);
  }
  if (policy.languages.empty()) policy.languages = {"en"};
  if (!draft.policies.empty())
    policy.title =
        check_texts({draft, draft.policies.front().file}, draft.policies.front().written->title);
  check_phases(draft);
  name_all(policy.facts, draft.facts);
  name_all(policy.needs, draft.needs);
  name_all(policy.roles, draft.role_list);
  name_all(policy.actions, draft.actions);
  name_all(policy.answers, draft.answers);
  name_all(policy.scores, draft.scores);
  name_all(policy.defines, draft.defines);
  name_all(policy.phrases, draft.phrases);
  name_all(policy.scripts, draft.script_list);
  name_all(policy.events, draft.events);
  name_all(policy.tables, draft.tables);
  for (std::size_t i = 0; i < draft.needs.size(); ++i)
    policy.needs[i].kind =
        draft.needs[i].written->psychological ? NeedKind::psychological : NeedKind::functional;
}

}  // namespace heed::check
