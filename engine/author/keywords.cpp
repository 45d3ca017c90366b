#include "engine/author/keywords.hpp"

#include <algorithm>

#include "engine/language/words.hpp"

namespace heed::author {

namespace {

constexpr std::string_view types[] = {"whole", "number", "money", "duration", "date", "time",
                                      "text",  "set",    "list",  "one",      "yes",  "no"};

// Words that the grammar looks for in one place and that are plain names elsewhere.
constexpr std::string_view others[] = {
    "across",    "after",         "ago",        "as",       "at",        "before",   "cents",
    "certainly", "changes",       "collect",    "count",    "customers", "days",     "each",
    "eve",       "escalated",     "escalation", "eve",      "first",     "for",      "functional",
    "gives",     "instead",       "largest",    "last",     "least",     "mentions", "needs",
    "of",        "psychological", "question",   "severity", "since",     "smallest", "sum",
    "to",        "unique",        "unlimited",  "up",       "without"};

constexpr std::string_view states[] = {"met", "threatened", "violated", "advised"};

constexpr Phrase declarations[] = {
    {"", "policy",
     "policy ${1:name} \"${2:Title}\"\n  languages ${3:en, he}\n  zone \"${4:Asia/Jerusalem}\"",
     "names the policy, its languages and its time zone"},
    {"", "parameter", "parameter ${1:name} is ${2:value}\n  source \"${3:whose word}\"",
     "a named constant, in one place"},
    {"", "fact", "fact ${1:name} is ${2:type}\n  title en \"${3:Title}\"",
     "something that a case may say"},
    {"", "need", "need ${1|psychological,functional|} ${2:name} \"${3:Title}\"",
     "what is at stake for a customer"},
    {"", "role", "role ${1:name} \"${2:Title}\"", "who does things and takes over"},
    {"", "phase", "phase ${1:respond, resolve, close}", "the order of a plan"},
    {"", "action", "action ${1:name} \"${2:Title}\"\n  phase ${3:phase}", "something to be done"},
    {"", "answer", "answer ${1:name} is ${2:type}", "something that the decision answers"},
    {"", "score", "score ${1:name} from ${2:0} to ${3:100}",
     "a sum of what rules add, held to a range"},
    {"", "define", "define ${1:name} as ${2:condition}", "a name for a condition or a value"},
    {"", "phrases", "phrases ${1:name} \"${2:Title}\"\n  en \"${3:phrase}\"",
     "words to be found in a text"},
    {"", "script", "script ${1:name}\n  en \"${2:What to say.}\"", "words for the customer"},
    {"", "event", "event ${1:name}\n  ${2:field} is ${3:text}", "what a customer's history holds"},
    {"", "source", "source ${1:name} \"${2:Title}\"\n  ${3:fact} from \"${4:/pointer}\"",
     "where a CRM's own payload holds the facts"},
    {"", "table",
     "table ${1:name} gives ${2:money}\n  hit first\n  ${3:fact} | ${4:result}\n  - | ${5:value}",
     "a value by rows of conditions"},
    {"", "authority", "authority ${1:action.parameter}\n  ${2:role} up to ${3:value}",
     "what each role may give"},
    {"", "calendar",
     "calendar ${1:office}\n  zone \"${2:Asia/Jerusalem}\"\n  open ${3:sunday to thursday} 09:00 "
     "to 18:00",
     "when working time counts"},
    {"", "rule", "rule ${1:name} \"${2:Title}\"\n  when ${3:condition}\n  then ${4:consequence}",
     "what follows from what"},
    {"", "test", "test \"${1:what it shows}\"\n  given ${2:fact is value}\n  expect ${3:condition}",
     "a case and what is to be advised for it"},
    {"", "guarantee", "guarantee ${1:name}\n  whenever ${2:condition}\n  always ${3:condition}",
     "what must hold in every possible case"},
    {"", "term", "term ${1:word} en \"${2:the word}\"",
     "how a value, a phase or a department is told to people"},
};

constexpr Phrase lines[] = {
    {"policy", "languages", "languages ${1:en, he}", "the first is the default"},
    {"policy", "zone", "zone \"${1:Asia/Jerusalem}\"", "for days and dates without an offset"},
    {"policy", "title", "title en \"${1}\"", "a title for people, in each language"},
    {"parameter", "source", "source \"${1}\"", "what it rests on"},
    {"parameter", "title", "title en \"${1}\"", "a title for people, in each language"},
    {"fact", "title", "title en \"${1}\"", "a title for people, in each language"},
    {"fact", "ask", "ask en \"${1}\"", "how it is asked for"},
    {"need", "weight", "weight ${1:5}", "1 to 9; 3 where none"},
    {"need", "title", "title en \"${1}\"", "a title for people, in each language"},
    {"role", "title", "title en \"${1}\"", "a title for people, in each language"},
    {"action", "phase", "phase ${1}", "where it stands in a plan"},
    {"action", "takes", "takes ${1:amount} is ${2:money}", "what it is given"},
    {"action", "requires", "requires ${1:condition}", "holds whichever rule does it"},
    {"action", "internal to", "internal to ${1}", "not for the customer's eyes"},
    {"action", "title", "title en \"${1}\"", "a title for people, in each language"},
    {"answer", "title", "title en \"${1}\"", "a title for people, in each language"},
    {"score", "title", "title en \"${1}\"", "a title for people, in each language"},
    {"define", "title", "title en \"${1}\"", "a title for people, in each language"},
    {"phrases", "except", "except ${1:en} \"${2}\"", "what is not meant, though it holds a phrase"},
    {"event", "title", "title en \"${1}\"", "a title for people, in each language"},
    {"source", "subject from", "subject from \"${1:/pointer}\"", "whose case it is"},
    {"source", "now from", "now from \"${1:/pointer}\"", "the time of the case"},
    {"table", "hit first", "hit first", "the first row that applies"},
    {"table", "hit unique", "hit unique", "the only row that applies"},
    {"table", "hit collect", "hit collect ${1|largest,smallest,sum|}", "all rows that apply"},
    {"table", "from", "from \"${1:file.csv}\"", "rows from a file that a spreadsheet writes"},
    {"table", "title", "title en \"${1}\"", "a title for people, in each language"},
    {"calendar", "zone", "zone \"${1:Asia/Jerusalem}\"", "where its hours are"},
    {"calendar", "open", "open ${1:sunday to thursday} ${2:09:00} to ${3:18:00}", "open hours"},
    {"calendar", "closed", "closed ${1:2026-09-12} \"${2:Holiday}\"", "days without open hours"},
    {"calendar", "title", "title en \"${1}\"", "a title for people, in each language"},
};

constexpr Phrase rule_lines[] = {
    {"rule", "when", "when ${1:condition}", "always, where left out"},
    {"rule", "then", "then ${1:consequence}", "what the rule brings about"},
    {"rule", "source", "source ${1}", "what the rule rests on"},
    {"rule", "overrides", "overrides ${1}", "the rules that it sets aside"},
    {"rule", "from", "from ${1:2026-01-01}", "its first day"},
    {"rule", "until", "until ${1:2026-12-31}", "its last day"},
    {"rule", "title", "title en \"${1}\"", "a title for people, in each language"},
    {"then", "do", "do ${1:action}", "puts an action into the plan"},
    {"then", "say", "say ${1:script}", "words for the customer"},
    {"then", "ask", "ask ${1:fact}", "asks for a fact that is unknown"},
    {"then", "offer one of", "offer one of ${1:action}, ${2:action}", "the customer chooses"},
    {"then", "escalate to", "escalate to ${1:role}", "hands the case up"},
    {"then", "alert", "alert ${1:role}", "tells somebody"},
    {"then", "add", "add ${1:10} to ${2:score}", "to a score, or a value to a set"},
    {"then", "set", "set ${1:answer} to ${2:value}", "gives an answer its value"},
    {"then", "record", "record ${1:event}", "an event, for history and reports"},
    {"then", "check", "check en \"${1:text}\" before ${2:phase}", "something to make sure of"},
    {"then", "forbid", "forbid ${1:action}", "takes an action out of the plan"},
    {"then", "because", "because en \"${1}\"", "the reason, for people"},
};

constexpr Phrase test_lines[] = {
    {"test", "given", "given ${1:fact} is ${2:value}", "what the case says"},
    {"test", "expect", "expect ${1:condition}", "what is to be advised"},
    {"given", "now is", "now is ${1:2026-11-22T10:00+02:00}", "the time of the case"},
    {"given", "expect", "expect ${1:condition}", "what is to be advised"},
    {"expect", "do", "do ${1:action}", "the plan holds it"},
    {"expect", "not do", "not do ${1:action}", "the plan does not hold it"},
    {"expect", "forbid", "forbid ${1:action}", "a rule forbids it"},
    {"expect", "escalate to", "escalate to ${1:role}", "the case is handed up"},
    {"expect", "no escalation", "no escalation", "nobody takes over"},
    {"expect", "question", "question ${1:fact}", "the fact is asked for"},
    {"expect", "no question", "no question", "nothing is asked for"},
    {"expect", "say", "say ${1:script}", "the script is said"},
    {"expect", "alert", "alert ${1:role}", "somebody is told"},
    {"expect", "record", "record ${1:event}", "the event is recorded"},
    {"expect", "no need is violated", "no need is violated", "no need was hurt"},
    {"guarantee", "whenever", "whenever ${1:condition}", "in which cases"},
    {"guarantee", "always", "always ${1:condition}", "what must hold in them"},
    {"guarantee", "never", "never ${1:condition}", "what must not"},
    {"guarantee", "changing", "changing ${1:fact} never changes ${2:needs}", "what may not matter"},
};

constexpr Phrase condition_words[] = {
    {"condition", "and", "and ", "both hold"},
    {"condition", "or", "or ", "one of them holds"},
    {"condition", "and then", "and then ", "asks for what follows only once what precedes is true"},
    {"condition start", "not", "not ", "the opposite"},
    {"condition start", "any", "any ${1:item} in ${2:list} has (${3:condition})",
     "of a list, or an event"},
    {"condition start", "every", "every ${1:item} in ${2:list} has (${3:condition})", "of a list"},
    {"condition start", "count of", "count of ${1}", "of a list, of events, or of needs"},
    {"condition start", "sum of", "sum of ${1:field} in ${2:list}", "over the items of a list"},
    {"condition start", "largest of", "largest of (${1}, ${2})",
     "of values, or of a field in a list"},
    {"condition start", "smallest of", "smallest of (${1}, ${2})",
     "of values, or of a field in a list"},
    {"condition start", "at least", "at least ${1:2} of (${2:A}, ${3:B}, ${4:C})",
     "of several conditions"},
    {"condition start", "severity of", "severity of ${1:need}", "how grave it is, 0 to 5"},
    {"condition start", "time since last", "time since last ${1:event}", "a duration"},
    {"condition start", "days from", "days from ${1:date} to ${2:today}", "a whole number"},
    {"condition start", "date of", "date of ${1:time}", "the day of a time"},
    {"condition start", "possibly", "possibly ", "true where it is unknown too"},
    {"condition start", "certainly", "certainly ", "true only where it is surely true"},
    {"condition start", "now", "now", "the time of the case"},
    {"condition start", "today", "today", "the day of the case"},
    {"after value", "is", "is ", "equal to"},
    {"after value", "is not", "is not ", "not equal to"},
    {"after value", "is one of", "is one of ", "any of several values"},
    {"after value", "is at least", "is at least ", "this or above it, of a need's states"},
    {"after value", "is known", "is known", "the case says it"},
    {"after value", "is unknown", "is unknown", "the case does not say it"},
    {"after value", "is none", "is none", "it is known that there is none"},
    {"after value", "contains", "contains ", "a set holds it"},
    {"after value", "mentions", "mentions ", "a text holds one of the phrases"},
    {"after action", "by", "by ${1:role}", "who does it"},
    {"after action", "within", "within ${1:2 hours}", "its deadline"},
    {"after action", "expires after", "expires after ${1:7 days}", "how long it stands"},
    {"after action", "for each", "for each ${1:item} in ${2:list} where (${3:condition})",
     "once for each item of a list"},
};

template <std::size_t Count>
bool has(std::string_view const (&words)[Count], std::string_view word) {
  return std::ranges::find(words, word) != std::end(words);
}

}  // namespace

std::vector<Phrase> const& phrases() {
  static std::vector<Phrase> const all = [] {
    std::vector<Phrase> joined;
    for (std::span<Phrase const> const part :
         {std::span<Phrase const>{declarations}, std::span<Phrase const>{lines},
          std::span<Phrase const>{rule_lines}, std::span<Phrase const>{test_lines},
          std::span<Phrase const>{condition_words}})
      joined.insert(joined.end(), part.begin(), part.end());
    return joined;
  }();
  return all;
}

std::string_view find_words(std::string_view word) {
  for (auto const& phrase : phrases())
    if (phrase.label == word) return phrase.words;
  for (auto const& phrase : phrases())
    if (phrase.label.starts_with(word) && phrase.label.substr(word.size()).starts_with(' '))
      return phrase.words;
  return {};
}

bool is_word_of_language(std::string_view word) {
  return language::is_declaration_keyword(word) || language::is_clause_keyword(word) ||
         language::is_reserved(word) || language::is_unit(word) || has(others, word) ||
         has(types, word);
}

std::span<std::string_view const> other_words() {
  return others;
}

bool is_type_word(std::string_view word) {
  return has(types, word) && word != "yes" && word != "no" && word != "one";
}

std::span<std::string_view const> type_words() {
  return types;
}

bool is_need_state(std::string_view word) {
  return has(states, word);
}

}  // namespace heed::author
