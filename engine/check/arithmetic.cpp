#include "engine/base/expected.hpp"
#include "engine/check/calendars.hpp"
#include "engine/check/forms.hpp"
#include "engine/check/tell.hpp"

/// Computing.
namespace heed::check {

namespace {

bool is_moment(Kind kind) {
  return kind == Kind::date || kind == Kind::time;
}

/// Numbers, money or durations: what can be added to its like.
bool is_amount(Kind kind) {
  return is_numeric(kind) || kind == Kind::money || kind == Kind::duration;
}

std::optional<Type> sum_type(Type const& left, Type const& right, bool subtract) {
  if (is_moment(left.kind) && right.kind == Kind::duration) return plain(left.kind);
  if (!subtract && left.kind == Kind::duration && is_moment(right.kind)) return plain(right.kind);
  if (subtract && is_moment(left.kind) && left.kind == right.kind) return plain(Kind::duration);
  if (!is_amount(left.kind)) return std::nullopt;
  return unite(left, right);
}

std::optional<Type> product_type(Type const& left, Type const& right) {
  if (is_numeric(left.kind) && is_numeric(right.kind)) return unite(left, right);
  if (is_amount(left.kind) && is_numeric(right.kind)) return left;
  if (is_numeric(left.kind) && is_amount(right.kind)) return right;
  return std::nullopt;
}

std::optional<Type> quotient_type(Type const& left, Type const& right) {
  if (is_numeric(left.kind) && is_numeric(right.kind)) return plain(Kind::number);
  if (is_amount(left.kind) && is_numeric(right.kind)) return left;
  if (is_amount(left.kind) && unite(left, right)) return plain(Kind::number);
  return std::nullopt;
}

std::optional<Type> result_type(Operator op, Type const& left, Type const& right) {
  switch (op) {
    case Operator::add:
      return sum_type(left, right, false);
    case Operator::subtract:
      return sum_type(left, right, true);
    case Operator::multiply:
      return product_type(left, right);
    case Operator::divide:
      return quotient_type(left, right);
  }
  return std::nullopt;
}

std::string_view verb(Operator op) {
  switch (op) {
    case Operator::add:
      return "added to";
    case Operator::subtract:
      return "taken from";
    case Operator::multiply:
      return "multiplied with";
    case Operator::divide:
      return "divided by";
  }
  return {};
}

void tell_no_result(Scope const& scope, ast::Arithmetic const& it, ExpressionPtr const& left,
                    ExpressionPtr const& right) {
  auto const either = [&](Kind one, Kind other) {
    return (left->type.kind == one && right->type.kind == other) ||
           (left->type.kind == other && right->type.kind == one);
  };
  auto const where = place(scope, it.right->span);
  if (either(Kind::date, Kind::time)) return tell_date_beside_time(scope, left, right);
  if (currencies_differ(left->type, right->type)) {
    tell(scope.draft, where, "check.currencies",
         quoted(right->text) + " is " + words(right->type) + ", but " + quoted(left->text) +
             " is " + words(left->type),
         "Heed knows no exchange rates: use one currency");
    return;
  }
  auto const turned = it.op == Operator::add || it.op == Operator::subtract;
  auto const& one = turned ? right : left;
  auto const& two = turned ? left : right;
  auto help = std::string{};
  if (either(Kind::money, Kind::whole) || either(Kind::money, Kind::number))
    help = "name the currency of the number, as in `100 ILS`";
  if (is_moment(left->type.kind) && is_numeric(right->type.kind))
    help = "name the unit, as in `3 days`";
  tell(scope.draft, where, "check.no-result",
       quoted(one->text) + ", " + words(one->type) + ", cannot be " + std::string{verb(it.op)} +
           " " + quoted(two->text) + ", " + words(two->type),
       std::move(help));
}

/// Money and durations stand on the left of a number, times on the left of a duration, so that
/// those who compute meet one order only.
bool stand_turned(Operator op, Type const& left, Type const& right) {
  if (op == Operator::multiply) return is_numeric(left.kind) && !is_numeric(right.kind);
  return op == Operator::add && left.kind == Kind::duration && is_moment(right.kind);
}

}  // namespace

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::Arithmetic const& it, Hint) {
  auto left = infer(scope, *it.left);
  auto right = infer(scope, *it.right);
  if (!left || !right) return nullptr;
  auto type = result_type(it.op, left->type, right->type);
  if (!type) {
    tell_no_result(scope, it, left, right);
    return nullptr;
  }
  auto const durations = left->type.kind == Kind::duration && right->type.kind == Kind::duration;
  if (durations && !check_clocks(scope, left, right, place(scope, it.right->span))) return nullptr;
  if (stand_turned(it.op, left->type, right->type)) std::swap(left, right);
  type->or_none = false;
  return make(scope, whole, *type, Arithmetic{it.op, left, right});
}

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::Negative const& it, Hint) {
  auto const operand = infer(scope, *it.operand);
  if (!operand) return nullptr;
  if (!is_amount(operand->type.kind)) {
    tell(scope.draft, place(scope, it.operand->span), "check.no-result",
         quoted(operand->text) + " is " + words(operand->type) + " and has no negative",
         "`-` stands before numbers, money and durations");
    return nullptr;
  }
  auto type = operand->type;
  type.or_none = false;
  return make(scope, whole, type, Negative{operand});
}

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::Extreme const& it, Hint) {
  std::vector<ExpressionPtr> parts;
  std::optional<Type> type;
  bool sound = true;
  for (auto const& written_part : it.parts) {
    auto const part = infer(scope, *written_part);
    sound = sound && part;
    if (!part) continue;
    if (!is_measured(part->type) || part->type.kind == Kind::choice) {
      tell(scope.draft, place(scope, written_part->span), "check.not-ordered",
           quoted(part->text) + " is " + words(part->type) + ", and has no place among sizes",
           "`smallest of` and `largest of` take numbers, money, durations, dates or times");
      sound = false;
      continue;
    }
    auto const both = type ? unite(*type, part->type) : part->type;
    if (!both) {
      tell_mismatch(scope, *written_part, part->type, {*type, "what stands before it"});
      sound = false;
      continue;
    }
    sound = sound && (parts.empty() || check_clocks(scope, parts.front(), part, part->where));
    type = both;
    parts.push_back(part);
  }
  if (!sound || !type) return nullptr;
  type->or_none = false;
  return make(scope, whole, *type, Extreme{it.largest, std::move(parts)});
}

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::DateOf const& it, Hint) {
  auto const time = infer(scope, *it.time);
  if (!time) return nullptr;
  if (time->type.kind == Kind::time) return make(scope, whole, plain(Kind::date), DateOf{time});
  tell(scope.draft, place(scope, it.time->span), "check.mismatch",
       quoted(time->text) + " is " + words(time->type) + ", and `date of` takes a time",
       time->type.kind == Kind::date ? "it is a date already: leave `date of` out"
                                     : "name a fact that is declared `time`");
  return nullptr;
}

ExpressionPtr infer_form(Scope const& scope, Written whole, ast::DaysBetween const& it, Hint) {
  auto const day = [&](ast::ExpressionPtr const& written_day) -> ExpressionPtr {
    auto const found = infer(scope, *written_day);
    if (!found || found->type.kind == Kind::date) return found;
    if (found->type.kind == Kind::time) {
      auto const text = found->text == "now" ? "today" : "date of " + found->text;
      tell(scope.draft, place(scope, written_day->span), "check.date-beside-time",
           quoted(found->text) + " is a time, and days are counted between dates",
           "write " + quoted(text), text);
    } else {
      tell_mismatch(scope, *written_day, found->type, {plain(Kind::date), "`days from … to …`"});
    }
    return nullptr;
  };
  auto const from = day(it.from);
  auto const to = day(it.to);
  if (!from || !to) return nullptr;
  return make(scope, whole, plain(Kind::whole), DaysBetween{from, to});
}

}  // namespace heed::check
