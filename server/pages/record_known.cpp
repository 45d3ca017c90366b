// What was known, and the rules that it brought into play.
#include <set>

#include "server/pages/html.hpp"
#include "server/pages/record_article.hpp"

namespace heed::pages {
namespace {

/// The values that a condition and its parts read, each once.
void gather(std::vector<ConditionTrace::Read>& reads, ConditionTrace const& trace) {
  for (auto const& read : trace.reads) {
    bool is_new = true;
    for (auto const& known : reads) is_new = is_new && known.name != read.name;
    if (is_new) reads.push_back(read);
  }
  for (auto const& part : trace.parts) gather(reads, part);
}

}  // namespace

std::string RecordArticle::told(Value const& value, Fact const& fact) const {
  if (auto const* at = std::get_if<Instant>(&value)) return time(*at);
  return isolated(word_.fact_value(fact.name, show(value, fact.type, policy_.zone)));
}

/// What was told, and folded away what nobody told and the policy takes for granted.
std::string RecordArticle::known() const {
  std::string rows, defaults;
  std::set<std::string_view> const hidden{record_.hidden_facts.begin(), record_.hidden_facts.end()};
  for (std::size_t at = 0; at < policy_.facts.size(); ++at) {
    auto const& fact = policy_.facts[at];
    auto const& value = record_.known.facts[at];
    bool const is_hidden = hidden.contains(fact.name);
    if (!value && !is_hidden) continue;
    auto const title = word_.text(fact.title);
    auto const words = is_hidden ? "…" : told(*value, fact);
    bool const is_default = !is_hidden && fact.otherwise && told(*fact.otherwise, fact) == words;
    (is_default ? defaults : rows) += "<tr><th scope=\"row\">" +
                                      (title.empty() ? "" : isolated(title) + " ") +
                                      code(fact.name) + "</th><td>" + words + "</td></tr>\n";
  }
  auto const table = [](std::string const& content) {
    return "<div class=\"wide\"><table class=\"known\"><tbody>\n" + content +
           "</tbody></table></div>\n";
  };
  auto text = rows.empty() ? "<p>" + say("Nothing.", "דבר.") + "</p>\n" : table(rows);
  text += history();
  if (!defaults.empty())
    text += "<details><summary>" +
            say("As the policy takes it where nobody says otherwise",
                "מה שהמדיניות מניחה כשאיש לא אמר אחרת") +
            "</summary>\n" + table(defaults) + "</details>\n";
  return text + passed_over();
}

std::string RecordArticle::history() const {
  std::string rows;
  for (auto const& happened : record_.known.history) {
    auto const& event = policy_.events[index(happened.event)];
    rows += "<tr><td>" + time(happened.at) + "</td><td>" + isolated(word_.event(event.name));
    std::string fields;
    for (auto const& [number, value] : happened.fields) {
      auto const& field = event.fields[number];
      auto const* at = std::get_if<Instant>(&value);
      fields += (fields.empty() ? " (" : ", ") + isolated(word_.part(event.name, field.name)) +
                ": " +
                (at != nullptr ? time(*at)
                               : isolated(word_.field(event.name, field.name,
                                                      show(value, field.type, policy_.zone))));
    }
    rows += fields + (fields.empty() ? "" : ")") + "</td></tr>\n";
  }
  std::string text;
  if (!rows.empty())
    text += "<h3>" + say("What had happened before", "מה קרה קודם") +
            "</h3>\n<div class=\"wide\"><table><tbody>\n" + rows + "</tbody></table></div>\n";
  std::string figures;
  for (auto const& [expression, figure] : record_.known.figures)
    if (!expression.starts_with('?'))
      figures += "<li>" + code(expression) + ": " + counted(figure) + "</li>\n";
  if (!figures.empty())
    text += "<h3>" + say("Counted across customers", "נספר על פני כלל הלקוחות") + "</h3>\n<ul>\n" +
            figures + "</ul>\n";
  return text;
}

/// A number of events, or the time of the last one.
std::string RecordArticle::counted(Figure const& figure) const {
  if (auto const* const count = std::get_if<Figure::Count>(&figure.form)) {
    auto const surely = std::to_string(count->surely);
    if (!count->possibly) return say("at least ", "לפחות ") + surely;
    if (*count->possibly == count->surely) return surely;
    return say("between ", "בין ") + surely + say(" and ", " ל־") +
           std::to_string(*count->possibly);
  }
  auto const& last = std::get<Figure::Latest>(figure.form);
  if (last.surely) return time(*last.surely);
  return last.possibly ? say("at the latest ", "לכל המאוחר ") + time(*last.possibly)
                       : say("never", "אף פעם");
}

std::string RecordArticle::passed_over() const {
  if (record_.known.ignored.empty()) return {};
  std::string names;
  for (auto const& pointer : record_.known.ignored)
    names += (names.empty() ? "" : ", ") + code(pointer);
  return soft(say("Sent, but not declared by the policy, and passed over: ",
                  "נשלחו, אינם מוכרים למדיניות, ודולגו: ") +
              names);
}

std::string RecordArticle::reads(ConditionTrace const& trace) const {
  std::vector<ConditionTrace::Read> all;
  gather(all, trace);
  std::string text;
  for (auto const& read : all)
    text += (text.empty() ? "" : "; ") + code(read.name) + ": " +
            isolated(word_.fact_value(read.name, read.value));
  return text.empty() ? text : " <span class=\"soft\">(" + text + ")</span>";
}

std::string RecordArticle::condition(ConditionTrace const& trace) const {
  std::string text;
  if (trace.is_conjunction) {
    for (auto const& part : trace.parts) text += condition(part);
    return text;
  }
  auto const mark = trace.truth == Truth::yes  ? say("holds", "מתקיים")
                    : trace.truth == Truth::no ? say("does not hold", "לא מתקיים")
                                               : say("is not known", "לא ידוע");
  return "<li>" + code(trace.text) + " – " + mark + reads(trace) + "</li>\n";
}

std::string RecordArticle::rule(RuleExplanation const& rule) const {
  auto const title = word_.text(rule.title);
  bool const fired = rule.status == RuleStatus::fired;
  auto text = "<div class=\"card\" id=\"" + prefix_ + "-rule-" + escaped(rule.rule) + "\">\n<h3>" +
              (title.empty() ? "" : isolated(title) + " ") + code(rule.rule) +
              " <span class=\"badge " + (fired ? "good" : "part") + "\">" +
              (fired ? say("applies", "חל") : say("waits for an answer", "ממתין לתשובה")) +
              "</span></h3>\n";
  if (auto const reason = word_.text(rule.because); !reason.empty())
    text += "<p>" + isolated(reason) + "</p>\n";
  if (rule.when) text += "<ul class=\"conditions\">\n" + condition(*rule.when) + "</ul>\n";
  std::string names;
  for (auto const& fact : rule.waits_for) names += (names.empty() ? "" : ", ") + code(fact);
  if (!names.empty()) text += soft(say("not known: ", "לא ידוע: ") + names);
  std::string sources;
  for (auto const& source : rule.sources)
    sources += (sources.empty() ? "" : "; ") + isolated(source);
  if (!sources.empty()) text += soft(say("based on: ", "מבוסס על: ") + sources);
  return text + "</div>\n";
}

std::string RecordArticle::reasons() const {
  std::string fired, waiting;
  for (auto const& each : record_.explanation.rules) {
    if (each.status == RuleStatus::fired) fired += rule(each);
    if (each.status == RuleStatus::pending) waiting += rule(each);
  }
  auto text =
      fired.empty()
          ? "<p>" + say("No rule of the policy applies.", "אף כלל במדיניות אינו חל כאן.") + "</p>\n"
          : fired;
  if (!waiting.empty())
    text += "<h3>" + say("Rules that wait for what is not known", "כללים שממתינים למה שאינו ידוע") +
            "</h3>\n" + waiting;
  return text;
}

}  // namespace heed::pages
