#include "engine/check/terms.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "engine/check/tell.hpp"
#include "engine/check/texts.hpp"

namespace heed::check {

namespace {

constexpr int type_steps_max = 16;  // names of types that lead to one another

/// What the policy says, as terms name it.
class Words {
 public:
  explicit Words(Draft const& draft);

  bool has(std::string_view name) const { return all_.contains(name); }
  std::vector<std::string> listed() const { return {all_.begin(), all_.end()}; }

  /// Calls `visit(owner, value)` for each value of a `one of`.
  template <class Visit>
  void each_value(Visit const& visit) const {
    for (auto const& [owner, choice] : choices_)
      for (auto const& value : choice->values) visit(owner, value);
  }
  /// What the type of `owner` is named after; empty where it is its own.
  std::string_view named_after(std::string_view owner) const {
    auto const found = named_.find(owner);
    return found == named_.end() ? std::string_view{} : found->second;
  }

 private:
  /// A word of its own, and with what it belongs to.
  void add(std::string const& owner, std::string const& word) {
    all_.insert(word);
    all_.insert(owner + "." + word);
  }
  void add_type(std::string const& owner, Type const& type);
  void add_fields(std::string const& owner, std::vector<Parameter> const& fields);
  void name_type(std::string const& owner, ast::TypeName const& written);
  void name_type(std::string const& owner, ast::ExpressionPtr const& value);
  void name_types(std::string const& owner, std::vector<ast::Field> const& fields);
  void add_policy(Policy const& policy);
  void add_texts(Policy const& policy);
  void add_written(Draft const& draft);

