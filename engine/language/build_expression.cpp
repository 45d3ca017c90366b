#include <algorithm>

#include "engine/base/ensure.hpp"
#include "engine/base/limits.hpp"
#include "engine/language/build_parts.hpp"

namespace heed::language {
namespace {

Span across(ExpressionPtr const& left, Node const& right) {
  return {left->span.begin, right.span().end};
}

int two_digits(std::string_view text, std::size_t at) {
  return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

/// `2026-11-22T09:00`, then `:30`, then `Z` or `+02:00`: the first pass has seen to the form.
Made build_time(Building& building, Token const& token) {
  auto const text = token.text;
  TimeLiteral time;
  time.date = date_of(building, token).value_or(Date{});
  int const hour = two_digits(text, 11), minute = two_digits(text, 14);
  std::size_t at = 16;
  int second = 0;
  if (at < text.size() && text[at] == ':') {
    second = two_digits(text, at + 1);
    at += 3;
  }
  bool valid = hour < 24 && minute < 60 && second < 60;
  if (at < text.size()) {
    time.offset_minutes = 0;
    if (text[at] != 'Z') {
      int const hours = two_digits(text, at + 1), minutes = two_digits(text, at + 4);
      valid = valid && hours < 24 && minutes < 60;
      time.offset_minutes = (text[at] == '-' ? -1 : 1) * (hours * 60 + minutes);
    }
  }
  time.second_of_day = hour * 3600 + minute * 60 + second;
  if (!valid)
    building.tell(token.span, "parse.date", "there is no time `" + std::string{text} + "`",
                  "hours go from 00 to 23, minutes and seconds from 00 to 59");
  return make(token.span, time);
}

Made build_leaf(Building& building, Node const& node) {
  Token const& token = *node.first;
  switch (token.kind) {
    case TokenKind::text:
      return make(token.span, TextLiteral{std::string{token.text}});
    case TokenKind::percent:
    case TokenKind::number:
      return make(token.span, number_of(node));
    case TokenKind::date:
      return make(token.span, DateLiteral{date_of(building, token).value_or(Date{})});
    case TokenKind::time:
      return build_time(building, token);
    default:
      return make(token.span, Reference{.name = std::string{token.text}, .quoted = false});
  }
}

Made build_flag(Node const& node) {
  auto const word = node.text();
  if (word == "yes" || word == "no") return make(node.span(), TruthLiteral{word == "yes"});
  if (word == "now") return make(node.span(), Now{});
  if (word == "today") return make(node.span(), Today{});
  return make(node.span(), NoneLiteral{});
}

DurationLiteral::Unit unit_of(std::string_view word) {
  using Unit = DurationLiteral::Unit;
  if (word.starts_with("second")) return Unit::second;
  if (word.starts_with("minute")) return Unit::minute;
  if (word.starts_with("hour")) return Unit::hour;
  if (word.starts_with("day")) return Unit::day;
  if (word.starts_with("week")) return Unit::week;
  return word.starts_with("month") ? Unit::month : Unit::year;
}

/// `12`, `4 working hours`, `200 ILS`.
Made build_quantity(Node const& node) {
  Node const& number = node.parts.at(0);
  if (node.parts.size() == 1) return make(node.span(), number_of(number));
  bool const working = node.parts.size() > 2;
  Node const& measure = node.parts.at(working ? 2 : 1);
  std::string const digits{number.text()};
  bool const is_money = measure.text()[0] >= 'A' && measure.text()[0] <= 'Z';
  if (is_money) return make(node.span(), MoneyLiteral{digits, name_of(measure)});
  DurationLiteral duration{digits, unit_of(measure.text()), working, std::nullopt};
  if (node.parts.size() > 3) duration.calendar = name_of(node.parts[3]);
  return make(node.span(), std::move(duration));
}

Made build_negative(Building& building, Node const& node) {
  Made built = inner_expression_of(building, node.parts.back());
  for (std::size_t sign = node.parts.size() - 1; sign-- > 0;)
    built = make({node.parts[sign].span().begin, node.span().end}, Negative{built});
  return built;
}

Made build_bracket(Building& building, Node const& node) {
  Made built = inner_expression_of(building, node.parts.at(0));
  built->bracketed = true;
  if (node.parts.size() > 1) {
    Token const& comma = *node.parts[0].last;
    building.tell(comma.span, "parse.expected", "expected `)`, found `,`",
                  "a list in brackets stands behind `is one of`, `smallest of`, `largest of` and "
                  "`at least 2 of`");
  }
  return built;
}

Made build_arithmetic(Building& building, Node const& node) {
  Made built = inner_expression_of(building, node.parts.at(0));
  for (std::size_t at = 1; at + 1 < node.parts.size(); at += 2) {
    auto const sign = node.parts[at].text()[0];
    auto const op = sign == '+'   ? Operator::add
                    : sign == '-' ? Operator::subtract
                    : sign == '*' ? Operator::multiply
                                  : Operator::divide;
    Node const& right = node.parts[at + 1];
    built = make(across(built, right), Arithmetic{op, built, inner_expression_of(building, right)});
  }
  return built;
}

Made build_is(Building& building, Span span, ExpressionPtr left, Node const& node) {
  bool const negated = node.parts.size() > 1;
  Node const& what = node.parts.back();
  switch (what.kind) {
    case Kind::is_known:
      return make(span, IsKnown{left, negated});
    case Kind::is_unknown:
      return make(span, IsKnown{left, !negated});
    case Kind::is_none:
      return make(span, IsNone{left, negated});
    case Kind::one_of: {
      bool const in_brackets = what.parts.size() == 1 && what.parts[0].kind == Kind::bracket;
      return make(span,
                  IsOneOf{left, inner_expressions_of(building, in_brackets ? what.parts[0] : what),
                          negated});
    }
    case Kind::at_least:
      return make(span, IsAtLeast{left, inner_expression_of(building, what.parts.at(0)), negated});
    default:
      break;
  }
  auto const relation = negated ? Relation::not_equal : Relation::equal;
  return make(span, Compare{relation, left, inner_expression_of(building, what)});
}

Made build_comparison(Building& building, Node const& node) {
  ExpressionPtr left = inner_expression_of(building, node.parts.at(0));
  Node const& behind = node.parts.at(1);
  switch (behind.kind) {
    case Kind::is:
      return build_is(building, node.span(), left, behind);
    case Kind::contains:
      return make(node.span(), Contains{left, inner_expression_of(building, behind.parts.at(0))});
    case Kind::mentions:
      return make(node.span(), Mentions{left, name_of(behind.parts.at(0))});
    default:
      break;
  }
  auto const relation = relation_of(behind.parts.at(0).text());
  return make(node.span(),
              Compare{relation, left, inner_expression_of(building, behind.parts.at(1))});
}

Made build_prefixed(Building& building, Node const& node) {
  Made built = inner_expression_of(building, node.parts.back());
  for (std::size_t at = node.parts.size() - 1; at-- > 0;) {
    Span const span{node.parts[at].span().begin, node.span().end};
    auto const word = node.parts[at].text();
    if (word == "not")
      built = make(span, Not{built});
    else if (word == "possibly")
      built = make(span, Possibly{built});
    else
      built = make(span, Certainly{built});
  }
  return built;
}

enum class Joint { and_, or_, and_then };

Joint joint_of(Node const& flag) {
  if (flag.last - flag.first == 2) return Joint::and_then;
  return flag.text() == "or" ? Joint::or_ : Joint::and_;
}

/// The parts `first` to `last` of a chain, joined by one word alone.
Made build_joined(Building& building, Node const& node, std::size_t first, std::size_t last) {
  if (first == last) return inner_expression_of(building, node.parts[first]);
  std::vector<ExpressionPtr> parts;
  for (std::size_t at = first; at <= last; at += 2)
    parts.push_back(inner_expression_of(building, node.parts[at]));
  Span const span{node.parts[first].span().begin, node.parts[last].span().end};
  if (joint_of(node.parts[first + 1]) == Joint::or_) return make(span, AnyOf{std::move(parts)});
  return make(span, AllOf{std::move(parts)});
}

/// `and` or `and then` beside `or`: which of them belongs together only brackets can say.
void tell_mixture(Building& building, Node const& node) {
  auto const is_or = [&](std::size_t at) { return joint_of(node.parts[at]) == Joint::or_; };
  std::size_t turn = 3;
  while (turn < node.parts.size() && is_or(turn) == is_or(1)) turn += 2;
  if (turn >= node.parts.size()) return;
  std::size_t begin = is_or(turn) ? 0 : turn - 1, end = begin;
  while (end + 1 < node.parts.size() && !is_or(end + 1)) end += 2;
  Span const span{node.parts[begin].span().begin, node.parts[end].span().end};
  auto const bracketed =
      "(" + std::string{building.text.substr(span.begin, span.end - span.begin)} + ")";
  bool const is_short = bracketed.size() < 60 && bracketed.find('\n') == bracketed.npos;
  building.tell(span, "parse.and-or", "`and` and `or` stand beside each other without brackets",
                (is_short ? "write `" + bracketed + "`, or put brackets"
                          : std::string{"put brackets around this, or"}) +
                    " around the parts that `or` joins",
                bracketed);
}

Made build_logic(Building& building, Node const& node) {
  tell_mixture(building, node);
  Made built;
  std::size_t begin = 0;
  for (std::size_t at = 1; at <= node.parts.size(); at += 2) {
    bool const is_last = at == node.parts.size();
    if (!is_last && joint_of(node.parts[at]) != Joint::and_then) continue;
    Made part = build_joined(building, node, begin, at - 1);
    built = built ? make({built->span.begin, part->span.end}, AndThen{built, part}) : part;
    begin = at + 1;
  }
  return built;
}

Made build_conditional(Building& building, Node const& node) {
  Made built = inner_expression_of(building, node.parts.back());
  for (std::size_t at = node.parts.size() - 1; at >= 2; at -= 2) {
    Made condition = inner_expression_of(building, node.parts[at - 1]);
    Made value = inner_expression_of(building, node.parts[at - 2]);
    Span const span{value->span.begin, node.span().end};
    built = make(span, Conditional{value, condition, built});
  }
  return built;
}

/// How deep the tree of the node's expression can be: a chain of signs is a tree as deep as it is
/// long, one of `and` is flat.
std::size_t depth_of(Node const& node) {
  std::size_t deepest = 0;
  for (Node const& part : node.parts) deepest = std::max(deepest, depth_of(part));
  switch (node.kind) {
    case Kind::product:
    case Kind::sum:
    case Kind::conditional:
      return deepest + node.parts.size() / 2;
    case Kind::negative:
    case Kind::prefixed:
      return deepest + node.parts.size();
    case Kind::logic:
      return deepest + 1 + static_cast<std::size_t>(std::ranges::count_if(node.parts, [](auto& p) {
               return p.kind == Kind::flag && joint_of(p) == Joint::and_then;
             }));
    default:
      return deepest + 1;
  }
}

}  // namespace

Made inner_expression_of(Building& building, Node const& node) {
  switch (node.kind) {
    case Kind::leaf:
      return build_leaf(building, node);
    case Kind::flag:
      return build_flag(node);
    case Kind::quantity:
      return build_quantity(node);
    case Kind::negative:
      return build_negative(building, node);
    case Kind::bracket:
      return build_bracket(building, node);
    case Kind::product:
    case Kind::sum:
      return build_arithmetic(building, node);
    case Kind::comparison:
      return build_comparison(building, node);
    case Kind::prefixed:
      return build_prefixed(building, node);
    case Kind::logic:
      return build_logic(building, node);
    case Kind::conditional:
      return build_conditional(building, node);
    default:
      return special_expression_of(building, node);
  }
}

std::vector<ExpressionPtr> inner_expressions_of(Building& building, Node const& node,
                                                std::size_t skipped) {
  std::vector<ExpressionPtr> built;
  for (std::size_t at = skipped; at < node.parts.size(); ++at)
    built.push_back(inner_expression_of(building, node.parts[at]));
  return built;
}

ExpressionPtr expression_of(Building& building, Node const& node) {
  if (depth_of(node) <= static_cast<std::size_t>(limits::syntax_depth_max))
    return inner_expression_of(building, node);
  building.tell(
      node.span(), "parse.too-deep",
      "more than " + std::to_string(limits::syntax_depth_max) + " operations within each other",
      "give a part of it a name of its own with `define`");
  return make(node.span(), NoneLiteral{});
}

ExpressionPtr expression_behind(Building& building, Node const& node, Kind kind) {
  Node const* part = only(building, node, kind);
  return part ? expression_of(building, part->parts.at(0)) : nullptr;
}

NumberLiteral number_of(Node const& leaf) {
  return {std::string{leaf.text()}, leaf.first->kind == TokenKind::percent, leaf.span()};
}

Relation relation_of(std::string_view sign) {
  if (sign == "<") return Relation::less;
  if (sign == "<=") return Relation::at_most;
  return sign == ">" ? Relation::greater : Relation::at_least;
}

Value value_of(Building& building, Node const& values) {
  Value value{.span = values.span(), .form = Unknown{}};
  if (values.find(Kind::unknown)) return value;
  std::vector<ExpressionPtr> built;
  for (Node const& part : values.parts) built.push_back(expression_of(building, part));
  if (built.size() == 1)
    value.form = built[0];
  else
    value.form = std::move(built);
  return value;
}

}  // namespace heed::language
