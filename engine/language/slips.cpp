#include "engine/language/slips.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "engine/language/words.hpp"

namespace heed::language {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

/// Words that stand for a word of the language where that is expected.
constexpr Pair synonyms[] = {{"if", "when"},
                             {"whenever", "when"},
                             {"unless", "when not"},
                             {"given", "when"},
                             {"do", "then do"},
                             {"say", "then say"},
                             {"ask", "then ask"},
                             {"set", "then set"},
                             {"add", "then add"},
                             {"record", "then record"},
                             {"forbid", "then forbid"},
                             {"offer", "then offer one of"},
                             {"alert", "then alert"},
                             {"escalate", "then escalate to"},
                             {"reason", "because"},
                             {"since", "because"},
                             {"isn", "is not"},
                             {"isnt", "is not"},
                             {"equals", "is"},
                             {"are", "is"},
                             {"&", "and"},
                             {"plus", "and"},
                             {"in", "within"},
                             {"after", "within"},
                             {"until", "within"},
                             {"when", "given"},
                             {"if", "given"},
                             {"then", "expect"},
                             {"should", "expect"},
                             {"before", "<"},
                             {"earlier", "<"},
                             {"later", ">"},
                             {"more", ">"},
                             {"greater", ">"},
                             {"over", ">"},
                             {"above", ">"},
                             {"exceeds", ">"},
                             {"less", "<"},
                             {"fewer", "<"},
                             {"below", "<"},
                             {"under", "<"},
                             {"as", "is"},
                             {"כאשר", "when"},
                             {"אם", "when"},
                             {"כש", "when"},
                             {"אז", "then"},
                             {"כי", "because"},
                             {"וגם", "and"},
                             {"ו", "and"},
                             {"או", "or"},
                             {"הוא", "is"},
                             {"היא", "is"},
                             {"עד", "until"},
                             {"מקור", "source"}};

/// Hebrew words for what a declaration begins with.
constexpr Pair declarations[] = {
    {"כלל", "rule"},        {"עובדה", "fact"},      {"צורך", "need"},    {"תפקיד", "role"},
    {"פעולה", "action"},    {"מדיניות", "policy"},  {"טבלה", "table"},   {"בדיקה", "test"},
    {"תשובה", "answer"},    {"אירוע", "event"},     {"שלב", "phase"},    {"ביטויים", "phrases"},
    {"פרמטר", "parameter"}, {"ציון", "score"},      {"הגדרה", "define"}, {"מקור", "source"},
    {"לוח", "calendar"},    {"סמכות", "authority"}, {"נוסח", "script"},  {"מונח", "term"}};

constexpr Pair units[] = {
    {"s", "seconds"},    {"sec", "seconds"},   {"secs", "seconds"}, {"min", "minutes"},
    {"mins", "minutes"}, {"h", "hours"},       {"hr", "hours"},     {"hrs", "hours"},
    {"d", "days"},       {"wk", "weeks"},      {"wks", "weeks"},    {"mo", "months"},
    {"yr", "years"},     {"yrs", "years"},     {"שנייה", "second"}, {"שניות", "seconds"},
    {"דקה", "minute"},   {"דקות", "minutes"},  {"שעה", "hour"},     {"שעות", "hours"},
    {"יום", "day"},      {"ימים", "days"},     {"שבוע", "week"},    {"שבועות", "weeks"},
    {"חודש", "month"},   {"חודשים", "months"}, {"שנה", "year"},     {"שנים", "years"},
    {"shekel", "ILS"},   {"shekels", "ILS"},   {"nis", "ILS"},      {"NIS", "ILS"},
    {"שקל", "ILS"},      {"שקלים", "ILS"},     {"ש\"ח", "ILS"},     {"ש״ח", "ILS"},
    {"dollar", "USD"},   {"dollars", "USD"},   {"euro", "EUR"},     {"euros", "EUR"},
    {"percent", "%"},    {"אחוז", "%"},        {"אחוזים", "%"}};

constexpr Pair currency_signs[] = {
    {"$", "USD"}, {"\u20AC", "EUR"}, {"\u00A3", "GBP"}, {"\u20AA", "ILS"}};

std::string_view find(std::span<Pair const> pairs, std::string_view word) {
  for (auto const& [from, to] : pairs)
    if (from == word) return to;
  return {};
}

std::string quote(std::string_view text) {
  return "`" + std::string{text} + "`";
}

/// The stumble with what its parts ask again and again.
struct Look : Stumble {
  bool expects(std::string_view what) const {
    return std::ranges::find(expected, what) != expected.end();
  }
  bool expects_start(std::string_view start) const {
    return std::ranges::any_of(expected,
                               [&](std::string_view what) { return what.starts_with(start); });
  }
  /// The token so many before; a line's end where the block begins.
  Token const& before(int count = 1) const {
    static Token const none{TokenKind::line_end, false, {}, {}};
    return at - first >= count ? *(at - count) : none;
  }
  Token const& after() const { return at->kind == TokenKind::end ? *at : at[1]; }
  bool is_word(Token const& token, std::string_view word) const {
    return token.kind == TokenKind::word && token.text == word;
  }
  bool is_symbol(Token const& token, std::string_view symbol) const {
    return token.kind == TokenKind::symbol && token.text == symbol;
  }
  bool ends_line() const { return at->kind == TokenKind::line_end || at->kind == TokenKind::end; }
  Token const* line_end() const {
    auto const* it = at;
    while (it->kind != TokenKind::line_end && it->kind != TokenKind::end) ++it;
    return it;
  }
  std::string written(Token const& from, Token const& to) const {
    return std::string{text.substr(from.span.begin, to.span.end - from.span.begin)};
  }
};

using Found = std::optional<Slip>;

Slip did_you_mean(std::string_view meant) {
  return {"did you mean " + quote(meant) + "?", std::string{meant}};
}

bool is_one_unit(std::string_view unit) {
  constexpr std::array<std::string_view, 7> ones = {"second", "minute", "hour", "day",
                                                    "week",   "month",  "year"};
  return std::ranges::find(ones, unit) != ones.end();
}

/// `3 dayz`, `4 hrs`, `100 shekels`.
Found find_unit(Look const& it) {
  if (it.before().kind != TokenKind::number || it.at->kind != TokenKind::word || it.at->reserved)
    return std::nullopt;
  auto meant = unit_for(it.at->text);
  if (!meant.empty()) {
    auto const number = std::string{it.before().text};
    if (number != "1" && is_one_unit(meant)) meant += 's';
    auto const whole = meant == "%" ? number + "%" : number + " " + meant;
    return Slip{"did you mean " + quote(whole) + "?", whole,
                Span{it.before().span.begin, it.at->span.end}};
  }
  return Slip{
      "behind a number stands a unit of time, such as `hours` or `days`, or a currency of "
      "three capital letters, such as `ILS`"};
}

/// `else`, and `otherwise` in a rule.
Found find_else(Look const& it) {
  bool const is_otherwise =
      it.is_word(*it.at, "otherwise") && it.before().kind == TokenKind::line_end;
  if (!is_otherwise && !it.is_word(it.before(), "else") && !it.is_word(*it.at, "else"))
    return std::nullopt;
  return Slip{
      "a rule has no other branch: write a second rule, with `when not (…)`; a value can "
      "have one, as in `(3 days if C, otherwise 1 day)`"};
}

/// A comma too many: at a line's end it lets the line go on.
Found find_comma(Look const& it) {
  if (it.is_symbol(it.before(), ",") && (it.ends_line() || it.at->reserved ||
                                         it.expects("expires after") || it.expects_start("until")))
    return Slip{"take away the comma before it: a line that ends with a comma goes on in the next"};
  if (it.is_symbol(*it.at, ",") && it.expects("and"))
    return Slip{"take the comma away; conditions are joined by `and` or `or`"};
  return std::nullopt;
}

/// A text without its quotes: `because it helps`.
Found find_unquoted(Look const& it) {
  bool const is_told = it.expects_start("a text") && it.at->kind == TokenKind::word;
  bool const is_said =
      it.is_word(it.before(2), "say") && it.at->kind == TokenKind::word && !it.at->reserved;
  if (!is_told && !is_said) return std::nullopt;
  auto const* end = it.line_end();
  bool const is_language = is_said && it.before().text.size() == 2;
  auto const& from = is_said && !is_language ? it.before() : *it.at;
  if (end == &from || it.expects("a word or a text in quotes")) return std::nullopt;
  auto const text = "\"" + it.written(from, end[-1]) + "\"";
  return Slip{"a text stands in quotes: " + quote(text), text,
              Span{from.span.begin, end[-1].span.end}};
}

/// `"` within a text ends it.
Found find_quote_inside(Look const& it) {
  auto const& text = it.before();
  bool const is_beside = text.kind == TokenKind::text && text.span.end == it.at->span.begin;
  if (!is_beside || it.ends_line()) return std::nullopt;
  return Slip{"the text ends at the `\"` before it; within a text write `\\\"`"};
}

/// What the grammar wants there, in the words that are usually left out.
Found find_left_out(Look const& it) {
  auto const word = std::string{it.at->text};
  bool const is_word_here = it.at->kind == TokenKind::word;
  auto const before = std::string{it.before().text};
  if (it.is_word(it.before(), "the") || it.is_word(it.before(), "a") ||
      it.is_word(it.before(), "an"))
    return Slip{"leave " + quote(before) + " out: a name stands alone"};
  if (is_word_here && (word == "met" || word == "threatened" || word == "violated") &&
      it.before().kind == TokenKind::word && it.expects("is"))
    return did_you_mean("is " + word);
  if (it.at->kind == TokenKind::symbol && it.is_word(it.before(), "is") &&
      (word.starts_with('<') || word.starts_with('>')))
    return Slip{"the sign stands alone, without `is`: " + quote(word), word,
                Span{it.before().span.begin, it.at->span.end}};
  if (it.is_symbol(*it.at, ",") && it.expects("|"))
    return Slip{"between the cells of a row stands `|`"};
  if (it.is_word(*it.at, "and") && it.is_word(it.after(), "then") && it.expects(","))
    return Slip{"did you mean `, then`?", ", then", Span{it.at->span.begin, it.after().span.end}};
  if (it.expects("functional") && is_word_here && it.is_word(it.before(), "need"))
    return Slip{"say of which kind it is: " + quote("need functional " + word) + " or " +
                quote("need psychological " + word)};
  if (it.expects("in") && is_word_here && is_currency(it.at->text))
    return did_you_mean("in " + word);
  if (it.expects_start("a type") && it.is_word(*it.at, "yes"))
    return Slip{"did you mean `yes or no`?"};
  if (it.expects("is") && it.is_word(it.before(2), "takes") && is_word_here)
    return did_you_mean("is " + word);
  bool const is_value = it.at->kind == TokenKind::number || it.at->kind == TokenKind::text;
  if (it.expects("is") && is_value && it.before().kind == TokenKind::path)
    return did_you_mean("is " + it.written(*it.at, *it.at));
  if (it.is_word(*it.at, "severity") && it.expects(",")) return did_you_mean(", severity");
  if (it.expects("(") && it.is_word(it.before(), "has"))
    return Slip{"what is asked of the item stands in brackets: " +
                quote("has (" + it.written(*it.at, it.line_end()[-1]) + ")")};
  if (it.is_word(*it.at, "not") && it.expects("and"))
    return Slip{"`not` stands before the whole comparison: " +
                quote("not " + std::string{it.before().text} + " …")};
  return std::nullopt;
}

/// `AND`, `Then`: the words of the language are written small.
Found find_capitals(Look const& it) {
  for (auto const* token : {it.at, &it.before()}) {
    if (token->kind != TokenKind::word) continue;
    std::string lower;
    for (char const letter : token->text)
      lower += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter;
    if (lower != token->text && is_reserved(lower) && (token != it.at || it.expects(lower)))
      return Slip{"write it small: " + quote(lower), lower, token->span};
  }
  return std::nullopt;
}

/// What reads like a consequence without its keyword.
Found find_consequence(Look const& it) {
  if (it.expects_start("a consequence")) {
    if (it.is_word(*it.at, "escalate")) return did_you_mean("escalate to");
    if (it.is_word(*it.at, "offer")) return did_you_mean("offer one of");
    if (it.is_word(*it.at, "then"))
      return Slip{
          "`then` stands once in a rule: leave this one out, each consequence has its line"};
    if (it.is_word(*it.at, "and"))
      return Slip{"leave `and` out: each consequence has a line of its own"};
    if (it.at->kind == TokenKind::path && it.is_word(it.after(), "is"))
      return Slip{"an answer is given its value by `set`: " +
                  quote("set " + std::string{it.at->text} + " to …")};
    if (it.at->kind == TokenKind::path)
      return Slip{"a fact is asked for with `ask`, an answer is given its value by `set … to …`"};
  }
  bool const is_first_word =
      it.before().kind == TokenKind::word &&
      (it.is_word(it.before(2), "then") || it.before(2).kind == TokenKind::line_end);
  if (is_first_word && it.expects("is")) {
    auto const with_do = "do " + std::string{it.before().text};
    if (it.ends_line() || it.is_word(*it.at, "and"))
      return Slip{"an action is advised with `do`: " + quote(with_do), with_do, it.before().span};
    auto const unit =
        it.after().kind == TokenKind::word ? " " + std::string{it.after().text} : std::string{};
    if (it.at->kind == TokenKind::number || it.at->kind == TokenKind::percent ||
        it.at->kind == TokenKind::text)
      return Slip{"an action is advised with `do`, each value behind the name of its parameter: " +
                  quote(with_do + " PARAMETER " + std::string{it.at->text} + unit)};
  }
  if (it.expects("to") && it.is_word(*it.at, "is")) return did_you_mean("to");
  if (it.is_word(*it.at, "and") && it.expects("expires after"))
    return Slip{"write each consequence on a line of its own"};
  return std::nullopt;
}

/// `forgotten then`: a need's state where the condition could go on.
Found find_forgotten_then(Look const& it) {
  bool const begins_line = it.before().kind == TokenKind::line_end;
  if (!it.expects("then") || !begins_line || it.at->kind != TokenKind::word || it.at->reserved)
    return std::nullopt;
  if (!it.is_word(it.after(), "is")) return std::nullopt;
  auto const with_then = "then " + std::string{it.at->text};
  return Slip{"what a rule brings about stands behind `then`: " + quote(with_then + " is …"),
              with_then};
}

/// `includes` for one of two words.
Found find_search(Look const& it) {
  for (std::string_view const word : {"includes", "include", "has", "have", "containing", "like"})
    if (it.is_word(*it.at, word) && it.expects("and"))
      return Slip{"a set `contains` a value; a text `mentions` a list of phrases"};
  return std::nullopt;
}

/// Comparisons in words: `is greater than 3`, `between 3 and 5`.
Found find_comparison(Look const& it) {
  if (it.is_word(*it.at, "between"))
    return Slip{"write `A >= 3 and A <= 5`; in a table's cell `3 up to 5`"};
  bool const is_than = it.is_word(*it.at, "than");
  if (it.is_word(it.line_end()[-1], "ago"))
    return Slip{"count from now: `now - A > 3 days`, and of a day `days from A to today > 3`"};
  auto const sign = find(synonyms, is_than ? it.before().text : it.at->text);
  if (sign != ">" && sign != "<") return std::nullopt;
  auto const& from = is_than && it.is_word(it.before(2), "is") ? it.before(2)
                     : is_than                                 ? it.before()
                                                               : *it.at;
  auto const& to = is_than ? *it.at : it.is_word(it.after(), "than") ? it.after() : *it.at;
  return Slip{"write the comparison as a sign: " + quote(sign), std::string{sign},
              Span{from.span.begin, to.span.end}};
}

/// `rule late delivery`, `rule late:`.
Found find_name(Look const& it) {
  auto const& keyword = it.before(2);
  bool const is_name = is_declaration_keyword(keyword.text) && &keyword == it.first;
  if (is_name && it.at->kind == TokenKind::word && !it.at->reserved &&
      !is_clause_keyword(it.at->text)) {
    if (find_similar(it.at->text, it.expected)) return std::nullopt;
    auto const separator = it.expects(",") ? ", " : "_";
    bool const is_dotted = keyword.text == "fact" || keyword.text == "answer";
    bool has_dot = it.before().text.find('.') != std::string_view::npos;
    std::string name{it.before().text};
    auto const* last = it.at;
    auto const goes_on = [&](Token const& word) {
      return word.kind == TokenKind::word && !word.reserved && !is_clause_keyword(word.text) &&
             !it.expects(word.text);
    };
    for (auto const* word = it.at; goes_on(*word); last = word++) {
      name += is_dotted && !has_dot ? "." : separator;
      name += word->text;
      has_dot = true;
    }
    if (it.expects(","))
      return Slip{"put commas between them: " + quote(name), name,
                  Span{it.before().span.begin, last->span.end}};
    return Slip{"a name is one word: " + quote(name), name,
                Span{it.before().span.begin, last->span.end}};
  }
  if (!it.is_symbol(*it.at, ":")) return std::nullopt;
  return it.expects("is") && !it.expects("and") ? did_you_mean("is") : Slip{"take the `:` away"};
}

/// A declaration that is not in the first column goes on with the one above it.
Found find_indented_declaration(Look const& it) {
  bool const begins_line = it.before().kind == TokenKind::line_end && it.at != it.first;
  auto const& keyword = begins_line ? *it.at : it.before();
  bool const is_second = begins_line || it.before(2).kind == TokenKind::line_end;
  if (!is_second || &keyword <= it.first || keyword.kind != TokenKind::word ||
      !is_declaration_keyword(keyword.text))
    return std::nullopt;
  return Slip{"a declaration begins in the first column: take away the blanks before " +
              quote(keyword.text)};
}

/// `open or closed` where a type stands.
Slip find_values(Look const& it) {
  auto values = std::string{it.before().text};
  auto const* last = it.at;
  for (auto const* word = it.at; it.is_word(*word, "or") && word[1].kind == TokenKind::word;
       word += 2) {
    values += ", " + std::string{word[1].text};
    last = word + 1;
  }
  values = (it.is_word(it.before(2), "of") ? "" : "one of ") + values;
  return {"write the values as a list: " + quote(values), values,
          Span{it.before().span.begin, last->span.end}};
}

Found find_signs(Look const& it) {
  if (it.is_symbol(*it.at, "|") && it.is_symbol(it.after(), "|") && it.expects("or"))
    return Slip{"did you mean `or`?", "or", Span{it.at->span.begin, it.after().span.end}};
  if ((it.is_symbol(*it.at, "-") && it.is_symbol(it.after(), "-")) ||
      (it.is_symbol(*it.at, "/") && it.is_symbol(it.after(), "/")))
    return Slip{"a comment begins with `#`", "#", Span{it.at->span.begin, it.after().span.end}};
  if (it.expects_start("a date")) return Slip{"write the year first: `2026-11-22`"};
  if (it.is_word(it.before(), "mentions") && it.at->kind == TokenKind::text)
    return Slip{"name the words: declare them as `phrases blame`, and write `mentions blame`"};
  if (it.is_word(*it.at, "or") && it.expects("or none")) return find_values(it);
  return std::nullopt;
}

Found find_synonym(Look const& it) {
  if (it.at->kind != TokenKind::word) return std::nullopt;
  if (it.at == it.first) {
    auto const meant = find(declarations, it.at->text);
    return meant.empty() ? Found{} : did_you_mean(meant);
  }
  for (auto const& [word, meant] : synonyms) {
    if (word != it.at->text) continue;
    auto const keyword = meant.substr(0, meant.find(' '));
    if (it.expects(keyword) && word != keyword) return did_you_mean(meant);
  }
  return std::nullopt;
}

}  // namespace