  std::set<std::string, std::less<>> all_;
  std::map<std::string, std::shared_ptr<Choice const>> choices_;
  std::map<std::string, std::string, std::less<>> named_;
};

Words::Words(Draft const& draft) {
  for (auto const* symbols : {&draft.names, &draft.roles, &draft.scripts, &draft.calendars})
    for (auto const& [name, symbol] : *symbols) all_.insert(name);
  add_policy(draft.policy);
  add_texts(draft.policy);
  add_written(draft);
}

void Words::add_type(std::string const& owner, Type const& type) {
  if (type.choice) {
    choices_.emplace(owner, type.choice);
    for (auto const& value : type.choice->values) add(owner, value);
  }
  if (!type.shape) return;
  for (auto const& field : type.shape->fields) {
    if (!field.name.empty()) add(owner, field.name);
    add_type(field.name.empty() ? owner : owner + "." + field.name, field.type);
  }
}

void Words::add_fields(std::string const& owner, std::vector<Parameter> const& fields) {
  for (auto const& field : fields) {
    if (!field.name.empty()) add(owner, field.name);
    add_type(field.name.empty() ? owner : owner + "." + field.name, field.type);
  }
}

void Words::add_policy(Policy const& policy) {
  for (auto const& phase : policy.phases) add("phase", phase);
  for (auto const& fact : policy.facts) add_type(fact.name, fact.type);
  for (auto const& answer : policy.answers) add_type(answer.name, answer.type);
  for (auto const& define : policy.defines)
    if (define.value) add_type(define.name, define.value->type);
  for (auto const& table : policy.tables) add_fields(table.name, table.results);
  for (auto const& event : policy.events) add_fields(event.name, event.fields);
  for (auto const& action : policy.actions) {
    add_fields(action.name, action.takes);
    if (!action.internal_to.empty()) add("internal", action.internal_to);
  }
}

/// What rules write into an answer of texts: a text is told by its answer's term alone.
void Words::add_texts(Policy const& policy) {
  auto const add_text = [&](std::string const& answer, auto const& value) {
    if (auto const* text = std::get_if<std::string>(&value)) all_.insert(answer + "." + *text);
  };
  for (auto const& rule : policy.rules)
    for (auto const& consequence : rule.then) {
      auto const* set = std::get_if<SetAnswer>(&consequence);
      auto const* value = set && set->value ? std::get_if<Constant>(&set->value->form) : nullptr;
      if (value == nullptr) continue;
      auto const& answer = policy.answers[static_cast<std::size_t>(set->answer)].name;
      add_text(answer, value->value);
      if (auto const* items = std::get_if<SetValue>(&value->value))
        for (auto const& item : items->items) add_text(answer, item);
    }
}

void Words::name_type(std::string const& owner, ast::TypeName const& written) {
  auto const& type = written.element ? *written.element : written;
  if (type.name) named_.emplace(owner, type.name->text);
}

/// `define open_problem as case.problem`: as what it is made of.
void Words::name_type(std::string const& owner, ast::ExpressionPtr const& value) {
  auto const* at = value.get();
  while (at != nullptr && std::holds_alternative<ast::Conditional>(at->form))
    at = std::get<ast::Conditional>(at->form).value.get();
  if (at == nullptr) return;
  if (auto const* name = std::get_if<ast::Reference>(&at->form)) named_.emplace(owner, name->name);
}

void Words::name_types(std::string const& owner, std::vector<ast::Field> const& fields) {
  for (auto const& field : fields) name_type(owner + "." + field.name.text, field.type);
}

void Words::add_written(Draft const& draft) {
  for (auto const* list : {&draft.facts, &draft.inner_lists})
    for (auto const& fact : *list) {
      name_type(fact.written->name.text, fact.written->type);
      name_types(fact.written->name.text, fact.written->fields);
    }
  for (auto const& answer : draft.answers) {
    auto const& written = *answer.written;
    if (written.type) name_type(written.name.text, *written.type);
    if (written.reports) named_.emplace(written.name.text, written.reports->text);
  }
  for (auto const& define : draft.defines) {
    auto const& written = *define.written;
    if (written.type)
      name_type(written.name.text, *written.type);
    else
      name_type(written.name.text, written.value);
  }
  for (auto const& action : draft.actions)
    name_types(action.written->name.text, action.written->takes);
  for (auto const& event : draft.events)
    name_types(event.written->name.text, event.written->fields);
  for (auto const& table : draft.tables) {
    if (table.written->type) name_type(table.written->name.text, *table.written->type);
    name_types(table.written->name.text, table.written->results);
  }
}

/// Where a declaration has a mistake, its words are not known.
bool are_all_known(Draft const& draft) {
  auto const is_broken = [](auto const& entry) { return entry.second.broken; };
  return draft.phases_known && std::ranges::none_of(draft.names, is_broken) &&
         std::ranges::none_of(draft.roles, is_broken) &&
         std::ranges::none_of(draft.scripts, is_broken) &&
         std::ranges::none_of(draft.calendars, is_broken);
}

void tell_unknown(Scope const& scope, ast::Name const& name, Words const& words) {
  tell_word(scope.draft, place(scope, name.span), "check.unknown-term",
            "the policy has no word " + quoted(name.text), name.text, words.listed(),
            "a term says how a value of a `one of`, a phase, a department of `internal to`, or a "
            "name of the policy is told to people");
}

void warn_of_languages(Scope const& scope, ast::Name const& name, Texts const& title) {
  std::vector<std::string> missing;
  for (auto const& language : scope.draft.policy.languages)
    if (!title.contains(language)) missing.push_back(language);
  if (missing.empty() || title.empty() || !scope.draft.languages_known) return;
  warn(scope.draft, place(scope, name.span), "check.term-language",
       "the term for " + quoted(name.text) + " has no text in " + listed(missing),
       "readers of that language see another one's: add " + quoted(missing.front() + " \"…\""));
}

/// The terms that values have from what their type is named after.
void inherit(std::vector<Term>& terms, Words const& words) {
  std::map<std::string, Term const*, std::less<>> by_name;
  for (auto const& term : terms) by_name.emplace(term.name, &term);
  std::vector<Term> more;
  words.each_value([&](std::string const& owner, std::string const& value) {
    if (by_name.contains(owner + "." + value)) return;
    auto at = words.named_after(owner);
    for (int steps = 0; !at.empty() && steps < type_steps_max; ++steps) {
      auto const found = by_name.find(std::string{at} + "." + value);
      if (found != by_name.end()) {
        more.push_back({owner + "." + value, found->second->title, found->second->where});
        return;
      }
      at = words.named_after(at);
    }
  });
  terms.insert(terms.end(), more.begin(), more.end());
}

}  // namespace

void check_terms(Draft& draft) {
  if (draft.term_list.empty()) return;
  Words const words{draft};
  auto const knows_all = are_all_known(draft);
  auto& terms = draft.policy.terms;
  for (auto const& [written, file, progress] : draft.term_list) {
    Scope const scope{draft, file};
    auto const& name = written->name;
    if (knows_all && !words.has(name.text)) tell_unknown(scope, name, words);
    terms.push_back({name.text, check_texts(scope, written->title), place(scope, name.span)});
    warn_of_languages(scope, name, terms.back().title);
  }
  inherit(terms, words);
  std::ranges::sort(terms, {}, &Term::name);
}

}  // namespace heed::check
