#include <gtest/gtest.h>

#include "engine/language/dump.hpp"
#include "engine/language/parse.hpp"
#include "engine/language/write.hpp"

namespace heed::language {
namespace {

/// The value of `define d as TEXT`; null where it has a mistake.
ExpressionPtr parse_expression(std::string const& text) {
  auto const parsed = parse(FileId{}, "define d as " + text);
  if (parsed.document.declarations.size() != 1) return nullptr;
  auto const* define = std::get_if<Define>(&parsed.document.declarations[0].form);
  return define ? define->value : nullptr;
}

struct Case {
  std::string_view text;
  std::string_view tree;
};

constexpr Case literals_and_conditions[] = {
    // literals
    {"12", "12"},
    {"0.5", "0.5"},
    {"15%", "15%"},
    {"200 ILS", "(money 200 ILS)"},
    {"4 hours", "(duration 4 #2)"},
    {"1 working day", "(duration 1 #3 working)"},
    {"4 working hours in office", "(duration 4 #2 working office)"},
    {"now + 4 working hours in office - 1 hour",
     "(- (+ now! (duration 4 #2 working office)) (duration 1 #2))"},
    {"3 months", "(duration 3 #5)"},
    {"2026-11-22", "2026-11-22"},
    {"2026-11-22T09:00+02:00", "(time 2026-11-22 32400 120)"},
    {"2026-11-22T09:00:30Z", "(time 2026-11-22 32430 0)"},
    {"2026-11-22T09:00", "(time 2026-11-22 32400)"},
    {R"("a \"b\" \\ \n")", "\"a \\\"b\\\" \\\\ \\n\""},
    {"yes", "yes!"},
    {"none", "none!"},
    {"-5", "(negative 5)"},
    // names
    {"customer.tier", "customer.tier"},
    {"customer.when.is", "customer.when.is"},
    {"count", "count"},
    {"date", "date"},
    {"מע\"מ", "מע\"מ"},
    {"\"מע\"מ\"", "\"מע\"מ\""},
    {"e\u0301t\u00e9", "\u00e9t\u00e9"},
    // conditions
    {"a is b", "(is a b)"},
    {"a is not b", "(is not a b)"},
    {"a >= 3 days", "(>= a (duration 3 #3))"},
    {"a is one of b, c", "(is-one-of a [b c])"},
    {"a is one of (b, c)", "(is-one-of a [b c])"},
    {"a is not one of b, \"c d\"", "(is-one-of a [b \"c d\"] not)"},
    {"a is known", "(is-known a)"},
    {"a is not known", "(is-unknown a)"},
    {"a is none", "(is-none a)"},
    {"a contains b", "(contains a b)"},
    {"a mentions b", "(mentions a b)"},
    {"a and b and c", "(and [a b c])"},
    {"a or b", "(or [a b])"},
    {"a is gold or silver", "(or [(is a gold) silver])"},
    {"a and (b or c)", "(and [a {(or [b c])}])"},
    {"a and then b and c", "(and-then a (and [b c]))"},
    {"a and then b and then c", "(and-then (and-then a b) c)"},
    {"not a", "(not a)"},
    {"not possibly a is b", "(not (possibly (is a b)))"},
    {"certainly a", "(certainly a)"},
    {"at least 2 of (a, b > 1, c is one of (d, e))",
     "(at-least-of 2 [a (> b 1) (is-one-of c [d e])])"},
    {"a\n  and b\n\n  # why\n  and c", "(and [a b c])"},
    {"(a\n  or\n  b)", "{(or [a b])}"},
};

constexpr Case values_and_more[] = {
    // values
    {"a + b * c - d", "(- (+ a (* b c)) d)"},
    {"a if b, otherwise c if d, otherwise e", "(if b a (if d c e))"},
    {"now - case.promised_on > 2 days", "(> (- now! case.promised_on) (duration 2 #3))"},
    {"date of case.check_in is today", "(is (date-of case.check_in) today!)"},
    {"days from policy.cancelled_on to today <= 15", "(<= (days policy.cancelled_on today!) 15)"},
    {"smallest of (a, b)", "(smallest [a b])"},
    {"largest of (a, b + 1)", "(largest [a (+ b 1)])"},
    // needs, scores, actions
    {"respect is violated", "(is respect violated)"},
    {"respect is at least threatened", "(is-at-least respect threatened)"},
    {"severity of respect >= 3", "(>= (severity-of respect) 3)"},
    {"any psychological need is violated", "(any-need #2 - violated)"},
    {"every need is at least threatened", "(every-need #0 at-least threatened)"},
    {"count of functional needs violated >= 2", "(>= (count-needs #1 - violated) 2)"},
    {"refund is advised", "(is refund advised)"},
    {"refund.amount > 500 ILS", "(> refund.amount (money 500 ILS))"},
    // lists and history
    {"any item in order.items has (price > 100 ILS and not delivered)",
     "(any-item item order.items (and [(> price (money 100 ILS)) (not delivered)]))"},
    {"every item in order.items has (item.price > 1)",
     "(every-item item order.items (> item.price 1))"},
    {"count of order.items where (delivered)", "(aggregate #0 - order.items delivered)"},
    {"sum of price in order.items", "(aggregate #1 price order.items)"},
    {"largest of (price * 2) in order.items where (a)",
     "(aggregate #3 {(* price 2)} order.items a)"},
    {"count of contact in last 12 months where (channel is phone)",
     "(count-events contact (duration 12 #5) - (is channel phone))"},
    {"any contact in last 7 days", "(any-event contact (duration 7 #3))"},
    {"time since last contact > 3 days", "(> (time-since contact) (duration 3 #3))"},
    {"count of fault in last 30 days across customers where (product is case.product) >= 5",
     "(>= (count-events fault (duration 30 #3) across (is product case.product)) 5)"},
};

/// Reads the text, and what is written of it, as the tree.
void expect_tree(Case const& one) {
  auto const expression = parse_expression(std::string{one.text});
  ASSERT_TRUE(expression) << one.text;
  EXPECT_EQ(dump(*expression), one.tree) << one.text;
  auto const again = parse_expression(written(*expression));
  ASSERT_TRUE(again) << written(*expression);
  EXPECT_EQ(dump(*again), one.tree) << written(*expression);
}

TEST(Expressions, are_read_as_they_are_written_and_written_as_they_are_read) {
  for (auto const& one : literals_and_conditions) expect_tree(one);
  for (auto const& one : values_and_more) expect_tree(one);
}

TEST(Expressions, are_written_on_one_line_without_brackets_around_the_whole) {
  EXPECT_EQ(to_text(*parse_expression("((a\n or b)\n and   c)")), "(a or b) and c");
  EXPECT_EQ(to_text(*parse_expression("at least 1 of (x is one of (a, b), c)")),
            "at least 1 of (x is one of (a, b), c)");
  EXPECT_EQ(to_text(*parse_expression("x is one of (a, b)")), "x is one of a, b");
  EXPECT_EQ(to_text(*parse_expression("1 days")), "1 day");
}

TEST(Expressions, know_where_they_stand) {
  auto const expression = parse_expression("aa is (bb)");
  auto const& compare = std::get<Compare>(expression->form);
  EXPECT_EQ(expression->span, (Span{12, 22}));
  EXPECT_EQ(compare.left->span, (Span{12, 14}));
  EXPECT_EQ(compare.right->span, (Span{19, 21}));
}

}  // namespace
}  // namespace heed::language
