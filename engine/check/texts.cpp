#include "engine/check/texts.hpp"

#include <algorithm>

#include "engine/check/tell.hpp"

namespace heed::check {

bool check_language(Scope const& scope, ast::Name const& language) {
  auto const& languages = scope.draft.policy.languages;
  if (!scope.draft.languages_known) return true;
  if (std::find(languages.begin(), languages.end(), language.text) != languages.end()) return true;
  tell_word(scope.draft, place(scope, language.span), "check.unknown-language",
            quoted(language.text) + " is none of the policy's languages", language.text, languages,
            "the policy has " + listed(languages) + ": add it where the policy says `languages`");
  return false;
}

Texts check_texts(Scope const& scope, ast::Texts const& written) {
  Texts texts;
  for (auto const& one : written) {
    if (one.language && !check_language(scope, *one.language)) continue;
    auto const& language = one.language ? one.language->text : scope.draft.policy.languages.front();
    if (texts.emplace(language, one.text.value).second) continue;
    tell(scope.draft, place(scope, one.language ? one.language->span : one.text.span),
         "check.duplicate-language", "there is a text in " + quoted(language) + " already",
         "give one text for each language");
  }
  return texts;
}

void warn_of_languages(Scope const& scope, ast::Texts const& written, Texts const& accepted) {
  auto const& draft = scope.draft;
  if (!draft.languages_known || accepted.empty()) return;
  std::vector<std::string> missing;
  for (auto const& language : draft.policy.languages)
    if (!accepted.contains(language)) missing.push_back(language);
  if (missing.empty()) return;
  auto const& first = written.front();
  warn(scope.draft, place(scope, first.language ? first.language->span : first.text.span),
       "check.text-language", "what is said here has no text in " + listed(missing),
       "who speaks that language hears another one: add " + quoted(missing.front() + " \"…\""));
}

Texts check_ask(Scope const& scope, ast::Texts const& written) {
  for (auto const& one : written) {
    auto const& text = one.text.value;
    auto const open = text.find('{');
    if (open == text.npos || text.find('}', open) == text.npos) continue;
    tell(scope.draft, place(scope, one.text.span), "check.slot-in-ask",
         quoted(text.substr(open, text.find('}', open) + 1 - open)) + " stands in a question",
         "a question tells no values: ask in words that hold for every case");
  }
  auto texts = check_texts(scope, written);
  warn_of_languages(scope, written, texts);
  return texts;
}

}  // namespace heed::check
