#include "server/pages/coverage_marks.hpp"

#include <algorithm>

#include "server/pages/html.hpp"

namespace heed::pages {
namespace {

class Marking {
 public:
  Marking(std::vector<SourceText> const& sources, Language language)
      : sources_{sources}, language_{language}, marks_(sources.size()) {}

  void add(Coverage::Rule const& rule) {
    auto seen = say("fired ", "הופעל ") + grouped(rule.fired);
    if (rule.pending > 0) seen += say(", waited ", ", המתין ") + grouped(rule.pending);
    put(rule.where, rule.fired > 0 ? Reached::all : Reached::none, std::move(seen));
  }
  void add(Coverage::Part const& part) {
    auto const branches = (part.yes > 0 ? 1 : 0) + (part.no > 0 ? 1 : 0);
    auto seen = say("true ", "נכון ") + grouped(part.yes) + say(", false ", ", לא נכון ") +
                grouped(part.no);
    if (part.unknown > 0) seen += say(", unknown ", ", לא ידוע ") + grouped(part.unknown);
    put(part.where,
        branches == 2   ? Reached::all
        : branches == 1 ? Reached::some
                        : Reached::none,
        std::move(seen));
  }
  void add(Coverage::Row const& row) {
    put(row.where, row.applied > 0 ? Reached::all : Reached::none,
        say("applied ", "חלה ") + grouped(row.applied));
  }
  std::vector<LineMarks> take() && { return std::move(marks_); }

 private:
  std::string say(std::string_view english, std::string_view hebrew) const {
    return std::string{either(language_, english, hebrew)};
  }
  void put(Place const& where, Reached reached, std::string seen) {
    auto const file = static_cast<std::size_t>(where.file);
    if (file >= sources_.size()) return;
    auto const line = find_line_column(sources_[file].text, where.span.begin).line;
    auto const [mark, is_new] = marks_[file].try_emplace(line, LineMark{reached, {}});
    if (!is_new && mark->second.reached != reached) mark->second.reached = Reached::some;
    mark->second.seen.push_back(std::move(seen));
  }

  std::vector<SourceText> const& sources_;
  Language language_;
  std::vector<LineMarks> marks_;
};

}  // namespace

std::vector<LineMarks> find_marks(Coverage const& coverage, std::vector<SourceText> const& sources,
                                  Language language) {
  Marking marking{sources, language};
  for (auto const& rule : coverage.rules) marking.add(rule);
  for (auto const& part : coverage.parts) marking.add(part);
  for (auto const& row : coverage.rows) marking.add(row);
  return std::move(marking).take();
}

}  // namespace heed::pages
