#include "engine/language/parse.hpp"

#include <boost/spirit/home/x3.hpp>

#include "engine/base/limits.hpp"
#include "engine/language/build.hpp"
#include "engine/language/layout.hpp"
#include "engine/language/mistakes.hpp"
#include "engine/language/syntax.hpp"

// The grammar of the language, over the tokens of a block. It makes no values: every `node` becomes
// a Node of the tree that build.hpp turns into declarations, every `leaf` and `flag` a part of it,
// and words and signs alone leave nothing behind.

namespace heed::language {
namespace {

namespace x3 = boost::spirit::x3;
struct ReadingTag;

Reading& reading_of(auto const& context) {
  return x3::get<ReadingTag>(context).get();
}

// Single tokens.

/// A parser that asks the reading for what it takes.
template <class Take>
struct Taking : x3::parser<Taking<Take>> {
  using attribute_type = x3::unused_type;
  static bool const has_attribute = false;
  constexpr explicit Taking(Take take) : take_{take} {}

  template <class It, class Context, class RuleContext, class Attribute>
  bool parse(It& at, It const&, Context const& context, RuleContext&, Attribute&) const {
    return take_(reading_of(context), at);
  }

  Take take_;
};

using At = Reading::At;
enum class Keep { no, as_flag };

struct TakeWords {
  char const* phrase;
  Keep keep;
  bool operator()(Reading& reading, At& at) const {
    return reading.take_words(at, phrase, keep == Keep::as_flag);
  }
};
struct TakeSymbol {
  char const* symbol;
  Keep keep;
  bool operator()(Reading& reading, At& at) const {
    return reading.take_symbol(at, symbol, keep == Keep::as_flag);
  }
};
struct TakeLeaf {
  Leaf leaf;
  char const* what;
  bool operator()(Reading& reading, At& at) const { return reading.take_leaf(at, leaf, what); }
};
struct TakeLineEnd {
  bool operator()(Reading& reading, At& at) const { return reading.take_line_end(at); }
};
/// Nothing, but only where no list in brackets stands before it: `is one of (a, b)` is complete.
struct TakeNothing {
  bool operator()(Reading& reading, At&) const { return !reading.ends_with_list(); }
};
struct TakeEnd {
  bool operator()(Reading& reading, At& at) const { return reading.take_end(at); }
};

auto kw(char const* phrase) {
  return Taking{TakeWords{phrase, Keep::no}};
}
auto flag(char const* phrase) {
  return Taking{TakeWords{phrase, Keep::as_flag}};
}
auto sym(char const* symbol) {
  return Taking{TakeSymbol{symbol, Keep::no}};
}
auto sign(char const* symbol) {
  return Taking{TakeSymbol{symbol, Keep::as_flag}};
}
auto leaf(Leaf leaf, char const* what) {
  return Taking{TakeLeaf{leaf, what}};
}
Taking<TakeLineEnd> const eol{TakeLineEnd{}};
Taking<TakeEnd> const end{TakeEnd{}};
Taking<TakeNothing> const no_list{TakeNothing{}};

// What is done around a part of the grammar.

template <class Subject, class Around>
struct Wrapped : x3::unary_parser<Subject, Wrapped<Subject, Around>> {
  using base_type = x3::unary_parser<Subject, Wrapped<Subject, Around>>;
  using attribute_type = x3::unused_type;
  static bool const has_attribute = false;
  constexpr Wrapped(Subject const& part, Around around) : base_type{part}, around_{around} {}

  template <class It, class Context, class RuleContext, class Attribute>
  bool parse(It& at, It const& last, Context const& context, RuleContext& outer, Attribute&) const {
    auto const inner = [&] { return this->subject.parse(at, last, context, outer, x3::unused); };
    return around_(reading_of(context), at, inner);
  }

