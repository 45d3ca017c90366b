#include "engine/language/format.hpp"

#include <algorithm>

#include "engine/base/expected.hpp"
#include "engine/language/characters.hpp"
#include "engine/language/page.hpp"
#include "engine/language/write.hpp"

namespace heed::language {
namespace {

using Pieces = std::vector<std::string>;

std::uint32_t anchor_of(Name const& name) {
  return name.span.begin;
}

/// `a,`, `b`: a list whose line may be broken after its commas.
template <class Item>
Pieces listed(std::vector<Item> const& items, auto const& write) {
  Pieces pieces;
  for (auto const& item : items) {
    if (!pieces.empty()) pieces.back() += ",";
    pieces.push_back(write(item));
  }
  return pieces;
}
Pieces listed(std::vector<Name> const& names) {
  return listed(names, [](Name const& name) { return written(name); });
}

/// A title of one text without a language stands on the first line, others on lines of their own.
bool is_short(Texts const& title) {
  return title.size() == 1 && !title[0].language;
}
std::string short_title(Texts const& title) {
  return is_short(title) ? " " + written(title) : "";
}
void title_line(Page& page, Texts const& title) {
  if (!is_short(title)) page.title(2, "title ", title);
}
/// Where no title line may stand.
std::string whole_title(Texts const& title) {
  return title.empty() ? "" : " " + written(title);
}

/// The cells of each row padded to the width of their column, but for the last of a row.
std::vector<std::string> align(std::vector<Pieces> const& rows, std::string const& between) {
  std::vector<std::size_t> widths;
  for (auto const& row : rows)
    for (std::size_t at = 0; at < row.size(); ++at) {
      if (at == widths.size()) widths.push_back(0);
      widths[at] = std::max(widths[at], shown_width(row[at]));
    }
  std::vector<std::string> lines;
  for (auto const& row : rows) {
    std::string line;
    for (std::size_t at = 0; at < row.size(); ++at) {
      line += row[at];
      if (at + 1 == row.size()) break;
      line += std::string(widths[at] - shown_width(row[at]), ' ') + between;
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

void put(Page& page, Policy const& form) {
  page.line(0, "policy " + written(form.name) + short_title(form.title), anchor_of(form.name));
  title_line(page, form.title);
  if (!form.languages.empty())
    page.pieces(2, 4, "languages ", listed(form.languages), anchor_of(form.languages[0]));
  if (form.zone) page.line(2, "zone " + quoted(form.zone->value), form.zone->span.begin);
}

/// What a rule or a parameter rests on: a word as it was written, a text in quotes.
std::string origin(Page const& page, Text const& source) {
  auto const span = source.span;
  if (page.source()[span.begin] == '"') return quoted(source.value);
  return std::string{page.source().substr(span.begin, span.end - span.begin)};
}

void put(Page& page, Parameter const& form) {
  page.expression(0, "parameter " + written(form.name) + short_title(form.title) + " is ",
                  *form.value);
  title_line(page, form.title);
  if (form.source) page.line(2, "source " + origin(page, *form.source), form.source->span.begin);
}

void field_lines(Page& page, std::vector<Field> const& fields) {
  for (auto const& field : fields) page.line(2, written(field), anchor_of(field.name));
}

void put(Page& page, Fact const& form) {
  std::string first = "fact " + written(form.name) + " is ";
  if (form.is_private) first += "private ";
  if (form.is_public) first += "public ";
  if (form.confidential) first += "confidential ";
  first += to_text(form.type);
  Pieces pieces = {first};
  if (form.otherwise) {
    pieces.back() += ",";
    pieces.push_back("default " + written(*form.otherwise));
  }
  page.pieces(0, 4, "", pieces, anchor_of(form.name));
  page.title(2, "title ", form.title);
  page.title(2, "ask ", form.ask);
  field_lines(page, form.fields);
}

void put(Page& page, Need const& form) {
  page.line(0,
            std::string{"need "} + (form.psychological ? "psychological " : "functional ") +
                written(form.name) + short_title(form.title),
            anchor_of(form.name));
  title_line(page, form.title);
  if (form.weight) page.line(2, "weight " + form.weight->digits, form.weight->span.begin);
}

void put(Page& page, Role const& form) {
  std::string text = "role " + written(form.name) + short_title(form.title);
  if (form.above) text += " above " + written(*form.above);
  page.line(0, text, anchor_of(form.name));
  title_line(page, form.title);
}

void put(Page& page, Phases const& form) {
  page.pieces(0, 6, "phase ", listed(form.names), anchor_of(form.names.at(0)));
}

void put(Page& page, Action const& form) {
  page.line(0, "action " + written(form.name) + short_title(form.title), anchor_of(form.name));
  title_line(page, form.title);
  if (form.phase) page.line(2, "phase " + written(*form.phase), anchor_of(*form.phase));
  for (auto const& field : form.takes)
    page.line(2, "takes " + written(field), anchor_of(field.name));
  if (form.requires_) page.expression(2, "requires ", *form.requires_);
  if (form.internal_to)
    page.line(2, "internal to " + written(*form.internal_to), anchor_of(*form.internal_to));
}

void put(Page& page, Answer const& form) {
  std::string first = "answer " + written(form.name) + short_title(form.title);
  if (form.type) first += " is " + to_text(*form.type);
  if (form.reports) first += " as " + written(*form.reports);
  Pieces pieces = {first};
  auto const add = [&](std::string text) {
    pieces.back() += ",";
    pieces.push_back(std::move(text));
  };
  if (form.join) add(written(*form.join));
  if (form.otherwise) add("default " + written(*form.otherwise));
  page.pieces(0, 4, "", pieces, anchor_of(form.name));
  title_line(page, form.title);
}

void put(Page& page, Score const& form) {
  page.line(0,
            "score " + written(form.name) + short_title(form.title) + " from " +
                written(*form.from) + " to " + written(*form.to),
            anchor_of(form.name));
  title_line(page, form.title);
}

void put(Page& page, Define const& form) {
  std::string first = "define " + written(form.name) + short_title(form.title);
  if (form.type) first += " is " + to_text(*form.type);
  page.expression(0, first + " as ", *form.value);
  title_line(page, form.title);
}

void put(Page& page, Phrases const& form) {
  page.line(0, "phrases " + written(form.name) + whole_title(form.title), anchor_of(form.name));
  for (auto const& line : form.lines)
    page.pieces(2, 4, (line.except ? "except " : "") + written(line.language) + " ",
                listed(line.phrases, [](Text const& text) { return quoted(text.value); }),
                anchor_of(line.language));
}

void put(Page& page, Script const& form) {
  page.line(0, "script " + written(form.name) + whole_title(form.title), anchor_of(form.name));
  page.texts(2, "", form.text);
}

void put(Page& page, Event const& form) {
  page.line(0, "event " + written(form.name) + short_title(form.title), anchor_of(form.name));
  title_line(page, form.title);
  field_lines(page, form.fields);
}

void put(Page& page, Source const& form) {
  page.line(0, "source " + written(form.name) + short_title(form.title), anchor_of(form.name));
  title_line(page, form.title);
  std::size_t width = 0;
  for (auto const& line : form.lines) width = std::max(width, shown_width(written(line.target)));
  for (auto const& line : form.lines) {
    auto text = written(line.target);
    text += std::string(width - shown_width(text), ' ') + " from " + quoted(line.pointer.value);
    auto pieces = listed(line.mappings, [](SourceLine::Mapping const& mapping) {
      return quoted(mapping.from.value) + " is " + written(mapping.to);
    });
    if (!pieces.empty()) text += " where ";
    page.pieces(2, 4, text, pieces, anchor_of(line.target));
  }
}

std::string cell_text(Cell const& cell) {
  return std::visit(overloaded{[](Cell::Anything const&) { return std::string{"-"}; },
                               [](Cell::Values const& form) {
                                 std::string text;
                                 for (auto const& value : form.values)
                                   text += (text.empty() ? "" : " or ") + written(*value);
                                 return text;
                               },
                               [](Cell::Bound const& form) {
                                 return std::string{written(form.relation)} + " " +
                                        written(*form.value);
                               },
                               [](Cell::Band const& form) {
                                 return written(*form.from) + " up to " + written(*form.to);
                               },
                               [](Cell::Whole const& form) { return written(*form.condition); }},
                    cell.form);
}

std::string_view hit_words(Table::Hit hit) {
  switch (hit) {
    case Table::Hit::first:
      return "hit first";
    case Table::Hit::unique:
      return "hit unique";
    case Table::Hit::largest:
      return "hit collect largest";
    case Table::Hit::smallest:
      return "hit collect smallest";
    case Table::Hit::sum:
      return "hit collect sum";
  }
  return {};
}

/// Where the line `hit …` stands: the tree does not know.
std::uint32_t find_hit(Page const& page, Table const& form) {
  auto const from = form.name.span.end;
  auto const to = form.header.empty() ? page.source().size() : anchor_of(form.header[0]);
  for (auto at = page.source().find('\n', from); at < to; at = page.source().find('\n', at + 1)) {
    auto const word = page.source().find_first_not_of(" \t\r\n", at);
    if (word < to && page.source().substr(word).starts_with("hit"))
      return static_cast<std::uint32_t>(word);
  }
  return from;
}

void put(Page& page, Table const& form) {
  std::string first = "table " + written(form.name) + short_title(form.title) + " gives ";
  if (form.type) first += to_text(*form.type);
  page.pieces(0, 4, first, listed(form.results, [](Field const& field) { return written(field); }),
              anchor_of(form.name));
  title_line(page, form.title);
  if (form.file) page.line(2, "from " + quoted(form.file->value), form.file->span.begin);
  if (form.hit) page.line(2, std::string{hit_words(*form.hit)}, find_hit(page, form));
  if (form.header.empty()) return;
  std::vector<Pieces> rows(1);
  for (auto const& column : form.header) rows[0].push_back(written(column));
  for (auto const& row : form.rows) {
    rows.emplace_back();
    for (auto const& cell : row.cells) rows.back().push_back(cell_text(cell));
  }
  auto const lines = align(rows, " | ");
  page.line(2, lines[0], anchor_of(form.header[0]));
  for (std::size_t at = 0; at < form.rows.size(); ++at)
    page.line(2, lines[at + 1], form.rows[at].span.begin);
}

void put(Page& page, Authority const& form) {
  page.line(0, "authority " + written(form.what), anchor_of(form.what));
  std::vector<Pieces> rows;
  for (auto const& line : form.lines) {
    std::string limit = line.up_to ? "up to " + written(*line.up_to) : "unlimited";
    if (line.when) limit += " when " + written(*line.when);
    rows.push_back({written(line.role), limit});
  }
  auto const lines = align(rows, " ");
  for (std::size_t at = 0; at < lines.size(); ++at)
    page.line(2, lines[at], anchor_of(form.lines[at].role));
}

void put(Page& page, Calendar const& form) {
  page.line(0, "calendar " + written(form.name) + short_title(form.title), anchor_of(form.name));
  title_line(page, form.title);
  if (form.zone) page.line(2, "zone " + quoted(form.zone->value), form.zone->span.begin);
  for (auto const& open : form.open) {
    std::string days;
    for (auto const& day : open.days)
      days += (days.empty() ? "" : open.range ? " to " : ", ") + written(day);
    page.line(2, "open " + days + " " + open.from.value + " to " + open.to.value,
              anchor_of(open.days.at(0)));
  }
  if (form.closed.empty()) return;
  auto const day = [](Calendar::Closed const& closed) {
    auto const* date = std::get_if<Date>(&closed.day);
    return (closed.eve ? "eve of " : "") +
           (date ? to_text(*date) : written(std::get<Name>(closed.day))) +
           whole_title(closed.title);
  };
  page.pieces(2, 4, "closed ", listed(form.closed, day), form.closed[0].span.begin);
}

void put(Page& page, Rule const& form) {
  page.line(0, "rule " + written(form.name) + short_title(form.title), anchor_of(form.name));
  title_line(page, form.title);
  if (!form.sources.empty())
    page.pieces(2, 4, "source ",
                listed(form.sources, [&](Text const& text) { return origin(page, text); }),
                form.sources[0].span.begin);
  if (!form.overrides.empty())
    page.pieces(2, 4, "overrides ", listed(form.overrides), anchor_of(form.overrides[0]));
  if (form.from) page.line(2, "from " + to_text(*form.from), form.from_span.begin);
  if (form.until) page.line(2, "until " + to_text(*form.until), form.until_span.begin);
  if (form.when) page.expression(2, "when ", *form.when);
  std::string first = "then ";
  for (auto const& consequence : form.then) {
    page.pieces(2, 9, first, pieces_of(consequence), consequence.span.begin);
    first = "     ";
  }
  page.texts(2, "because ", form.because);
}

void put(Page& page, Test const& form) {
  page.line(0, "test " + quoted(form.name.value), form.name.span.begin);
  std::string first = "given ";
  for (auto const& given : form.given) {
    page.line(2, first + to_text(given), given.span.begin);
    first = "      ";
  }
  first = "expect ";
  for (auto const& expect : form.expect) {
    page.line(2, first + to_text(expect), expect.span.begin);
    first = "       ";
  }
}

/// Its body has no tree yet: its lines are kept, but for their indent and their comments.
void put(Page& page, Guarantee const& form) {
  page.line(0, "guarantee " + written(form.name) + whole_title(form.title), anchor_of(form.name));
  std::string_view const blanks = " \t\r";
  for (auto at = form.body.begin; at < form.body.end;) {
    auto const line_end = std::min<std::size_t>(page.source().find('\n', at), form.body.end);
    auto const& comments = page.document().comments;
    auto const comment = std::ranges::lower_bound(
        comments, at, {}, [](Comment const& one) { return one.span.begin; });
    auto end = line_end;
    if (comment != comments.end()) end = std::min<std::size_t>(end, comment->span.begin);
    auto text = page.source().substr(at, end - at);
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    while (!text.empty() && blanks.find(text.back()) != std::string_view::npos)
      text.remove_suffix(1);
    if (!text.empty())
      page.line(2, std::string{text},
                static_cast<std::uint32_t>(text.data() - page.source().data()));
    at = static_cast<std::uint32_t>(line_end) + 1;
  }
}

/// On one line where it fits.
void put(Page& page, Term const& form) {
  auto const first = "term " + written(form.name);
  auto const gaps = form.title.size();  // two blanks between texts
  if (shown_width(first + " " + written(form.title)) + gaps <= line_width_max + 1)
    return page.title(0, first + " ", form.title);
  page.line(0, first, anchor_of(form.name));
  page.title(2, "title ", form.title);
}

/// A declaration that could not be read stays as it is.
void put(Page& page, Broken const&) {
  page.line(0, "", 0);
}

}  // namespace

std::string format(Document const& document, std::string_view source) {
  std::vector<std::vector<Line>> pages;
  Page page{document, source};
  for (auto const& declaration : document.declarations) {
    std::visit([&](auto const& form) { put(page, form); }, declaration.form);
    if (std::holds_alternative<Broken>(declaration.form)) {
      auto const span = declaration.span;
      page.take_lines();
      page.line(0, std::string{source.substr(span.begin, span.end - span.begin)}, span.begin);
    }
    pages.push_back(page.take_lines());
  }
  return assemble(document, source, std::move(pages));
}

}  // namespace heed::language
