#include "engine/language/dump.hpp"
#include "engine/language/dump_parts.hpp"

namespace heed::language {

// Rules and tests.

static std::string show(Argument const& form) {
  auto const& [name, value] = form;
  return node("with", name, value);
}
static std::string show(Deadline const& form) {
  auto const& [within, of] = form;
  return node("within", within, of);
}
static std::string show(ForEach const& form) {
  auto const& [name, list, where] = form;
  return node("each", name, list, where);
}
static std::string show(WriteNeed const& form) {
  auto const& [need, state, severity] = form;
  return node("write", need, state, severity);
}
static std::string show(Do const& form) {
  auto const& [action, arguments, by, within, expires_after, for_each] = form;
  return node("do", action, arguments, by, within, expires_after, for_each);
}
static std::string show(Offer const& form) {
  auto const& [actions] = form;
  return node("offer", actions);
}
static std::string show(Say const& form) {
  auto const& [script, text] = form;
  return node("say", script, text);
}
static std::string show(Ask const& form) {
  auto const& [fact] = form;
  return node("ask", fact);
}
static std::string show(Escalate::Step const& form) {
  auto const& [to, after] = form;
  return node("step", to, after);
}
static std::string show(Escalate const& form) {
  auto const& [to, within, then] = form;
  return node("escalate", to, within, then);
}
static std::string show(Alert const& form) {
  auto const& [role, within] = form;
  return node("alert", role, within);
}
static std::string show(Add const& form) {
  auto const& [value, to] = form;
  return node("add", value, to);
}
static std::string show(Set const& form) {
  auto const& [answer, value] = form;
  return node("set", answer, value);
}
static std::string show(Record const& form) {
  auto const& [event, fields] = form;
  return node("record", event, fields);
}
static std::string show(Check const& form) {
  auto const& [text, before] = form;
  return node("check", text, before);
}
static std::string show(Forbid const& form) {
  auto const& [action, instead] = form;
  return node("forbid", action, instead);
}
static std::string show(Consequence const& consequence) {
  auto const& [span, form] = consequence;
  return show(form);
}
static std::string show(Rule const& form) {
  auto const& [name, title, sources, overrides, from, until, from_span, until_span, when, then,
               because] = form;
  return node("rule", name, title, sources, overrides, from, until, from_span, until_span, when,
              then, because);
}
static std::string show(GivenFact const& form) {
  auto const& [fact, value] = form;
  return node("is", fact, value);
}
static std::string show(GivenItem const& form) {
  auto const& [list, fields] = form;
  return node("item", list, fields);
}
static std::string show(GivenEvent const& form) {
  auto const& [event, ago, fields] = form;
  return node("ago", event, ago, fields);
}
static std::string show(GivenNow const& form) {
  auto const& [now] = form;
  return node("now-is", now);
}
static std::string show(Given const& given) {
  auto const& [span, form] = given;
  return show(form);
}
static std::string show(ExpectCondition const& form) {
  auto const& [condition] = form;
  return show(condition);
}
static std::string show(ExpectDo const& form) {
  auto const& [what] = form;
  return show(what);
}
static std::string show(ExpectForbid const& form) {
  auto const& [action] = form;
  return node("forbid", action);
}
static std::string show(ExpectEscalate const& form) {
  auto const& [to, within] = form;
  return node("escalate", to, within);
}
static std::string show(ExpectQuestion const& form) {
  auto const& [fact] = form;
  return node("question", fact);
}
static std::string show(ExpectOffer const& form) {
  auto const& [action] = form;
  return node("offer", action);
}
static std::string show(ExpectSay const& form) {
  auto const& [script] = form;
  return node("say", script);
}
static std::string show(ExpectAlert const& form) {
  auto const& [role] = form;
  return node("alert", role);
}
static std::string show(ExpectRecord const& form) {
  auto const& [event] = form;
  return node("record", event);
}
static std::string show(Expect const& expect) {
  auto const& [span, negated, form] = expect;
  return negated ? node("no", form) : show(form);
}
static std::string show(Test const& form) {
  auto const& [name, given, expect] = form;
  return node("test", name, given, expect);
}
static std::string show(Guarantee const& form) {
  auto const& [name, title, body] = form;
  return node("guarantee", name, title, body);
}
static std::string show(Term const& form) {
  auto const& [name, title] = form;
  return node("term", name, title);
}

// Vocabulary.

static std::string show(TypeName const& type) {
  auto const& [form, span, values, ordered, currency, cents, element, name, or_none] = type;
  return node("type", form, span, values, flag("ordered", ordered), currency, flag("cents", cents),
              element, name, flag("or-none", or_none));
}
static std::string secrecy(bool is_private, bool is_public) {
  if (is_private && is_public) return "private-public";
  return flag(is_private ? "private" : "public", is_private || is_public);
}
static std::string show(Field const& form) {
  auto const& [name, type, join, is_private, is_public] = form;
  if (!is_private && !is_public) return node("field", name, type, join);
  return node("field", name, type, join, secrecy(is_private, is_public));
}
static std::string show(Policy const& form) {
  auto const& [name, title, languages, zone] = form;
  return node("policy", name, title, languages, zone);
}
static std::string show(Parameter const& form) {
  auto const& [name, title, value, source] = form;
  return node("parameter", name, title, value, source);
}
static std::string show(Fact const& form) {
  auto const& [name, type, is_private, is_public, confidential, otherwise, title, ask, fields] =
      form;
  return node("fact", name, type, secrecy(is_private, is_public),
              flag("confidential", confidential), otherwise, title, ask, fields);
}
static std::string show(Need const& form) {
  auto const& [name, psychological, title, weight] = form;
  return node("need", name, flag("psychological", psychological), title, weight);
}
static std::string show(Role const& form) {
  auto const& [name, title, above] = form;
  return node("role", name, title, above);
}
static std::string show(Phases const& form) {
  auto const& [names] = form;
  return node("phase", names);
}
static std::string show(Action const& form) {
  auto const& [name, title, phase, takes, required, internal_to] = form;
  return node("action", name, title, phase, takes, required, internal_to);
}
static std::string show(Answer const& form) {
  auto const& [name, title, type, reports, join, otherwise] = form;
  return node("answer", name, title, type, reports, join, otherwise);
}
static std::string show(Score const& form) {
  auto const& [name, title, from, to] = form;
  return node("score", name, title, from, to);
}
static std::string show(Define const& form) {
  auto const& [name, title, type, value] = form;
  return node("define", name, title, type, value);
}
static std::string show(Phrases::Line const& form) {
  auto const& [except, language, phrases] = form;
  return node(except ? "except" : "line", language, phrases);
}
static std::string show(Phrases const& form) {
  auto const& [name, title, lines] = form;
  return node("phrases", name, title, lines);
}
static std::string show(Script const& form) {
  auto const& [name, title, text] = form;
  return node("script", name, title, text);
}
static std::string show(Event const& form) {
  auto const& [name, title, fields] = form;
  return node("event", name, title, fields);
}
static std::string show(SourceLine::Mapping const& form) {
  auto const& [from, to] = form;
  return node("maps", from, to);
}
static std::string show(SourceLine const& form) {
  auto const& [target, pointer, mappings] = form;
  return node("line", target, pointer, mappings);
}
static std::string show(Source const& form) {
  auto const& [name, title, lines] = form;
  return node("source", name, title, lines);
}

// Tables, authority, calendars.

static std::string show(Cell::Anything const&) {
  return "*";
}
static std::string show(Cell::Values const& form) {
  auto const& [values] = form;
  return node("values", values);
}
static std::string show(Cell::Bound const& form) {
  auto const& [relation, value] = form;
  return node(written(relation), value);
}
static std::string show(Cell::Band const& form) {
  auto const& [from, to] = form;
  return node("up-to", from, to);
}
static std::string show(Cell::Whole const& form) {
  auto const& [condition] = form;
  return node("whole", condition);
}
static std::string show(Cell const& cell) {
  auto const& [span, form] = cell;
  return show(form);
}
static std::string show(Row const& row) {
  auto const& [span, cells] = row;
  return show(cells);
}
static std::string show(Table const& form) {
  auto const& [name, title, type, results, hit, file, header, rows] = form;
  return node("table", name, title, type, results, hit, file, header, rows);
}
static std::string show(Authority::Line const& form) {
  auto const& [role, up_to, when] = form;
  return node("line", role, up_to, when);
}
static std::string show(Authority const& form) {
  auto const& [what, lines] = form;
  return node("authority", what, lines);
}
static std::string show(Calendar::Open const& form) {
  auto const& [days, range, from, to] = form;
  return node("open", days, flag("range", range), from, to);
}
static std::string show(Calendar::Closed const& form) {
  auto const& [day, eve, title, span] = form;
  return node("closed", day, title, flag("eve", eve), span);
}
static std::string show(Calendar const& form) {
  auto const& [name, title, zone, open, closed] = form;
  return node("calendar", name, title, zone, open, closed);
}
static std::string show(Broken const& form) {
  auto const& [keyword, name] = form;
  return node("broken", keyword, name);
}
static std::string show(Declaration const& declaration) {
  auto const& [span, form] = declaration;
  return show(form);
}

std::string dump(Document const& document) {
  auto const& [file, declarations, comments] = document;
  std::string text;
  for (auto const& declaration : declarations) text += show(declaration) + "\n";
  return text;
}

}  // namespace heed::language
