#include "tests/support/random_sheets.hpp"

#include "tests/support/chance.hpp"

namespace heed::support {

namespace {

using Texts = std::vector<std::string>;

Texts split(std::string const& text, std::string const& between) {
  Texts parts;
  std::size_t begin = 0;
  for (auto at = text.find(between); at != text.npos; at = text.find(between, begin)) {
    parts.push_back(text.substr(begin, at - begin));
    begin = at + between.size();
  }
  parts.push_back(text.substr(begin));
  return parts;
}

struct Spelling {
  std::string separator, line_end;
};

std::string cell_text(Chance& chance, Spelling const& spelling, std::string const& cell) {
  if (cell == "-" && chance.percent(50)) return "";
  bool const must = cell.find_first_of("\"" + spelling.separator) != cell.npos;
  if (!must && chance.percent(70)) return cell;
  std::string quoted = "\"";
  for (char const letter : cell)
    quoted += letter == '"' ? std::string{"\"\""} : std::string{letter};
  return quoted + "\"";
}

std::string row_text(Chance& chance, Spelling const& spelling, std::string const& row) {
  std::string text;
  for (auto const& cell : split(row.substr(row.find_first_not_of(' ')), " | "))
    text += chance.pick(Texts{"", "", " "}) +
            cell_text(chance, spelling, cell.substr(0, cell.find_last_not_of(' ') + 1)) +
            spelling.separator;
  text.pop_back();
  return text + spelling.line_end;
}

}  // namespace

std::vector<SourceText> with_sheets(RandomPolicy const& policy, std::uint64_t seed) {
  Chance chance{seed};
  std::vector<SourceText> sources{{"policy.heed", ""}};
  for (auto const& declaration : policy.declarations) {
    if (!declaration.starts_with("table ")) {
      sources[0].text += declaration + "\n";
      continue;
    }
    Spelling const spelling{chance.percent(50) ? "," : ";", chance.percent(50) ? "\n" : "\r\n"};
    auto const lines = split(declaration, "\n");
    SourceText sheet{"sheet" + std::to_string(sources.size()) + ".csv",
                     chance.percent(30) ? "\xEF\xBB\xBF" : ""};
    std::string head;
    for (auto const& line : lines) {
      if (line.empty()) continue;
      if (sheet.text.size() > 3 || line.find(" | ") != line.npos)
        sheet.text += row_text(chance, spelling, line);
      else
        head += (head.empty() ? "" : "\n") + line;
    }
    if (chance.percent(50)) sheet.text += spelling.line_end + spelling.separator;
    sources[0].text += head + "\n  from \"" + sheet.name + "\"\n\n";
    sources.push_back(std::move(sheet));
  }
  return sources;
}

}  // namespace heed::support
