#include <algorithm>

#include "engine/base/expected.hpp"
#include "engine/check/calendars.hpp"
#include "engine/check/forms.hpp"
#include "engine/check/sample.hpp"
#include "engine/check/tell.hpp"

/// Comparisons and the other questions that a condition asks of values.
namespace heed::check {

namespace {

bool is_word(ast::Expression const& written, std::string_view word) {
  auto const* reference = std::get_if<ast::Reference>(&written.form);
  return reference && !reference->quoted && reference->name == word;
}

bool is_none(ast::Expression const& written) {
  return std::holds_alternative<ast::NoneLiteral>(written.form);
}

bool is_equality(ast::Relation relation) {
  return relation == ast::Relation::equal || relation == ast::Relation::not_equal;
}

Relation relation_of(ast::Relation relation) {
  switch (relation) {
    case ast::Relation::equal:
    case ast::Relation::not_equal:
      return Relation::equal;
    case ast::Relation::less:
      return Relation::less;
    case ast::Relation::at_most:
      return Relation::at_most;
    case ast::Relation::greater:
      return Relation::greater;
    case ast::Relation::at_least:
      return Relation::at_least;
  }
  return Relation::equal;
}

/// The text of `A is not B` without its `not`.
std::string positive_text(Written whole) {
  auto positive = whole;
  if (auto* it = std::get_if<ast::Compare>(&positive.form)) it->relation = ast::Relation::equal;
  if (auto* it = std::get_if<ast::IsOneOf>(&positive.form)) it->negated = false;
  if (auto* it = std::get_if<ast::IsNone>(&positive.form)) it->negated = false;
  if (auto* it = std::get_if<ast::IsAtLeast>(&positive.form)) it->negated = false;
  if (auto* it = std::get_if<ast::IsKnown>(&positive.form)) it->unknown = false;
  return text_of(positive);
}

ExpressionPtr maybe_negated(Scope const& scope, Written whole, bool negated, Type const& type,
                            decltype(Expression::form) form) {
  auto const where = place(scope, whole.span);
  if (!negated) return make_with_text(where, type, std::move(form), text_of(whole));
  return negate(make_with_text(where, type, std::move(form), positive_text(whole)), where,
                text_of(whole));
}

ExpressionPtr none_test(Scope const& scope, Written whole, ast::Expression const& subject,
                        bool negated) {
  auto const value = infer(scope, subject);
  if (!value) return nullptr;
  if (!value->type.or_none) {
    auto const text = written(scope, subject.span);
    auto help = std::string{
        "only what is declared `or none` can be `none`; for a fact that the case does not say, "
        "ask `is unknown`"};
    if (value->type.kind == Kind::list)
      help = "ask whether it has items, as in " + quoted("count of " + text + " is 0");
    tell(scope.draft, place(scope, subject.span), "check.never-none",
         quoted(text) + " is never `none`", std::move(help));
    return nullptr;
  }
  return maybe_negated(scope, whole, negated, plain(Kind::truth), NoneTest{value});
}

ExpressionPtr compare_need(Scope const& scope, Written whole, ast::Compare const& it,
                           Symbol const& need) {
  if (!is_equality(it.relation)) {
    tell(scope.draft, place(scope, it.left->span), "check.need-without-state",
         "a need is not compared with `<` or `>`",
         "write `is at least threatened`, or compare how bad it is: " +
             quoted("severity of " + written(scope, it.left->span) + " >= 3"));
    return nullptr;
  }
  auto const state = find_state(scope, written(scope, it.right->span), it.right->span);
  if (!state || need.broken) return nullptr;
  return maybe_negated(scope, whole, it.relation == ast::Relation::not_equal, plain(Kind::truth),
                       NeedTest{static_cast<NeedId>(need.index), false, *state});
}

ExpressionPtr compare_action(Scope const& scope, Written whole, ast::Compare const& it,
                             Symbol const& action) {
  if (!is_word(*it.right, "advised") || !is_equality(it.relation)) {
    auto const name = written(scope, it.left->span);
    tell_word(scope.draft, place(scope, it.right->span), "check.unknown-state",
              "of an action only `is advised` can be asked", written(scope, it.right->span),
              {"advised"}, "write " + quoted(name + " is advised"));
    return nullptr;
  }
  if (action.broken) return nullptr;
  return maybe_negated(scope, whole, it.relation == ast::Relation::not_equal, plain(Kind::truth),
                       AdvisedTest{static_cast<ActionId>(action.index)});
}

struct Pair {
  ExpressionPtr left, right;
  bool right_is_second = true;
};

/// Types two values that stand beside each other, the surer first: it says what the other's words
/// mean.
Pair infer_pair(Scope const& scope, ast::Expression const& left, ast::Expression const& right) {
  auto const& draft = scope.draft;
  auto const left_first = sureness_of(draft, left) >= sureness_of(draft, right);
  auto const& one = left_first ? left : right;
  auto const& two = left_first ? right : left;
  auto const first = infer(scope, one);
  ExpressionPtr second;
  if (first)
    second = infer(scope, two, &first->type);
  else if (sureness_of(draft, two) == Sureness::sure)
    second = infer(scope, two);
  return left_first ? Pair{first, second, true} : Pair{second, first, false};
}

void tell_unlike(Scope const& scope, ExpressionPtr const& left, ExpressionPtr const& right,
                 Place where) {
  auto const either = [&](Kind one, Kind other) {
    return (left->type.kind == one && right->type.kind == other) ||
           (left->type.kind == other && right->type.kind == one);
  };
  if (either(Kind::date, Kind::time)) return tell_date_beside_time(scope, left, right);
  auto const& other = where == right->where ? left : right;
  auto const& told = where == right->where ? right : left;
  auto help = std::string{"compare values of one kind"};
  if (auto const sample = sample_of(other->type); !sample.empty())
    help = "write " + words(other->type) + ", such as " + quoted(sample);
  if (currencies_differ(left->type, right->type)) help += "; Heed knows no exchange rates";
  if (other->type.kind == Kind::date && told->type.kind == Kind::duration)
    help += "; or count the days: " + quoted("days from " + other->text + " to today > 2");
  if (either(Kind::money, Kind::whole) || either(Kind::money, Kind::number))
    help = "name the currency, as in `100 ILS`";
  if (either(Kind::duration, Kind::whole) || either(Kind::duration, Kind::number))
    help = "name the unit, as in `3 days`";
  if (either(Kind::set, Kind::text) || either(Kind::set, Kind::choice))
    help = "ask whether the set contains it: " + quoted(other->text + " contains …");
  tell(scope.draft, where,
       currencies_differ(left->type, right->type) ? "check.currencies" : "check.mismatch",
       quoted(told->text) + " is " + words(told->type) + ", but " + quoted(other->text) + " is " +
           words(other->type),
       std::move(help));
}

bool can_order(Scope const& scope, ExpressionPtr const& left, ExpressionPtr const& right,
               Place where) {
  if (is_measured(left->type) && is_measured(right->type)) return true;
  auto const& type = is_measured(left->type) ? right->type : left->type;
  auto help = "ask `is` or `is not` of it";
  if (type.kind == Kind::choice)
    help = "put its values in order where they are declared, with `<` between them";
  tell(scope.draft, where, "check.not-ordered",
       "the values of " + quoted(words(type)) + " have no order", help);
  return false;
}

/// What stands beside the time since an event is counted back from now, so it may be any length.
bool counts_from_now(Draft const& draft, Expression const& expression) {
  if (auto const* define = std::get_if<DefineValue>(&expression.form)) {
    auto const& value = draft.policy.defines[index(define->define)].value;
    return value && counts_from_now(draft, *value);
  }
  return std::holds_alternative<TimeSince>(expression.form);
}

}  // namespace

void tell_date_beside_time(Scope const& scope, ExpressionPtr const& left,
                           ExpressionPtr const& right) {
  auto const& time = left->type.kind == Kind::time ? left : right;
  auto const day = time->text == "now" ? "today" : "date of " + time->text;
  tell(scope.draft, time->where, "check.date-beside-time",
       quoted(time->text) + " is a time and stands beside a date", "write " + quoted(day), day);
}

ExpressionPtr compare(Scope const& scope, ast::Relation relation, ExpressionPtr const& left,
                      ExpressionPtr const& right, Place where, std::string text) {
  if (!left || !right) return nullptr;
  if (!unite(left->type, right->type)) {
    tell_unlike(scope, left, right, where);
    return nullptr;
  }
  if (left->type.kind == Kind::set) {
    tell(scope.draft, where, "check.not-ordered", "two sets cannot be compared",
         "ask what a set contains: " + quoted(left->text + " contains …"));
    return nullptr;
  }
  if (!is_equality(relation) && !can_order(scope, left, right, where)) return nullptr;
  bool const from_now = counts_from_now(scope.draft, *left) || counts_from_now(scope.draft, *right);
  if (!from_now && !check_clocks(scope, left, right, where)) return nullptr;
  auto const at = Place{left->where.file,
                        {std::min(left->where.span.begin, right->where.span.begin),
                         std::max(left->where.span.end, right->where.span.end)}};
  return make_with_text(at, plain(Kind::truth), Comparison{relation_of(relation), left, right},
                        std::move(text));
}

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::Compare const& it, Hint) {
  if (auto const* symbol = find_symbol(scope.draft, *it.left)) {
    if (symbol->kind == SymbolKind::need) return compare_need(scope, whole, it, *symbol);
    if (symbol->kind == SymbolKind::action) return compare_action(scope, whole, it, *symbol);
  }
  auto const negated = it.relation == ast::Relation::not_equal;
  if (is_equality(it.relation) && is_none(*it.right))
    return none_test(scope, whole, *it.left, negated);
  if (is_equality(it.relation) && is_none(*it.left))
    return none_test(scope, whole, *it.right, negated);
  auto const pair = infer_pair(scope, *it.left, *it.right);
  auto const& second = pair.right_is_second ? it.right : it.left;
  auto const compared =
      compare(scope, it.relation, pair.left, pair.right, place(scope, second->span),
              negated ? positive_text(whole) : text_of(whole));
  return negated ? negate(compared, place(scope, whole.span), text_of(whole)) : compared;
}

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::IsAtLeast const& it, Hint) {
  auto const* symbol = find_symbol(scope.draft, *it.left);
  if (symbol && symbol->kind == SymbolKind::need) {
    auto const state = find_state(scope, written(scope, it.right->span), it.right->span);
    if (!state || symbol->broken) return nullptr;
    return maybe_negated(scope, whole, it.negated, plain(Kind::truth),
                         NeedTest{static_cast<NeedId>(symbol->index), true, *state});
  }
  if (symbol && symbol->broken) return nullptr;
  auto const left = written(scope, it.left->span);
  if (!symbol && !infer(scope, *it.left)) return nullptr;
  tell(scope.draft, place(scope, it.left->span), "check.wrong-name",
       quoted(left) + " is no need, and `is at least` is said of needs",
       "write " + quoted(left + " >= " + written(scope, it.right->span)));
  return nullptr;
}

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::IsOneOf const& it, Hint) {
  auto const* symbol = find_symbol(scope.draft, *it.subject);
  if (symbol && symbol->kind == SymbolKind::need) return need_membership(scope, whole, *symbol, it);
  auto const subject = infer(scope, *it.subject);
  if (!subject) return nullptr;
  std::vector<ExpressionPtr> values;
  for (auto const& written_value : it.values) {
    if (is_none(*written_value)) {
      tell(scope.draft, place(scope, written_value->span), "check.never-none",
           "`none` cannot stand in this list", "write `… is none or (… is one of …)`");
      continue;
    }
    auto const value = infer(scope, *written_value, &subject->type);
    if (value &&
        compare(scope, ast::Relation::equal, subject, value, place(scope, written_value->span), {}))
      values.push_back(value);
  }
  if (values.size() != it.values.size()) return nullptr;
  return maybe_negated(scope, whole, it.negated, plain(Kind::truth), Membership{subject, values});
}

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::IsKnown const& it, Hint) {
  auto const subject = infer(scope, *it.subject);
  if (!subject) return nullptr;
  return maybe_negated(scope, whole, it.unknown, plain(Kind::truth), KnownTest{subject});
}

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::IsNone const& it, Hint) {
  return none_test(scope, whole, *it.subject, it.negated);
}

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::Contains const& it, Hint) {
  auto const subject = infer(scope, *it.subject);
  if (!subject) return nullptr;
  if (subject->type.kind != Kind::set) {
    auto help = std::string{"compare it with `is`"};
    if (subject->type.kind == Kind::text)
      help = "look for words in a text: declare them as `phrases blame`, and write " +
             quoted(subject->text + " mentions blame");
    if (subject->type.kind == Kind::list)
      help = "ask of its items: " + quoted("any one in " + subject->text + " has (…)");
    tell(scope.draft, place(scope, it.subject->span), "check.not-a-set",
         quoted(subject->text) + " is " + words(subject->type) + ", and only a set contains",
         std::move(help));
    return nullptr;
  }
  auto element = subject->type;
  element.kind = element.element;
  auto const item =
      check_value(scope, *it.item, {element, "what " + quoted(subject->text) + " contains"});
  if (!item) return nullptr;
  return make(scope, whole, plain(Kind::truth), Containment{subject, item});
}

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::Mentions const& it, Hint) {
  auto const subject = infer(scope, *it.subject);
  auto const* phrases = find_symbol(scope, it.phrases, SymbolKind::phrases);
  if (!subject) return nullptr;
  if (!std::holds_alternative<FactValue>(subject->form) || subject->type.kind != Kind::text) {
    tell(scope.draft, place(scope, it.subject->span), "check.not-a-text-fact",
         quoted(subject->text) + " is not a text fact, and phrases are looked for in those",
         std::holds_alternative<ItemField>(subject->form)
             ? "fields of items are compared, not searched for phrases"
             : "name a fact that is declared `text`");
    return nullptr;
  }
  if (!phrases) return nullptr;
  return make(scope, whole, plain(Kind::truth),
              Mention{subject, static_cast<PhrasesId>(phrases->index)});
}

}  // namespace heed::check
