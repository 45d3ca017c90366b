#include <gtest/gtest.h>

#include "engine/language/compare.hpp"
#include "engine/language/dump.hpp"
#include "engine/language/format.hpp"
#include "engine/language/parse.hpp"

namespace heed::language {
namespace {

struct Case {
  std::string_view text;
  std::string_view tree;
};

/// Reads the text, and the canonical shape of it, as the tree.
void expect_tree(Case const& one) {
  auto const parsed = parse(FileId{}, one.text);
  for (auto const& diagnostic : parsed.diagnostics)
    ADD_FAILURE() << one.text << ": " << diagnostic.message;
  EXPECT_EQ(dump(parsed.document), std::string{one.tree} + "\n") << one.text;
  auto const shaped = format(parsed.document, one.text);
  auto const again = parse(FileId{}, shaped);
  EXPECT_TRUE(again.diagnostics.empty()) << shaped;
  EXPECT_TRUE(same_meaning(parsed.document, again.document)) << shaped;
  EXPECT_EQ(format(again.document, shaped), shaped);
}

constexpr Case facts[] = {
    {"fact a.b is yes or no", "(fact a.b (type #0))"},
    {"fact a.b is whole number", "(fact a.b (type #1))"},
    {"fact a.b is number", "(fact a.b (type #2))"},
    {"fact a.b is money", "(fact a.b (type #3))"},
    {"fact a.b is money in USD", "(fact a.b (type #3 - - USD))"},
    {"fact a.b is money in USD cents", "(fact a.b (type #3 - - USD cents))"},
    {"fact a.b is duration", "(fact a.b (type #4))"},
    {"fact a.b is date", "(fact a.b (type #5))"},
    {"fact a.b is time", "(fact a.b (type #6))"},
    {"fact a.b is private text", "(fact a.b (type #7) private)"},
    {"fact a.b is public text", "(fact a.b (type #7) public)"},
    {"fact a.b is confidential number", "(fact a.b (type #2) - confidential)"},
    {"fact a.b is one of x < y < z", "(fact a.b (type #8 [x y z] ordered))"},
    {"fact a.b is one of x, \"on time\" or none",
     "(fact a.b (type #8 [x \"on time\"] - - - - - or-none))"},
    {"fact a.b is one of en, he, default he", "(fact a.b (type #8 [en he]) - - he)"},
    {"fact a.b is set of text", "(fact a.b (type #9 - - - - (type #7)))"},
    {"fact a.b is list of text", "(fact a.b (type #10 - - - - (type #7)))"},
    {"fact a.b is c.d", "(fact a.b (type #11 - - - - - c.d))"},
    {"fact a.b is list of\n  title is text\n  price is money\n  title en \"T\"",
     "(fact a.b (type #10) - - - [en:\"T\"] - [(field title (type #7)) (field price (type #3))])"},
    {"fact a.b is text\n  title en \"A\"  he \"ב\"\n  ask en \"B?\"\n      he \"ג?\"",
     "(fact a.b (type #7) - - - [en:\"A\" he:\"ב\"] [en:\"B?\" he:\"ג?\"])"},
};

constexpr Case vocabulary[] = {
    {"policy p \"P\"\n  languages en, he\n  zone \"Asia/Jerusalem\"",
     "(policy p [\"P\"] [en he] \"Asia/Jerusalem\")"},
    {"parameter p is 200 ILS\n  source \"our default\"",
     "(parameter p - (money 200 ILS) \"our default\")"},
    {"parameter p is 15%\n  source S001-25", "(parameter p - 15% \"S001-25\")"},
    {"need functional a \"A\"", "(need a - [\"A\"])"},
    {"need psychological a\n  weight 5\n  title en \"A\"", "(need a psychological [en:\"A\"] 5)"},
    {"role a \"A\"", "(role a [\"A\"])"},
    {"role a above b", "(role a - b)"},
    {"phase a, b,\n  c", "(phase [a b c])"},
    {"action a \"A\"\n  phase p\n  takes m is money, largest\n  takes n is text\n  requires x.y "
     "and z\n"
     "  internal to w",
     "(action a [\"A\"] p [(field m (type #3) largest) (field n (type #7))] (and [x.y z]) w)"},
    {"answer a.b is one of x < y, largest, default y",
     "(answer a.b - (type #8 [x y] ordered) - largest y)"},
    {"answer a.b is set of text", "(answer a.b - (type #9 - - - - (type #7)))"},
    {"answer a.b as c", "(answer a.b - - c)"},
    {"score s \"S\" from -10 to 100", "(score s [\"S\"] (negative 10) 100)"},
    {"define d as a", "(define d - - a)"},
    {"define d \"D\" is one of x < y as (x if a, otherwise y)",
     "(define d [\"D\"] (type #8 [x y] ordered) {(if a x y)})"},
    {"phrases p \"P\"\n  en \"a\", \"b\"\n  except he \"ג\"",
     "(phrases p [\"P\"] [(line en [\"a\" \"b\"]) (except he [\"ג\"])])"},
    {"script s\n  en \"{a.b}, hello\"\n  he \"שלום\"",
     "(script s - [en:\"{a.b}, hello\" he:\"שלום\"])"},
    {"event e\n  channel is one of phone, web",
     "(event e - [(field channel (type #8 [phone web]))])"},
    {"event e", "(event e)"},
    {"source s \"S\"\n  subject from \"/a\"\n  now from \"/b\"\n"
     "  a.b from \"/c\" where \"x\" is y, \"z\" is unknown",
     "(source s [\"S\"] [(line subject \"/a\") (line now \"/b\") "
     "(line a.b \"/c\" [(maps \"x\" y) (maps \"z\" unknown)])])"},
    {"authority a.b\n  r up to 200 ILS\n  r up to 1000 ILS when c.d is e\n  s unlimited",
     "(authority a.b [(line r (money 200 ILS)) (line r (money 1000 ILS) (is c.d e)) (line s)])"},
    {"calendar c\n  zone \"Asia/Jerusalem\"\n  open sunday to thursday 09:00 to 18:00\n"
     "  open friday, saturday 09:00 to 13:00\n  closed 2026-09-12 \"Rosh Hashanah\", purim",
     "(calendar c - \"Asia/Jerusalem\" [(open [sunday thursday] range \"09:00\" \"18:00\") "
     "(open [friday saturday] - \"09:00\" \"13:00\")] "
     "[(closed 2026-09-12 [\"Rosh Hashanah\"]) (closed purim)])"},
    {"calendar c\n  open friday 09:00 to 13:00\n  closed eve of pesach \"Eve\", eve",
     "(calendar c - - [(open [friday] - \"09:00\" \"13:00\")] "
     "[(closed pesach [\"Eve\"] eve) (closed eve)])"},
    {"table t gives money\n  hit first\n  a.b | c | r\n  x or y | 1 day up to 3 days | 1 ILS\n"
     "  - | >= 3 days | c * 2",
     "(table t - (type #3) - #0 - [a.b c r] "
     "[[(values [x y]) (up-to (duration 1 #3) (duration 3 #3)) (values [(money 1 ILS)])] "
     "[* (>= (duration 3 #3)) (whole (* c 2))]])"},
    {"table t gives a is number, b is one of x, y, c is text\n  from \"t.csv\"\n  hit collect sum",
     "(table t - - [(field a (type #2)) (field b (type #8 [x y])) (field c (type #7))] #4 "
     "\"t.csv\")"},
    {"table t gives number\n  when | r\n  a or b | 50%\n  - | -1",
     "(table t - (type #2) - - - [when r] "
     "[[(whole (or [a b])) (values [50%])] [* (values [(negative 1)])]])"},
    {"guarantee g\n  whenever respect is violated\n  always escalated to at least lead",
     "(guarantee g)"},
    {"guarantee g\n  never do a without do b", "(guarantee g)"},
    {"guarantee g\n  changing a.b never changes needs, escalation", "(guarantee g)"},
};

constexpr Case terms[] = {
    {"term warehouse \"The warehouse\"", "(term warehouse [\"The warehouse\"])"},
    {"term warehouse en \"the warehouse\" he \"המחסן\"",
     "(term warehouse [en:\"the warehouse\" he:\"המחסן\"])"},
    {"term ticket.priority.high\n  title en \"high\"  he \"גבוהה\"",
     "(term ticket.priority.high [en:\"high\" he:\"גבוהה\"])"},
    {"term \"on time\" en \"on time\"\n     he \"בזמן\"",
     "(term \"on time\" [en:\"on time\" he:\"בזמן\"])"},
    {"term en en \"English\"", "(term en [en:\"English\"])"},
};

/// The trees of consequences, each in a rule of its own.
constexpr Case consequences[] = {
    {"respect is violated, severity 4", "(write respect violated 4)"},
    {"do a", "(do a)"},
    {"do a m 50 ILS n (b + 1) by lead within 2 working hours",
     "(do a [(with m (money 50 ILS)) (with n {(+ b 1)})] lead "
     "(within (duration 2 #2 working)))"},
    {"do a m 125 hours 8", "(do a [(with m 125) (with hours 8)])"},
    {"do a m 125 days (b) within 2 hours",
     "(do a [(with m 125) (with days {b})] - (within (duration 2 #2)))"},
    {"do a m 125 hours n 8", "(do a [(with m (duration 125 #2)) (with n 8)])"},
    {"do a within 2 hours of now by lead", "(do a - lead (within (duration 2 #2) now!))"},
    {"do a, expires after 3 days", "(do a - - - (duration 3 #3))"},
    {"do a sku item.sku for each item in order.items where (not delivered)",
     "(do a [(with sku item.sku)] - - - (each item order.items (not delivered)))"},
    {"offer one of a m 50 ILS, b", "(offer [(do a [(with m (money 50 ILS))]) (do b)])"},
    {"say s", "(say s)"},
    {"say en \"A\" he \"ב\"", "(say - [en:\"A\" he:\"ב\"])"},
    {"ask a.b", "(ask a.b)"},
    {"escalate to a", "(escalate a)"},
    {"escalate to a within 4 hours of b.c,\n  then to d after 1 working day",
     "(escalate a (within (duration 4 #2) b.c) [(step d (duration 1 #3 working))])"},
    {"alert a within 1 hour", "(alert a (within (duration 1 #2)))"},
    {"add -5 to s", "(add (negative 5) s)"},
    {"add \"x y\" to a.b", "(add \"x y\" a.b)"},
    {"set a.b to (c if d, otherwise e)", "(set a.b {(if d c e)})"},
    {"record e f 1 g h", "(record e [(with f 1) (with g h)])"},
    {"check en \"A\" before close", "(check [en:\"A\"] close)"},
    {"forbid a", "(forbid a)"},
    {"forbid a, instead do b by lead", "(forbid a (do b - lead))"},
};

constexpr Case expectations[] = {
    {"a is b", "(is a b)"},
    {"not a", "(not a)"},
    {"no psychological need is violated", "(no (any-need #2 - violated))"},
    {"no need is at least threatened", "(no (any-need #0 at-least threatened))"},
    {"do a m 1 by lead", "(do a [(with m 1)] lead)"},
    {"not do a", "(no (do a))"},
    {"forbid a", "(forbid a)"},
    {"not offer a", "(no (offer a))"},
    {"no escalation", "(no (escalate))"},
    {"escalate to lead within 2 hours", "(escalate lead (within (duration 2 #2)))"},
    {"question a.b", "(question a.b)"},
    {"no question", "(no (question))"},
    {"no question a.b", "(no (question a.b))"},
    {"say s", "(say s)"},
    {"not alert r", "(no (alert r))"},
    {"record e", "(record e)"},
};

constexpr Case given[] = {
    {"a.b is c", "(is a.b c)"},
    {"a.b is \"x\", \"y\"", "(is a.b [\"x\" \"y\"])"},
    {"a.b is unknown", "(is a.b unknown)"},
    {"a.b is none", "(is a.b none!)"},
    {"order.items: sku \"a\", price 20 ILS",
     "(item order.items [(with sku \"a\") (with price (money 20 ILS))])"},
    {"contact 2 days ago channel phone", "(ago contact (duration 2 #3) [(with channel phone)])"},
    {"now is 2026-11-22T10:00+02:00", "(now-is (time 2026-11-22 36000 120))"},
};

TEST(Declarations, of_facts_are_read_as_they_are_written) {
  for (auto const& one : facts) expect_tree(one);
}

TEST(Declarations, of_vocabulary_are_read_as_they_are_written) {
  for (auto const& one : vocabulary) expect_tree(one);
}

TEST(Declarations, of_terms_stand_on_one_line_or_more) {
  for (auto const& one : terms) expect_tree(one);
  auto const shaped = [](std::string const& text) {
    return format(parse(FileId{}, text).document, text);
  };
  std::string const wide(80, 'x');
  EXPECT_EQ(shaped("term a\n  title en \"b\" he \"ב\"\n"), "term a en \"b\"  he \"ב\"\n");
  EXPECT_EQ(shaped("term a en \"" + wide + "\" he \"בבבב\""),
            "term a\n  title en \"" + wide + "\"\n        he \"בבבב\"\n");
}

TEST(Declarations, of_rules_take_every_consequence) {
  for (auto const& [text, tree] : consequences)
    expect_tree(
        {"rule r then " + std::string{text}, "(rule r - - - - - - [" + std::string{tree} + "])"});
}

TEST(Declarations, of_tests_take_every_expectation) {
  for (auto const& [text, tree] : expectations)
    expect_tree({"test \"t\"\n  expect " + std::string{text},
                 "(test \"t\" - [" + std::string{tree} + "])"});
}

TEST(Declarations, of_tests_take_everything_given) {
  for (auto const& [text, tree] : given)
    expect_tree({"test \"t\" given " + std::string{text} + "\n  expect a",
                 "(test \"t\" [" + std::string{tree} + "] [a])"});
}

TEST(Declarations, of_rules_have_their_attributes_in_any_order) {
  expect_tree(
      {"rule r \"R\"\n\tuntil 2026-12-31\n  overrides a, b\n source S001-25, \"row 3\"\n"
       "  from 2026-01-01\n      when a\n  and\n b\n  then do x\n then_ is violated\n"
       "  because en \"A\"\n he \"ב\"",
       "(rule r [\"R\"] [\"S001-25\" \"row 3\"] [a b] 2026-01-01 2026-12-31 (and [a b]) "
       "[(do x) (write then_ violated)] [en:\"A\" he:\"ב\"])"});
}

}  // namespace
}  // namespace heed::language