  Around around_;
};

struct MakeNode {
  Kind kind;
  bool only_several;
  bool operator()(Reading& reading, At& at, auto const& inner) const {
    At const first = reading.see(at);
    auto const mark = reading.mark(first);
    if (!inner()) return false;
    reading.wrap(mark, kind, first, at, only_several);
    return true;
  }
};
struct NamePart {
  char const* what;
  bool operator()(Reading& reading, At& at, auto const& inner) const {
    At const first = reading.see(at);
    At const before = reading.mute(first);
    bool const taken = inner();
    reading.unmute(before);
    return taken || reading.fail(first, what);
  }
};
struct FreeLines {
  bool operator()(Reading& reading, At&, auto const& inner) const {
    Reading::Free const free{reading};
    return inner();
  }
};
struct Quietly {
  bool operator()(Reading& reading, At&, auto const& inner) const {
    Reading::Quiet const quiet{reading};
    return inner();
  }
};
struct StopAt {
  char const* code;
  bool operator()(Reading& reading, At& at, auto const& inner) const {
    At const first = reading.see(at);
    if (Reading::Quiet const quiet{reading}; !inner()) return false;
    reading.stop(code, first, at);
    return false;
  }
};

template <class Around>
auto wrap(Around around, auto const& part) {
  auto const subject = x3::as_parser(part);
  return Wrapped<std::decay_t<decltype(subject)>, Around>{subject, around};
}
/// A node of what the part leaves behind.
auto node(Kind kind, auto const& part) {
  return wrap(MakeNode{kind, false}, part);
}
/// The same, but for a single part, which stays as it is.
auto chain(Kind kind, auto const& part) {
  return wrap(MakeNode{kind, true}, part);
}
/// Where the part cannot even begin, `what` is told as expected.
auto named(char const* what, auto const& part) {
  return wrap(NamePart{what}, part);
}
/// Line ends do not count within.
auto free(auto const& part) {
  return wrap(FreeLines{}, part);
}
/// What is not worth being told as expected.
auto quiet(auto const& part) {
  return wrap(Quietly{}, part);
}
/// A common mistake: where it stands, the reading stops with this code.
auto stop(char const* code, auto const& part) {
  return wrap(StopAt{code}, part);
}

using K = Kind;

// Names and texts.

auto const name = leaf(Leaf::name, "a name");
auto const path = leaf(Leaf::path, "a name");
auto const a_text = leaf(Leaf::text, "a text in quotes");
auto const number = leaf(Leaf::number, "a number");
auto const date = leaf(Leaf::date, "a date such as 2026-11-22");
auto const clock_time = leaf(Leaf::clock, "an hour such as 09:00");
auto const comma = sym(",");
auto const bar = sym("|");

auto const local_text = node(K::local_text, leaf(Leaf::language, "a language") >> a_text);
auto const texts = named("a text in quotes", node(K::texts, a_text | +local_text));
auto const title = -node(K::title, quiet(texts));
auto const title_line = node(K::title, kw("title") >> free(texts));
auto const end_of_list = !quiet(name >> kw("is"));  // `…, fee is money`: no further value

// Conditions and values.

x3::rule<struct choice_tag> const choice;        // `A if C, otherwise B`, a condition, a value
x3::rule<struct sum_tag> const sum;              // what stands beside `is` or `<`
x3::rule<struct operand_tag> const operand;      // what stands beside `+`
x3::rule<struct value_tag> const value;          // a literal, a name, or anything in brackets
x3::rule<struct condition_tag> const condition;  // a choice, told as `a condition`

auto const unit = leaf(Leaf::unit, "a unit such as `hours`");
auto const measure = (quiet(flag("working")) >> unit >> -(quiet(kw("in")) >> name)) | quiet(unit) |
                     quiet(leaf(Leaf::currency, "a currency"));
auto const quantity = node(K::quantity, number >> -measure);
auto const bracket = node(K::bracket, sym("(") >> choice % comma >> sym(")"));
auto const literal = quantity | leaf(Leaf::literal, "a value") | flag("yes") | flag("no") |
                     flag("now") | flag("today") | flag("none");
auto const negative_literal = node(K::negative, sign("-") >> quantity);
auto const value_def = named("a value", literal | path | bracket | negative_literal);

auto const where = node(K::where, kw("where") >> sym("(") >> choice >> sym(")"));
auto const need_kind = flag("functional") | flag("psychological");
auto const any_or_every = flag("any") | flag("every");
auto const need_state = -flag("at least") >> name;
auto const need_test =
    node(K::need_test, any_or_every >> -need_kind >> kw("need is") >> need_state);
auto const across = -node(K::across, kw("across customers"));
auto const last = kw("in last") >> value >> across;
auto const any_window = node(K::window, flag("any") >> name >> last >> !quiet(kw("has")) >> -where);
auto const item_test = node(K::item_test, any_or_every >> name >> kw("in") >> path >> kw("has") >>
                                              sym("(") >> choice >> sym(")"));
auto const count_needs =
    node(K::count_needs, kw("count of") >> -need_kind >> kw("needs") >> need_state);
auto const count_window = node(K::window, flag("count of") >> name >> last >> -where);
auto const count = node(K::aggregate, flag("count of") >> path >> -where);
auto const in_list = kw("in") >> path >> -where;
auto const sum_of = node(K::extreme, flag("sum of") >> (bracket | name) >> in_list);
auto const extreme = (flag("smallest of") | flag("largest of")) >>
                     ((name >> in_list) | (bracket >> -in_list));
auto const at_least_of = node(
    K::at_least_of, kw("at least") >> number >> kw("of") >> sym("(") >> choice % comma >> sym(")"));
auto const days_between = node(K::days_between, kw("days from") >> value >> kw("to") >> value);
auto const time_since = node(K::time_since, kw("time since last") >> name >> across >> -where);
auto const special = need_test | any_window | item_test | count_needs | count_window | count |
                     sum_of | node(K::extreme, extreme) | at_least_of | days_between | time_since |
                     node(K::severity_of, kw("severity of") >> name) |
                     node(K::date_of, kw("date of") >> value);
auto const primary = bracket | literal | special | path;
auto const operand_def = named("a value", chain(K::negative, *quiet(sign("-")) >> primary));
auto const product = chain(K::product, operand >> *(quiet(sign("*") | sign("/")) >> operand));
auto const sum_def = chain(K::sum, product >> *(quiet(sign("+") | sign("-")) >> product));

auto const relation_sign = leaf(Leaf::relation, "a comparison such as `>=`");
auto const relation = node(K::relation, relation_sign >> sum);
auto const after_is = node(K::is_known, kw("known")) | node(K::is_unknown, kw("unknown")) |
                      node(K::is_none, kw("none")) |
                      node(K::one_of, kw("one of") >> sum >> *(no_list >> comma >> sum)) |
                      node(K::at_least, kw("at least") >> sum) | sum;
auto const is = node(K::is, kw("is") >> quiet(-flag("not")) >> named("a value", after_is));
auto const contains = node(K::contains, quiet(kw("contains")) >> sum);
auto const mentions = node(K::mentions, quiet(kw("mentions")) >> name);
auto const chained = stop("parse.chained-comparison", relation_sign | kw("is"));
auto const comparison =
    chain(K::comparison, sum >> -((relation | is | contains | mentions) >> -chained));
auto const prefixed =
    chain(K::prefixed, quiet(*(flag("not") | flag("possibly") | flag("certainly"))) >> comparison);
auto const joint = flag("and then") | flag("and") | flag("or");
auto const logic = chain(K::logic, prefixed >> *(joint >> prefixed));
auto const choice_def = named(
    "a value", chain(K::conditional,
                     logic >> *(quiet(kw("if")) >> logic >> comma >> kw("otherwise") >> logic)));
auto const condition_def = named("a condition", choice);

BOOST_SPIRIT_DEFINE(choice, sum, operand, value, condition)

// Types, and the lines that many declarations share.

auto const no_or = flag("yes or no") | flag("whole number") | flag("number") | flag("duration") |
                   flag("date") | flag("time") | flag("text");
auto const money = flag("money") >> -(kw("in") >> leaf(Leaf::currency, "a currency such as ILS") >>
                                      -node(K::cents, kw("cents")));
auto const word_or_text = leaf(Leaf::value, "a word or a text in quotes");
auto const choices = node(K::choice_type, kw("one of") >> word_or_text >>
                                              (+(sign("<") >> word_or_text) |
                                               *(quiet(comma >> end_of_list) >> word_or_text)));
auto const scalar = named("a type such as `text`", node(K::simple_type, no_or | money) | choices |
                                                       node(K::named_type, path));
auto const type =
    named("a type such as `text` or `one of a, b`",
          node(K::type, (node(K::set_type, kw("set of") >> scalar) |
                         node(K::list_type, kw("list of") >> -quiet(scalar)) | scalar) >>
                            -node(K::or_none, kw("or none"))));

auto const join = flag("largest") | flag("smallest") | flag("sum");
auto const field = node(K::field, name >> kw("is") >> type >> -(comma >> join));
auto const secrecy = flag("private") | flag("public");
auto const event_field =
    node(K::field, name >> kw("is") >> *quiet(secrecy) >> type >> -(comma >> join));
auto const result_field = node(K::field, name >> kw("is") >> type);
auto const fallback = node(K::fallback, kw("default") >> choice);
auto const requires_line = node(K::requires_, kw("requires") >> free(condition));
auto const origin = leaf(Leaf::origin, "a word or a text in quotes");
auto const source_line = node(K::sources, kw("source") >> origin % comma);
auto const zone_line = node(K::zone, kw("zone") >> a_text);
auto const lines = [](auto const& line) { return *(eol >> line); };

// Vocabulary.

auto const policy =
    node(K::policy,
         kw("policy") >> name >> title >>
             lines(title_line | node(K::languages, kw("languages") >> name % comma) | zone_line));
auto const parameter =
    node(K::parameter, kw("parameter") >> path >> title >> kw("is") >> choice >>
                           lines(title_line | node(K::sources, kw("source") >> origin)));
auto const ask_line = node(K::ask_line, kw("ask") >> free(texts));
auto const fact =
    node(K::fact, kw("fact") >> path >> kw("is") >> *quiet(secrecy | flag("confidential")) >>
                      type >> -(comma >> fallback) >> lines(title_line | ask_line | field));
auto const need = node(K::need, kw("need") >> need_kind >> name >> title >>
                                    lines(title_line | node(K::weight, kw("weight") >> number)));
auto const role = node(K::role, kw("role") >> name >> title >>
                                    -node(K::above, kw("above") >> name) >> lines(title_line));
auto const phases = node(K::phases, kw("phase") >> name % comma);
auto const takes = node(K::takes, kw("takes") >> field % comma);
auto const action =
    node(K::action, kw("action") >> name >> title >>
                        lines(title_line | node(K::phase, kw("phase") >> name) | takes |
                              requires_line | node(K::internal, kw("internal to") >> name)));
auto const answer = node(K::answer, kw("answer") >> path >> title >>
                                        ((kw("is") >> type) | node(K::reports, kw("as") >> path)) >>
                                        *(comma >> (join | fallback)) >> lines(title_line));
auto const score = node(K::score, kw("score") >> name >> title >> kw("from") >>
                                      node(K::from, sum) >> kw("to") >> sum >> lines(title_line));
auto const define = node(K::define, kw("define") >> name >> title >> -(kw("is") >> type) >>
                                        kw("as") >> free(choice) >> lines(title_line));
auto const phrase_line =
    node(K::phrase_line, -flag("except") >> leaf(Leaf::language, "a language") >> a_text % comma);
auto const phrases = node(K::phrases, kw("phrases") >> name >> title >> +(eol >> phrase_line));
auto const script = node(K::script, kw("script") >> name >> title >> eol >> free(texts));
auto const event = node(K::event, kw("event") >> name >> title >> lines(title_line | event_field));
auto const given_value = node(K::values, node(K::unknown, kw("unknown")) | sum % comma);
auto const mapping =
    node(K::mapping, a_text >> kw("is") >> node(K::values, node(K::unknown, kw("unknown")) | sum));
auto const target_line = node(K::source_line, (path | flag("now")) >> kw("from") >> a_text >>
                                                  -(kw("where") >> mapping % comma));
auto const source =
    node(K::source, kw("source") >> name >> title >> lines(target_line | title_line));

auto const a_word = leaf(Leaf::term, "a word of the policy");
auto const term =
    node(K::term, kw("term") >> a_word >> ((eol >> title_line) | node(K::title, free(texts))));

// Tables, authority, calendars.

auto const dash = node(K::nothing, leaf(Leaf::dash, "`-`"));
auto const bound = node(K::bound, relation_sign >> sum);
auto const cell =
    named("a cell", node(K::cell, dash | bound | (choice >> -node(K::up_to, kw("up to") >> sum))));
auto const row = node(K::row, cell >> +(bar >> cell));
auto const column = named("a column", flag("when") | path);
auto const header = node(K::header, column >> +(bar >> column));
auto const hit =
    node(K::hit, kw("hit") >> (flag("first") | flag("unique") | (kw("collect") >> join)));
auto const table =
    node(K::table, kw("table") >> name >> title >> kw("gives") >>
                       node(K::result, result_field % comma | type) >>
                       lines(hit | node(K::file, kw("from") >> a_text) | title_line) >>
                       -(eol >> header >> lines(row)));
auto const limit = node(K::up_to, kw("up to") >> sum) | node(K::unlimited, kw("unlimited"));
auto const when = node(K::when, kw("when") >> free(condition));
auto const authority =
    node(K::authority,
         kw("authority") >> path >> +(eol >> node(K::authority_line, name >> limit >> -when)));
auto const open = node(K::open, kw("open") >> name >> (+(flag("to") >> name) | *(comma >> name)) >>
                                    clock_time >> kw("to") >> clock_time);
auto const closed_day = node(K::closed_day, (date | (quiet(-flag("eve of")) >> name)) >> title);
auto const closed = node(K::closed, kw("closed") >> closed_day % comma);
auto const calendar = node(
    K::calendar, kw("calendar") >> name >> title >> lines(title_line | zone_line | open | closed));

// Rules.

x3::rule<struct doing_tag> const doing;              // an action, what it is given and its deadline
x3::rule<struct consequence_tag> const consequence;  // one line of `then`

// `amount 125 hours 8`: behind a duration nothing could follow, so `hours` is a name.
auto const number_before_name = node(K::quantity, number) >>
                                &quiet(unit >> (literal | sym("(") | sign("-")));
auto const argument =
    node(K::argument, !quiet(kw("for each")) >> name >> (quiet(number_before_name) | value));
auto const nameless = stop("parse.parameter-name", literal | bracket | negative_literal);
auto const by = node(K::by, kw("by") >> name);
auto const within =
    node(K::within, kw("within") >> value >> -node(K::of, quiet(kw("of")) >> value));
auto const expires = node(K::expires, -quiet(comma) >> kw("expires after") >> value);
auto const for_each = node(K::for_each, kw("for each") >> name >> kw("in") >> path >> -where);
auto const action_name = leaf(Leaf::name, "an action");
auto const doing_def =
    node(K::do_, action_name >> *argument >> -nameless >> *(by | within | expires | for_each));
auto const do_ = kw("do") >> doing;
auto const forbid =
    node(K::forbid, kw("forbid") >> action_name >> -(quiet(comma) >> kw("instead do") >> doing));
auto const step = node(K::step, comma >> kw("then to") >> name >> kw("after") >> value);
auto const escalate = node(K::escalate, kw("escalate to") >> name >> -within >> *step);
auto const say = node(
    K::say, kw("say") >> (free(quiet(texts)) | leaf(Leaf::name, "a script or a text in quotes")));
auto const alert = node(K::alert, kw("alert") >> name >> -within);
auto const record = node(K::record, kw("record") >> name >> *argument >> -nameless);
auto const write_need =
    node(K::write_need,
         name >> kw("is") >> name >> -(comma >> node(K::severity, kw("severity") >> number)));
auto const consequence_def = named(
    "a consequence such as `do` or `say`",
    do_ | node(K::offer, kw("offer one of") >> doing % comma) | say |
        node(K::ask, kw("ask") >> path) | escalate | alert |
        node(K::add, kw("add") >> value >> kw("to") >> path) |
        node(K::set, kw("set") >> path >> kw("to") >> value) | record |
        node(K::check, kw("check") >> free(texts >> kw("before")) >> name) | forbid | write_need);

BOOST_SPIRIT_DEFINE(doing, consequence)

auto const attribute = title_line | source_line |
                       node(K::overrides, kw("overrides") >> name % comma) |
                       node(K::from, kw("from") >> date) | node(K::until, kw("until") >> date);
auto const because = node(K::because, kw("because") >> free(texts));
auto const rule = node(K::rule, kw("rule") >> name >> title >> *(-eol >> attribute) >>
                                    -(-eol >> when) >> -eol >> kw("then") >> -eol >> consequence >>
                                    lines(consequence) >> -(-eol >> because));

// Tests and guarantees.

auto const given = named("a fact, an event or `now`",
                         node(K::given_now, kw("now is") >> sum) |
                             node(K::given_item, path >> sym(":") >> argument % comma) |
                             node(K::given_fact, path >> kw("is") >> given_value) |
                             node(K::given_event, name >> value >> kw("ago") >> *argument));
auto const no_or_not = flag("no") | flag("not");
auto const escalation =
    node(K::escalation, kw("escalation") | (kw("escalate to") >> name >> -within));
auto const line_of_decision =
    do_ | node(K::forbid, kw("forbid") >> action_name) | node(K::expect_say, kw("say") >> name) |
    node(K::expect_offer, kw("offer") >> action_name) | node(K::alert, kw("alert") >> name) |
    node(K::record, kw("record") >> name) | escalation | node(K::question, kw("question") >> path);
auto const bare_need_test = node(K::need_test, -need_kind >> kw("need is") >> need_state);
auto const none_of = no_or_not >>
                     (line_of_decision | node(K::question, kw("question")) | bare_need_test);
auto const expect =
    named("an expectation", node(K::expect, none_of | line_of_decision | condition));
auto const not_expect = !quiet(kw("expect"));
auto const some_given = -eol >> kw("given") >> -eol >> given >> lines(not_expect >> given);
auto const some_expect = -eol >> kw("expect") >> -eol >> expect >> lines(expect);
auto const test = node(K::test, kw("test") >> a_text >> *some_given >> +some_expect);

auto const promised = do_ | (kw("escalated to") >> -flag("at least") >> name) |
                      (kw("say") >> name) | (kw("alert") >> name) | free(condition);
auto const promise =
    (kw("always") >> promised) | (kw("never") >> promised >> -(-eol >> kw("without") >> promised));
auto const guaranteed = (kw("whenever") >> free(condition) >> -eol >> promise) |
                        (kw("changing") >> path >> kw("never changes") >> path % comma) | promise;
auto const guarantee =
    node(K::guarantee, kw("guarantee") >> name >> title >> -eol >> node(K::result, guaranteed));

auto const declaration =
    named("a declaration", policy | parameter | fact | need | role | phases | action | answer |
                               score | define | phrases | script | event | source | table |
                               authority | calendar | rule | test | guarantee | term) >>
    end;

/// Reads one block; its tree is in the reading where it could be read to its end.
bool read(Layout const& layout, Block const& block, Reading& reading) {
  At at = layout.tokens.data() + block.first;
  At const behind = layout.tokens.data() + block.last + 1;
  auto const grammar = x3::with<ReadingTag>(std::ref(reading))[declaration];
  return x3::parse(at, behind, grammar);
}

}  // namespace

Declaration read_block(FileId file, std::string_view text, Layout const& layout, Block const& block,
                       std::size_t told, std::optional<Diagnostic>& mistake) {
  Reading reading;
  Declaration made{.span = block.span, .form = Broken{}};
  if (read(layout, block, reading))
    made.form = build(file, text, reading.tree(), mistake);
  else
    mistake = find_mistake(file, text, layout, block, reading, told);
  return made;
}

}  // namespace heed::language