std::string unit_for(std::string_view word) {
  if (auto const meant = find(units, word); !meant.empty()) return std::string{meant};
  constexpr std::array<std::string_view, 14> names = {
      "second", "seconds", "minute", "minutes", "hour",   "hours", "day",
      "days",   "week",    "weeks",  "month",   "months", "year",  "years"};
  std::string lower, upper;
  for (char const letter : word) {
    bool const is_small = letter >= 'a' && letter <= 'z';
    bool const is_capital = letter >= 'A' && letter <= 'Z';
    lower += is_capital ? static_cast<char>(letter + ('a' - 'A')) : letter;
    upper += is_small ? static_cast<char>(letter - ('a' - 'A')) : letter;
  }
  if (std::ranges::find(names, lower) != names.end()) return lower;
  for (std::string_view const currency : {"ILS", "USD", "EUR", "GBP"})
    if (upper == currency) return upper;
  return std::string{find_similar(lower, names).value_or("")};
}

std::string_view currency_for(std::string_view sign) {
  return find(currency_signs, sign);
}

std::optional<Slip> find_slip(Stumble const& stumble) {
  Look const look{stumble};
  for (auto const find_one :
       {find_capitals, find_else, find_left_out, find_unit, find_comma, find_search,
        find_comparison, find_consequence, find_forgotten_then, find_synonym, find_name, find_signs,
        find_quote_inside, find_unquoted, find_indented_declaration})
    if (auto slip = find_one(look)) return slip;
  return std::nullopt;
}

}  // namespace heed::language
