#include "engine/check/vocabulary.hpp"

#include <algorithm>

#include "engine/check/expression.hpp"
#include "engine/check/parameters.hpp"
#include "engine/check/roles.hpp"
#include "engine/check/settle.hpp"
#include "engine/check/tell.hpp"
#include "engine/check/texts.hpp"

namespace heed::check {

namespace {

void check_fact(Scope const& scope, Fact& fact, ast::Fact const& written) {
  fact.is_private = written.is_private;
  fact.is_public = written.is_public;
  fact.confidential = written.confidential;
  if (written.is_private && written.is_public) tell_both_secrecies(scope, written.name);
  fact.title = check_texts(scope, written.title);
  fact.ask = check_ask(scope, written.ask);
}

void check_need(Scope const& scope, Need& need, ast::Need const& written) {
  need.title = check_texts(scope, written.title);
  if (!written.weight) return;
  auto const weight = Number::parse(written.weight->digits);
  if (weight && weight->is_whole() && *weight >= Number{1} && *weight <= Number{9} &&
      !written.weight->percent)
    need.weight = static_cast<int>(weight->numerator());
  else
    tell(scope.draft, place(scope, written.weight->span), "check.weight-range",
         quoted(check::written(scope, written.weight->span)) + " is no weight of a need",
         "a weight is a whole number from 1 to 9, 3 where none is written");
}

void check_action(Scope const& scope, Action& action, ast::Action const& written) {
  action.title = check_texts(scope, written.title);
  if (written.phase) action.phase = find_phase(scope, *written.phase);
  if (written.internal_to) action.internal_to = written.internal_to->text;
}

bool is_blank(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c == ' ' || c == '\t'; });
}

void check_phrases(Scope const& scope, Phrases& phrases, ast::Phrases const& written) {
  phrases.title = check_texts(scope, written.title);
  for (auto const& line : written.lines) {
    if (!check_language(scope, line.language)) continue;
    for (auto const& phrase : line.phrases) {
      auto& list = line.except ? phrases.exceptions : phrases.phrases;
      if (is_blank(phrase.value))
        tell(scope.draft, place(scope, phrase.span), "check.empty-phrase",
             "an empty phrase is in every text", "write words, or leave it out");
      else
        list.push_back({line.language.text, phrase.value});
    }
  }
  auto const tidy = [](std::vector<Phrases::Phrase>& list) {
    auto const key = [](Phrases::Phrase const& it) { return std::tie(it.language, it.text); };
    std::sort(list.begin(), list.end(),
              [&](auto const& left, auto const& right) { return key(left) < key(right); });
    auto const same = [&](auto const& left, auto const& right) { return key(left) == key(right); };
    list.erase(std::unique(list.begin(), list.end(), same), list.end());
  };
  tidy(phrases.phrases);
  tidy(phrases.exceptions);
}

void check_script(Scope const& scope, Script& script, ast::Script const& written) {
  script.title = check_texts(scope, written.title);
  script.text = check_wordings(scope, written.text);
}

template <class Item, class Form, class Check>
void check_each(Draft& draft, std::vector<Item>& items, std::vector<Declared<Form>> const& list,
                Check check_one) {
  for (std::size_t i = 0; i < items.size(); ++i)
    check_one(Scope{draft, list[i].file}, items[i], *list[i].written);
}

void check_requires(Draft& draft) {
  for (std::size_t i = 0; i < draft.actions.size(); ++i) {
    auto const& [written, file, progress] = draft.actions[i];
    if (written->requires_)
      draft.policy.actions[i].requires_ = check_condition({draft, file}, *written->requires_);
  }
}

}  // namespace

void check_vocabulary(Draft& draft) {
  auto& policy = draft.policy;
  auto const only_title = [](Scope const& scope, auto& item, auto const& written) {
    item.title = check_texts(scope, written.title);
  };
  check_each(draft, policy.facts, draft.facts, check_fact);
  check_each(draft, policy.needs, draft.needs, check_need);
  check_each(draft, policy.actions, draft.actions, check_action);
  check_each(draft, policy.answers, draft.answers, only_title);
  check_each(draft, policy.scores, draft.scores, only_title);
  check_each(draft, policy.defines, draft.defines, only_title);
  check_each(draft, policy.tables, draft.tables, only_title);
  check_each(draft, policy.phrases, draft.phrases, check_phrases);
  check_each(draft, policy.scripts, draft.script_list, check_script);
  check_each(draft, policy.events, draft.events, only_title);
  for (auto const& it : draft.parameters) check_texts({draft, it.file}, it.written->title);
  check_requires(draft);
}

}  // namespace heed::check
