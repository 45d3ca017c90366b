#include <algorithm>

#include "engine/check/consequences.hpp"
#include "engine/check/forms.hpp"
#include "engine/check/items.hpp"
#include "engine/check/settle.hpp"
#include "engine/check/shape.hpp"
#include "engine/check/tell.hpp"
#include "engine/check/types.hpp"

/// Names in conditions and values.
namespace heed::check {

namespace {

using enum SymbolKind;

/// The values that a word is looked up among first; null where the type has none.
Choice const* choice_in(Hint hint) {
  return hint && hint->choice && hint->kind == Kind::choice ? hint->choice.get() : nullptr;
}

ExpressionPtr find_value(Scope const& scope, Written whole, ast::Reference const& it, Hint hint) {
  auto const* choice = choice_in(hint);
  if (!choice) return nullptr;
  auto const found = std::find(choice->values.begin(), choice->values.end(), it.name);
  if (found == choice->values.end()) return nullptr;
  if (!it.quoted && scope.draft.names.contains(it.name)) {
    auto const& other = *scope.draft.names.find(it.name);
    warn(scope.draft, place(scope, whole.span), "check.word-clash",
         quoted(it.name) + " is read here as a value, and it is the name of " +
             std::string{noun(other.second.kind)} + " too",
         "rename one of them, or write \"" + it.name + "\" for the value");
  }
  auto type = *hint;
  type.or_none = false;
  auto const chosen = static_cast<Chosen>(found - choice->values.begin());
  return make(scope, whole, type, Constant{chosen, {}});
}

/// Words that other languages have for yes, no and what is not known. False where it is none.
bool tell_foreign(Scope const& scope, Place where, std::string const& word, Hint hint) {
  auto const is = [&](std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  auto const nothing = "nothing is named " + quoted(word);
  if (is({"true", "True", "TRUE", "כן"})) {
    tell(scope.draft, where, "check.unknown-name", nothing, "did you mean `yes`?", "yes");
    return true;
  }
  if (is({"false", "False", "FALSE", "לא"})) {
    tell(scope.draft, where, "check.unknown-name", nothing, "did you mean `no`?", "no");
    return true;
  }
  auto const is_value = choice_in(hint) && std::ranges::count(choice_in(hint)->values, word) > 0;
  if (is({"else", "others"})) {
    tell(scope.draft, where, "check.unknown-name", nothing,
         "in a table `-` stands for whatever is left", "-");
    return true;
  }
  if (is_value || !is({"null", "nil", "empty", "missing", "undefined"})) return false;
  tell(scope.draft, where, "check.unknown-name", nothing,
       hint && hint->or_none ? "write `is none` for the value none, `is unknown` for what the case "
                               "does not say"
                             : "write `is unknown` for what the case does not say",
       "unknown");
  return true;
}

void tell_unknown(Scope const& scope, Written whole, ast::Reference const& it, Hint hint) {
  auto const where = place(scope, whole.span);
  if (tell_foreign(scope, where, it.name, hint)) return;
  if (auto const* choice = choice_in(hint)) {
    tell_word(scope.draft, where, "check.unknown-value",
              quoted(it.name) + " is none of the values that can stand here", it.name,
              choice->values, "the values are " + listed(choice->values));
    return;
  }
  auto help = std::string{"declare it, or correct its spelling"};
  if (hint && hint->kind == Kind::text) help = "a text stands in quotes: \"" + it.name + "\"";
  auto names = names_of(scope.draft, {fact, score, answer, define, parameter, table, need, action});
  for (auto const& item : scope.draft.items)
    for (auto const& field : item.fields) names.push_back(field.name);
  tell_word(scope.draft, where, "check.unknown-name", "nothing is named " + quoted(it.name),
            it.name, names, help);
}

/// `order.items.price` outside the brackets that ask something of an item. True where it was that.
bool tell_item_field(Scope const& scope, Written whole, ast::Reference const& it) {
  auto const* list = find_outer_list(scope.draft, it.name);
  if (!list) return false;
  auto const part = it.name.substr(list->first.size() + 1);
  auto const of_each = " of each item in " + list->first;
  tell(scope.draft, place(scope, whole.span), "check.item-field",
       quoted(it.name) + " is no value of the case: it could be " + quoted(part) + of_each,
       "ask something of the items, as in " +
           quoted("any item in " + list->first + " has (" + part + " …)") + " or " +
           quoted("sum of " + part + " in " + list->first));
  return true;
}

/// `refund.amount`: what rules give for a parameter that joins.
ExpressionPtr read_joined(Scope const& scope, Written whole, Symbols::value_type const& owner,
                          ast::Name const& part) {
  auto const& [name, symbol] = owner;
  auto const& takes = scope.draft.policy.actions[symbol.index].takes;
  auto const parameter = find_parameter(scope, part, takes, name);
  if (!parameter) return nullptr;
  auto const& declared = takes[*parameter];
  auto const& it = declared.name;
  auto const& type = declared.type;
  if (declared.join == Parameter::Join::none) {
    tell(scope.draft, place(scope, whole.span), "check.not-joined",
         quoted(it) + " tells the items of " + quoted(name) + " apart: there is no one " +
             quoted(it) + " to read",
         is_measured(type) ? "where it joins it can be read: declare it as " +
                                 quoted("takes " + it + " is …, largest")
                           : "let the rules write it to an answer too, and read that");
    return nullptr;
  }
  auto given = type;
  given.or_none = true;
  return make(scope, whole, given, JoinedValue{static_cast<ActionId>(symbol.index), *parameter});
}

/// `cancellation.fee`: a result of a table, or an action's parameter. True where it was one or
/// the other, or something told.
bool find_part(Scope const& scope, Written whole, ast::Reference const& it, ExpressionPtr& answer) {
  auto& draft = scope.draft;
  auto const dot = it.name.rfind('.');
  if (dot == it.name.npos) return false;
  if (tell_item_field(scope, whole, it)) return true;
  auto const owner = draft.names.find(std::string_view{it.name}.substr(0, dot));
  if (owner == draft.names.end()) return false;
  auto const part = it.name.substr(dot + 1);
  auto const& [name, symbol] = *owner;
  auto const where = place(scope, whole.span);
  if (symbol.broken) return true;
  if (symbol.kind != action && symbol.kind != table) return false;
  if (!settle(draft, name)) return true;
  if (symbol.kind == action) {
    answer = read_joined(scope, whole, *owner, {part, whole.span});
    return true;
  }
  auto const& results = draft.policy.tables[symbol.index].results;
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < results.size(); ++i) {
    if (results[i].name == part)
      answer =
          make(scope, whole, results[i].type, TableValue{static_cast<TableId>(symbol.index), i});
    if (!results[i].name.empty()) names.push_back(name + "." + results[i].name);
  }
  if (answer) return true;
  tell_word(draft, where, "check.unknown-name",
            "the table " + quoted(name) + " has no result " + quoted(part), it.name, names,
            names.empty() ? "it gives one value: write " + quoted(name)
                          : "its results are " + listed(names));
  return true;
}

void tell_no_value(Scope const& scope, Written whole, std::string const& name, SymbolKind kind) {
  auto const where = place(scope, whole.span);
  auto const is = quoted(name) + " is " + std::string{noun(kind)};
  if (kind == need)
    tell(scope.draft, where, "check.need-without-state", is + ": the condition must say how it is",
         "write " + quoted(name + " is violated") + ", " +
             quoted(name + " is at least threatened") + " or " + quoted("severity of " + name));
  else if (kind == action)
    tell(scope.draft, where, "check.wrong-name", is + ", not a value",
         "ask whether it is advised: " + quoted(name + " is advised"));
  else if (kind == phrases)
    tell(scope.draft, where, "check.wrong-name", is + ", not a value",
         "look for them in a text fact, as in " + quoted("agent.message mentions " + name));
  else if (kind == inner_list)
    tell_item_field(scope, whole, ast::Reference{name});
  else
    tell(scope.draft, where, "check.wrong-name", is + ", not a value",
         "an event is recorded by a rule: " + quoted("record " + name));
}

ExpressionPtr read_table(Scope const& scope, Written whole, std::string const& name,
                         Symbol const& symbol) {
  auto const& results = scope.draft.policy.tables[symbol.index].results;
  if (results.size() == 1 && results[0].name.empty())
    return make(scope, whole, results[0].type, TableValue{static_cast<TableId>(symbol.index), 0});
  std::vector<std::string> names;
  for (auto const& result : results) names.push_back(name + "." + result.name);
  tell(scope.draft, place(scope, whole.span), "check.table-result",
       "the table " + quoted(name) + " gives several values", "name one: " + listed(names));
  return nullptr;
}

ExpressionPtr read(Scope const& scope, Written whole, std::string const& name,
                   Symbol const& symbol) {
  auto& policy = scope.draft.policy;
  auto const at = symbol.index;
  switch (symbol.kind) {
    case fact:
      return make(scope, whole, policy.facts[at].type, FactValue{static_cast<FactId>(at)});
    case score:
      return make(scope, whole, plain(Kind::number), ScoreValue{static_cast<ScoreId>(at)});
    case define:
      return make(scope, whole, policy.defines[at].value->type,
                  DefineValue{static_cast<DefineId>(at)});
    case parameter:
      scope.draft.values[at].is_read = true;
      return make(scope, whole, scope.draft.values[at].type,
                  Constant{scope.draft.values[at].value, name});
    case answer: {
      auto type = policy.answers[at].type;
      if (!policy.answers[at].otherwise) type.or_none = true;
      return make(scope, whole, type, AnswerValue{static_cast<AnswerId>(at)});
    }
    case table:
      return read_table(scope, whole, name, symbol);
    case need:
    case action:
    case event:
    case phrases:
    case inner_list:
      tell_no_value(scope, whole, name, symbol.kind);
      return nullptr;
  }
  return nullptr;
}

}  // namespace

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::Reference const& it, Hint hint) {
  if (auto value = find_value(scope, whole, it, hint)) return value;
  if (auto const field = find_field(scope, whole, it)) return *field;
  auto const found = it.quoted ? scope.draft.names.end() : scope.draft.names.find(it.name);
  if (found == scope.draft.names.end()) {
    ExpressionPtr part;
    if (!it.quoted && find_part(scope, whole, it, part)) return part;
    tell_unknown(scope, whole, it, hint);
    return nullptr;
  }
  if (!settle(scope.draft, found->first)) return nullptr;
  return read(scope, whole, found->first, found->second);
}

}  // namespace heed::check
