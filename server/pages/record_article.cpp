#include "server/pages/record_article.hpp"

#include "server/pages/html.hpp"

namespace heed::pages {
namespace {

std::string badge(std::string_view look, std::string_view words) {
  return "<li><span class=\"badge " + std::string{look} + "\">" + std::string{words} +
         "</span></li>\n";
}

}  // namespace

std::string proof_badge(Proof proof, Language language) {
  switch (proof) {
    case Proof::holds:
      return badge("good", either(language, "its proof holds: it is in the signed log",
                                  "ההוכחה תקפה: הרשומה ביומן החתום"));
    case Proof::waits:
      return badge("part", either(language, "its signature is still to come", "טרם נחתמה"));
    case Proof::unsigned_log:
      return badge("part", either(language, "the log is not signed", "היומן אינו חתום"));
    case Proof::broken:
      return badge("bad", either(language, "its proof does not hold", "ההוכחה אינה תקפה"));
  }
  return {};
}

std::string RecordArticle::section(std::string_view id, std::string_view title,
                                   std::string_view content) const {
  if (content.empty()) return {};
  return "<section id=\"" + prefix_ + "-" + std::string{id} + "\">\n<h2>" + std::string{title} +
         "</h2>\n" + std::string{content} + "</section>\n";
}

std::string RecordArticle::rules(Names const& names) const {
  std::string text;
  for (auto const& name : names) {
    if (!text.empty()) text += " ";
    text += "<a class=\"rule\" href=\"#" + prefix_ + "-rule-" + escaped(name) + "\">" + code(name) +
            "</a>";
  }
  return text.empty() ? text : "<div class=\"rules\">" + text + "</div>\n";
}

std::string RecordArticle::with(With const& with, std::string const& action) const {
  std::string text;
  for (auto const& [name, value] : with)
    text += (text.empty() ? "" : ", ") + isolated(word_.part(action, name)) + ": " +
            isolated(word_.taken(action, name, value));
  return text.empty() ? text : " (" + text + ")";
}

std::string RecordArticle::time(Instant at) const {
  return "<time datetime=\"" + escaped(policy_.zone.to_text(at)) + "\">" +
         isolated(word_.time(at)) + "</time>";
}

std::string RecordArticle::head() const {
  auto const title = word_.text(policy_.title);
  auto text = "<p class=\"soft\">" + say("Decision ", "החלטה ") + std::to_string(record_.sequence) +
              say(" of the log ", " ביומן ") + code(record_.log) + "</p>\n<h1>" +
              escaped(title.empty() ? policy_.name : title);
  if (!record_.subject.empty()) text += ": " + isolated(record_.subject);
  text += "</h1>\n<p>" + say("decided for ", "הוחלט למועד ") + time(record_.at) +
          say(", recorded ", ", נרשם ") + time(record_.recorded_at) + " <span class=\"soft\">(" +
          code(policy_.zone.name()) + ")</span></p>\n";
  return text + doubts();
}

/// Whether it can be relied on, before anything is read.
std::string RecordArticle::doubts() const {
  auto text = "<ul class=\"badges\">\n" + proof_badge(record_.proof, word_.language());
  switch (record_.again) {
    case DecidedAgain::same:
      text += badge("good", say("its policy decides it again to the same bytes",
                                "המדיניות מכריעה אותה שוב, בית לבית"));
      break;
    case DecidedAgain::differs:
      text += badge("bad", say("its policy decides otherwise than was logged: below is what it "
                               "decides",
                               "המדיניות מכריעה אחרת ממה שנרשם: להלן מה שהיא מכריעה"));
      break;
    case DecidedAgain::other_engine:
      text += badge("part", say("made by another version of Heed: below is what this one decides",
                                "התקבלה בגרסה אחרת של Heed: להלן מה שהגרסה הזאת מכריעה"));
      break;
    case DecidedAgain::sealed:
      text += badge("part", say("what is private in it is sealed: below, … stands for it",
                                "הערכים החסויים נעולים: במקומם מופיע להלן …"));
      break;
    case DecidedAgain::erased:
      text += badge("part", say("what was private in it was erased: below, … stands for it",
                                "הערכים החסויים נמחקו לצמיתות: במקומם מופיע להלן …"));
      break;
  }
  return text + "</ul>\n";
}

std::string RecordArticle::place() const {
  std::string rows;
  auto const row = [&](std::string const& name, std::string const& html) {
    rows += "<tr><th scope=\"row\">" + name + "</th><td>" + html + "</td></tr>\n";
  };
  row(say("Id", "מזהה"), code(record_.id));
  row(say("Place in the log", "מקום ביומן"), std::to_string(record_.sequence));
  row(say("Hash", "גיבוב"), code(record_.hash));
  row(say("Log", "יומן"), code(record_.log));
  row(say("Records under its signed head", "רשומות שחתומות בראשו"),
      grouped(static_cast<std::uint64_t>(record_.head_records)));
  row(say("Key that checks the signature", "מפתח לבדיקת החתימה"), code(record_.verifier_key));
  row(say("Policy", "מדיניות"), code(policy_.name));
  row(say("Revision of the policy", "מהדורת המדיניות"), code(record_.revision));
  row(say("Engine, time zones, languages", "מנוע, אזורי זמן, שפות"),
      code(record_.engine.version + ", " + record_.engine.tz + ", " + record_.engine.cldr));
  if (!record_.by.empty()) row(say("Asked by", "ביקש"), code(record_.by));
  if (!record_.trace.empty()) row(say("Trace", "מעקב"), code(record_.trace));
  return "<div class=\"wide\"><table class=\"place\"><tbody>\n" + rows +
         "</tbody></table></div>\n<p class=\"soft\">" +
         say("A page can be made up; a proof cannot. This one can be checked without Heed: ",
             "דף אפשר להמציא, הוכחה לא. את זו אפשר לבדוק בלי Heed: ") +
         code("heed log prove STORE " + record_.id) + "</p>\n";
}

std::string RecordArticle::write() const {
  auto const is_hebrew = word_.language() == Language::hebrew;
  auto text = std::string{"<article lang=\""} + (is_hebrew ? "he\" dir=\"rtl" : "en\" dir=\"ltr") +
              "\">\n" + head();
  text += section("known", say("What was known", "מה היה ידוע"), known());
  text += section("needs", say("What was at stake", "מה עמד על הפרק"), needs());
  text += section("plan", say("What was advised", "מה הומלץ לעשות"), plan());
  text += section("choices", say("What to offer", "מה הוצע להציע"), choices());
  text += section("say", say("What to say", "מה הוצע לומר"), sayings());
  text += section("checks", say("What to check", "מה לבדוק"), checks());
  text += section("escalation", say("Who takes over", "למי עובר הטיפול"), escalations());
  text += section("alerts", say("Who is told", "את מי ליידע"), alerts());
  text += section("refused", say("What not to do", "מה אין לעשות"), refused());
  text += section("questions", say("What was asked", "מה נשאל"), questions());
  text += section("findings", say("Findings", "ממצאים"), findings());
  text += section("records", say("What went on record", "מה נרשם להיסטוריה"), records());
  text += section("why", say("Why", "למה"), reasons());
  text += section("place", say("The record", "הרשומה"), place());
  return text + "</article>\n";
}

}  // namespace heed::pages
