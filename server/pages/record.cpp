#include "server/pages/record.hpp"

#include "server/pages/html.hpp"
#include "server/pages/record_article.hpp"

namespace heed::pages {
namespace {

constexpr std::string_view style = R"(
article + article { margin-top: 4rem; border-top: 3px solid var(--line); padding-top: 1rem; }
nav.languages { text-align: end; } nav.languages a { margin-inline-start: 1rem; }
.badges { display: flex; flex-wrap: wrap; gap: 0.5rem; padding: 0; margin: 0.8rem 0;
  list-style: none; }
.steps > li { margin: 0 0 0.9rem; } .steps > li::marker { font-weight: 700; }
.rules { margin: 0.15rem 0 0.35rem; font-size: 0.92rem; } a.rule { text-decoration: none; }
a.rule code { border-bottom: 1px dotted currentcolor; }
blockquote { margin: 0.8rem 0 0.1rem; padding: 0.2rem 0.9rem;
  border-inline-start: 4px solid var(--accent); }
.conditions { margin: 0.3rem 0; padding-inline-start: 1.3rem; }
table.known th, table.place th { width: 42%; } .card > h3 { margin-top: 0.2rem; }
:target { outline: 2px solid var(--accent); outline-offset: 2px; }
@media (max-width: 34rem) {
  table.known, table.known tbody, table.known tr, table.known th, table.known td,
  table.place, table.place tbody, table.place tr, table.place th, table.place td {
    display: block; width: auto; }
  table.known th, table.place th { border: 0; padding-bottom: 0; }
}
@media print {
  nav.languages { display: none; } article + article { break-before: page; border: 0; }
  .card, .steps > li, blockquote { break-inside: avoid; }
  a { color: inherit; text-decoration: none; }
}
)";

/// Of a record that cannot be laid out as a decision.
std::string plain_article(ShownRecord const& record, Language language) {
  auto const say = [&](std::string_view english, std::string_view hebrew) {
    return std::string{either(language, english, hebrew)};
  };
  auto const is_hebrew = language == Language::hebrew;
  auto text = std::string{"<article lang=\""} + (is_hebrew ? "he\" dir=\"rtl" : "en\" dir=\"ltr") +
              "\">\n<p class=\"soft\">" + code(record.log) + "</p>\n<h1>" +
              say("Record ", "רשומה ") + std::to_string(record.sequence) + "</h1>\n<p>" +
              isolated(text_of(record.what, language)) + "</p>\n<ul class=\"badges\">\n" +
              proof_badge(record.proof, language) + "</ul>\n<p>" + say("recorded ", "נרשמה ") +
              isolated(Zone::utc().to_text(record.recorded_at)) + "</p>\n";
  if (!record.holds.empty()) text += "<pre dir=\"ltr\">" + escaped(record.holds) + "</pre>\n";
  text += "<p>" + say("Id ", "מזהה ") + code(record.id) + "</p>\n<p>" + say("Hash ", "גיבוב ") +
          code(record.hash) + "</p>\n";
  if (!record.by.empty()) text += "<p>" + say("By ", "על ידי ") + code(record.by) + "</p>\n";
  return text + "</article>\n";
}

std::string title_of(ShownRecord const& record, Language language) {
  auto text = std::string{either(language, "Record ", "רשומה ")} + std::to_string(record.sequence);
  return record.subject.empty() ? text : text + ", " + record.subject;
}

}  // namespace

std::string record_page(ShownRecord const& record, std::vector<Language> const& languages) {
  std::string content;
  if (languages.size() > 1)
    content +=
        "<nav class=\"languages\"><a href=\"#he\" lang=\"he\">עברית</a><a href=\"#en\" "
        "lang=\"en\">English</a></nav>\n";
  for (auto const language : languages) {
    if (languages.size() > 1)
      content +=
          language == Language::hebrew ? "<div id=\"he\"></div>\n" : "<div id=\"en\"></div>\n";
    content +=
        record.rules ? RecordArticle{record, language}.write() : plain_article(record, language);
  }
  return page(languages.front(), title_of(record, languages.front()), content, style);
}

}  // namespace heed::pages
