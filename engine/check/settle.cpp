#include "engine/check/settle.hpp"

#include <algorithm>

#include "engine/base/expected.hpp"
#include "engine/base/limits.hpp"
#include "engine/check/constant.hpp"
#include "engine/check/expression.hpp"
#include "engine/check/parameters.hpp"
#include "engine/check/shape.hpp"
#include "engine/check/tell.hpp"

namespace heed::check {

namespace {

bool settle_form(Draft& draft, std::uint32_t at, Declared<ast::Parameter> const& declared) {
  Scope const scope{draft, declared.file};
  auto const value = infer(scope, *declared.written->value);
  auto const folded = fold(scope, value, "a parameter");
  if (!folded) return false;
  draft.values[at].type = value->type;
  draft.values[at].value = *folded;
  return true;
}

bool settle_form(Draft& draft, std::uint32_t at, Declared<ast::Fact> const& declared) {
  Scope const scope{draft, declared.file};
  auto const& written = *declared.written;
  auto const is_list = written.type.form == ast::TypeName::Form::list_of;
  auto const type = is_list ? make_list_type(scope, written) : make_type(scope, written.type);
  if (!is_list && !written.fields.empty())
    tell(draft, place(scope, written.fields.front().name.span), "check.list-of",
         quoted(written.name.text) + " is no list, and only a list has fields",
         "write `is list of`, or declare " +
             quoted("fact " + written.name.text + "." + written.fields.front().name.text));
  if (!type) return false;
  auto& fact = draft.policy.facts[at];
  fact.type = *type;
  if (!written.otherwise) return true;
  fact.otherwise =
      check_constants(scope, {written.otherwise}, {*type, quoted(written.name.text)}, "a default");
  return fact.otherwise.has_value();
}

bool settle_reports(Scope const& scope, Answer& answer, ast::Name const& name) {
  auto const where = place(scope, name.span);
  auto const found = scope.draft.names.find(name.text);
  if (found != scope.draft.names.end() && !found->second.broken &&
      found->second.kind != SymbolKind::define && found->second.kind != SymbolKind::table) {
    tell(scope.draft, where, "check.wrong-name",
         quoted(name.text) + " is " + std::string{noun(found->second.kind)} +
             ", and an answer reports a define or a table",
         "give it a name with `define`");
    return false;
  }
  ast::Expression reference{name.span, false, ast::Reference{name.text}};
  answer.reports = infer(scope, reference);
  if (!answer.reports) return false;
  answer.type = answer.reports->type;
  return true;
}

bool settle_join(Scope const& scope, Answer& answer, ast::Name const& join) {
  auto const kind = find_join(scope, join, Sums::none);
  if (!kind) return false;
  if (!can_join(scope, join, answer.type)) return false;
  answer.join = *kind == Parameter::Join::largest ? Answer::Join::largest : Answer::Join::smallest;
  return true;
}

bool settle_form(Draft& draft, std::uint32_t at, Declared<ast::Answer> const& declared) {
  Scope const scope{draft, declared.file};
  auto const& written = *declared.written;
  auto& answer = draft.policy.answers[at];
  if (written.reports) return settle_reports(scope, answer, *written.reports);
  if (!written.type) return false;
  auto const type = make_type(scope, *written.type);
  if (!type) return false;
  answer.type = *type;
  if (type->kind == Kind::set) answer.join = Answer::Join::united;
  if (written.join && !settle_join(scope, answer, *written.join)) return false;
  if (!written.otherwise) return true;
  answer.otherwise =
      check_constants(scope, {written.otherwise}, {*type, quoted(written.name.text)}, "a default");
  return answer.otherwise.has_value();
}

bool settle_form(Draft& draft, std::uint32_t at, Declared<ast::Define> const& declared) {
  Scope const scope{draft, declared.file};
  auto const& written = *declared.written;
  auto& define = draft.policy.defines[at];
  if (!written.type) {
    define.value = infer(scope, *written.value);
    if (!define.value || define.value->type.kind != Kind::list) return define.value != nullptr;
    tell(draft, place(scope, written.value->span), "check.list-place",
         quoted(define.value->text) + " is a list, and a define is a value or a condition",
         "name the list itself where it is read");
    return false;
  }
  auto const type = make_type(scope, *written.type);
  if (!type) return false;
  auto const value = check_value(scope, *written.value, {*type, quoted(written.name.text)});
  if (!value) return false;
  auto named = *value;
  named.type = *type;
  named.type.or_none = type->or_none || value->type.or_none;
  define.value = std::make_shared<Expression const>(std::move(named));
  return true;
}

bool settle_form(Draft& draft, std::uint32_t at, Declared<ast::Score> const& declared) {
  Scope const scope{draft, declared.file};
  auto const& written = *declared.written;
  Wanted const wanted{plain(Kind::number), "a bound of " + quoted(written.name.text)};
  auto const from = check_constant(scope, *written.from, wanted, "a score's bound");
  auto const to = check_constant(scope, *written.to, wanted, "a score's bound");
  if (!from || !to) return false;
  auto& score = draft.policy.scores[at];
  score.from = std::get<Number>(*from);
  score.to = std::get<Number>(*to);
  if (score.from < score.to) return true;
  tell(draft, place(scope, written.to->span), "check.score-range",
       "the range of " + quoted(written.name.text) + " ends before it begins",
       "write the smaller bound first, as in `from 0 to 100`");
  return false;
}

bool settle_form(Draft& draft, std::uint32_t at, Declared<ast::Table> const& declared) {
  Scope const scope{draft, declared.file};
  auto const& written = *declared.written;
  auto& table = draft.policy.tables[at];
  if (written.type) {
    auto const type = make_type(scope, *written.type);
    if (!type) return false;
    table.results = {Parameter{{}, *type, Parameter::Join::none}};
    return true;
  }
  auto results = check_fields(scope, written.results, Joins::none);
  if (!results) return false;
  table.results = std::move(*results);
  return true;
}

/// What it takes; the rest of an action is checked with the vocabulary.
bool settle_form(Draft& draft, std::uint32_t at, Declared<ast::Action> const& declared) {
  auto takes = check_fields({draft, declared.file}, declared.written->takes, Joins::allowed);
  if (!takes) return false;
  std::sort(takes->begin(), takes->end(),
            [](auto const& left, auto const& right) { return left.name < right.name; });
  draft.policy.actions[at].takes = std::move(*takes);
  return true;
}

Place place_of(auto const& declared) {
  return {declared.file, declared.written->name.span};
}

/// Tells the circle that ends where it came back to `name`, at the declaration that stands first.
void tell_defined_by_itself(Draft& draft, std::string const& name) {
  auto const& stack = draft.under_way;
  auto const first =
      std::find_if(stack.begin(), stack.end(), [&](auto const& it) { return it.first == name; });
  auto const earliest = std::min_element(first, stack.end(), [&](auto const& a, auto const& b) {
    return stands_before(draft, a.second, b.second);
  });
  std::vector<std::pair<std::string, Place>> circle{earliest, stack.end()};
  circle.insert(circle.end(), first, earliest);
  std::string way = quoted(circle.front().first);
  for (std::size_t i = 1; i < circle.size(); ++i)
    way += " reads " + quoted(circle[i].first) + ", which";
  tell(draft, earliest->second, "check.circle",
       way + " reads " + quoted(circle.front().first) + ": a circle",
       "let one of them do without the others");
  for (auto const& [each, where] : circle) draft.names.find(each)->second.broken = true;
}

/// What stands beside the fields of an event in the case's JSON.
bool is_taken(Scope const& scope, ast::Field const& field) {
  for (std::string_view const word : {"event", "at", "subject"}) {
    if (field.name.text != word) continue;
    tell(scope.draft, place(scope, field.name.span), "check.event-field",
         quoted(word) + " of every event says " +
             (word == "event" ? "which it is"
              : word == "at"  ? "when it was"
                              : "whose it is"),
         "give the field another name");
    return true;
  }
  return false;
}

bool settle_form(Draft& draft, std::uint32_t at, Declared<ast::Event> const& declared) {
  Scope const scope{draft, declared.file};
  auto const& written = declared.written->fields;
  bool taken = false;
  for (auto const& field : written) taken = is_taken(scope, field) || taken;
  auto fields = check_fields(scope, written, Joins::none);
  if (!fields || taken) return false;
  std::ranges::sort(*fields, {}, &Parameter::name);
  draft.policy.events[at].fields = *std::move(fields);
  return true;
}

template <class Form>
bool settle_declared(Draft& draft, Symbols::value_type& entry, std::vector<Declared<Form>>& list) {
  auto& [name, symbol] = entry;
  auto& declared = list[symbol.index];
  if (declared.progress == Progress::done) return true;
  if (declared.progress == Progress::under_way) {
    tell_defined_by_itself(draft, name);
    return false;
  }
  if (draft.under_way.size() >= static_cast<std::size_t>(limits::define_depth_max)) {
    tell(draft, place_of(declared), "check.too-deep",
         quoted(name) + " rests on a chain of more than " +
             std::to_string(limits::define_depth_max) + " definitions",
         "let definitions rest on facts more directly");
    symbol.broken = true;
    return false;
  }
  declared.progress = Progress::under_way;
  draft.under_way.emplace_back(name, place_of(declared));
  auto const depth = std::exchange(draft.depth, 0);
  auto items = std::exchange(draft.items, {});
  auto const sound = settle_form(draft, symbol.index, declared);
  draft.depth = depth;
  draft.items = std::move(items);
  draft.under_way.pop_back();
  declared.progress = Progress::done;
  symbol.broken = symbol.broken || !sound;
  return !symbol.broken;
}

}  // namespace

bool settle(Draft& draft, std::string const& name) {
  auto& entry = *draft.names.find(name);
  if (entry.second.broken) return false;
  switch (entry.second.kind) {
    case SymbolKind::fact:
      return settle_declared(draft, entry, draft.facts);
    case SymbolKind::answer:
      return settle_declared(draft, entry, draft.answers);
    case SymbolKind::define:
      return settle_declared(draft, entry, draft.defines);
    case SymbolKind::parameter:
      return settle_declared(draft, entry, draft.parameters);
    case SymbolKind::score:
      return settle_declared(draft, entry, draft.scores);
    case SymbolKind::table:
      return settle_declared(draft, entry, draft.tables);
    case SymbolKind::action:
      return settle_declared(draft, entry, draft.actions);
    case SymbolKind::event:
      return settle_declared(draft, entry, draft.events);
    case SymbolKind::need:
    case SymbolKind::phrases:
    case SymbolKind::inner_list:
      return true;
  }
  return true;
}

void settle_all(Draft& draft) {
  for (auto const& [name, symbol] : draft.names) settle(draft, name);
}

std::optional<Type> type_of(Draft& draft, std::string const& name, Symbol const& symbol) {
  if (!settle(draft, name)) return std::nullopt;
  switch (symbol.kind) {
    case SymbolKind::fact:
      return draft.policy.facts[symbol.index].type;
    case SymbolKind::answer:
      return draft.policy.answers[symbol.index].type;
    case SymbolKind::define:
      return draft.policy.defines[symbol.index].value->type;
    case SymbolKind::parameter:
      return draft.values[symbol.index].type;
    case SymbolKind::score:
    case SymbolKind::need:
    case SymbolKind::action:
    case SymbolKind::table:
    case SymbolKind::event:
    case SymbolKind::phrases:
    case SymbolKind::inner_list:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace heed::check
