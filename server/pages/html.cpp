#include "server/pages/html.hpp"

namespace heed::pages {
namespace {

constexpr std::string_view style = R"(
:root {
  color-scheme: light dark;
  --ground: #fbfaf7; --card: #ffffff; --ink: #1f2328; --soft: #59616b; --line: #d9d5cc;
  --good: #1a6b3c; --good-ground: #e0f2e5; --part: #7a4d00; --part-ground: #fdf0cf;
  --bad: #a3211f; --bad-ground: #fbe3e0; --accent: #1f4f8a; --bar: #e7e3da;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #16181b; --card: #1f2226; --ink: #e9e6df; --soft: #a7adb5; --line: #3a3f46;
    --good: #7fd6a0; --good-ground: #163324; --part: #f0c368; --part-ground: #3a2e10;
    --bad: #ff9d94; --bad-ground: #451c1a; --accent: #8fbcf2; --bar: #32363c;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 16px/1.55 system-ui, "Segoe UI", "Noto Sans", "Noto Sans Hebrew", Arial, sans-serif; }
main { max-width: 68rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0.5rem 0 0.25rem; }
h2 { font-size: 1.25rem; margin: 2.2rem 0 0.6rem; }
h3 { font-size: 1.02rem; margin: 1.2rem 0 0.4rem; }
p { margin: 0.4rem 0; }
.soft { color: var(--soft); }
a { color: var(--accent); }
a:focus-visible, summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
code, pre { font-family: ui-monospace, "Cascadia Code", "Noto Sans Mono", Consolas, monospace;
  font-size: 0.88em; unicode-bidi: isolate; direction: ltr; overflow-wrap: anywhere; }
pre { margin: 0.5rem 0; padding: 0.7rem 0.9rem; background: var(--ground);
  border: 1px solid var(--line);
  border-radius: 0.5rem; overflow-x: auto; text-align: left; white-space: pre-wrap; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: 0.8rem;
  margin: 1rem 0; padding: 0; list-style: none; }
.tile, .card { background: var(--card); border: 1px solid var(--line); border-radius: 0.7rem;
  padding: 0.9rem 1.1rem; }
.card { margin: 1rem 0; } .card > h2 { margin-top: 0.3rem; }
q::before, q::after { content: none; } q { font-weight: 600; }
td.before, td.after { width: 36%; } td, th[scope="row"] { overflow-wrap: anywhere; }
.tile strong { display: block; font-size: 1.7rem; line-height: 1.2;
  font-variant-numeric: tabular-nums; }
.bar { display: block; height: 0.55rem; border-radius: 0.3rem; background: var(--bar);
  overflow: hidden;
  min-width: 6rem; margin: 0.35rem 0; }
.bar > span { display: block; height: 100%; background: var(--accent); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: 0.5rem 0; }
th, td { text-align: start; vertical-align: top; padding: 0.35rem 0.7rem;
  border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; font-size: 0.9rem; }
td.number, th.number { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
.good { color: var(--good); } .bad { color: var(--bad); } .part { color: var(--part); }
.badge { display: inline-block; padding: 0 0.55rem; border-radius: 1rem; font-size: 0.85rem;
  font-weight: 600; background: var(--bar); }
.badge.good { background: var(--good-ground); } .badge.bad { background: var(--bad-ground); }
.badge.part { background: var(--part-ground); }
.plain { padding: 0; list-style: none; } details > table { max-width: 42rem; }
details { margin: 0.5rem 0; } summary { cursor: pointer; color: var(--accent); }
table.source { font-size: 0.95rem; table-layout: auto; }
table.source td { border: 0; padding: 0 0.6rem; }
table.source td.line { color: var(--soft); text-align: end; user-select: none; width: 1%;
  direction: ltr; }
table.source td.text { white-space: pre-wrap; direction: ltr; text-align: left;
  min-width: 22rem; overflow-wrap: break-word; }
table.source td.seen { color: var(--soft); font-size: 0.85rem; min-width: 12rem; }
table.source tr.good td.text { background: var(--good-ground); }
table.source tr.part td.text { background: var(--part-ground); }
table.source tr.bad td.text { background: var(--bad-ground); }
table.source tr:target td { outline: 2px solid var(--accent); outline-offset: -2px; }
.before { color: var(--soft); } .after { font-weight: 600; }
@media print {
  body { background: #fff; font-size: 11pt; } main { max-width: none; padding: 0; }
  details::details-content { content-visibility: visible; block-size: auto; }
  .bar, .bar > span, .badge, table.source td { print-color-adjust: exact; }
  .tile, tr, pre { break-inside: avoid; } h2, h3, summary { break-after: avoid; }
  .wide, pre { overflow: visible; }
}
)";

/// Bytes of the character at the start of `text` that XML cannot hold; 0 where it can.
std::size_t unwritable(std::string_view text) {
  auto const byte = static_cast<unsigned char>(text.front());
  if (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') return 1;
  return text.starts_with("\xEF\xBF\xBE") || text.starts_with("\xEF\xBF\xBF") ? 3 : 0;
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (auto const bytes = unwritable(text.substr(at)); bytes > 0) {
      out += "\uFFFD";
      at += bytes - 1;
      continue;
    }
    switch (text[at]) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += text[at];
    }
  }
  return out;
}

std::string isolated(std::string_view text) {
  return "<bdi>" + escaped(text) + "</bdi>";
}

std::string code(std::string_view text) {
  return "<code dir=\"ltr\">" + escaped(text) + "</code>";
}

std::string page(Language language, std::string_view title, std::string_view content,
                 std::string_view more) {
  auto const hebrew = language == Language::hebrew;
  std::string out = "<!DOCTYPE html>\n<html lang=\"";
  out += hebrew ? R"(he" dir="rtl">)" : R"(en" dir="ltr">)";
  out +=
      "\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>";
  out += escaped(title);
  out += "</title>\n<style>";
  out += style;
  out += more;
  out += "</style>\n</head>\n<body>\n<main>\n";
  out += content;
  out += "</main>\n</body>\n</html>\n";
  return out;
}

std::string link(std::string_view address, std::string_view content) {
  return "<a href=\"" + escaped(address) + "\">" + std::string{content} + "</a>";
}

std::string percent(std::uint64_t part, std::uint64_t whole) {
  auto const tenths = hundredths_of({part, whole}) / 10;
  auto const rest = tenths % 10;
  return std::to_string(tenths / 10) + (rest == 0 ? "" : "." + std::to_string(rest)) + "%";
}

std::string bar(std::uint64_t part, std::uint64_t whole) {
  auto const figure = percent(part, whole);
  return "<span class=\"bar\" role=\"img\" aria-label=\"" + figure +
         "\"><span style=\"width:" + figure + "\"></span></span>";
}

std::string grouped(std::uint64_t number) {
  auto text = std::to_string(number);
  for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3)
    text.insert(static_cast<std::size_t>(at), ",");
  return text;
}

}  // namespace heed::pages
