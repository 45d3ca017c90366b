#include "engine/run/words_of_counting.hpp"

namespace heed::run {
namespace {

constexpr std::size_t parts_max = 6;  // of stretches, and of closed days

std::string words_of_stretch(std::pair<Instant, Instant> const& open, Page const& page,
                             Zone const& zone) {
  auto const [from, to] = open;
  auto const end = zone.date_of(from) == zone.date_of(to) ? zone.to_text(to).substr(11, 5)
                                                          : words_of(to, zone, page.language());
  return words_of(from, zone, page.language()) + std::string{page.either(" to ", " עד ")} + end;
}

std::string words_of_day(Date day, Page const& page, std::string const& title) {
  auto text = to_text(day);
  if (page.is_hebrew()) text = text.substr(8) + "." + text.substr(5, 2) + "." + text.substr(0, 4);
  return title.empty() ? text : text + " (" + title + ")";
}

/// Where there are too many, those in the middle are left out.
std::string join_some(std::vector<std::string> parts) {
  if (parts.size() > parts_max)
    parts.erase(parts.begin() + parts_max - 2, parts.end() - 1), parts.insert(parts.end() - 1, "…");
  return join(parts, "; ");
}

}  // namespace

std::string words_of(Counted const& counted, Page const& page, Titles const& titles,
                     Zone const& zone) {
  std::vector<std::string> open, closed;
  for (auto const& stretch : counted.intervals)
    open.push_back(words_of_stretch(stretch, page, zone));
  for (auto const day : counted.skipped)
    closed.push_back(words_of_day(day, page, titles.of_closed_day(counted.calendar, day)));
  auto text =
      std::string{page.either("counted in ", "נספר לפי ")} + titles.of_calendar(counted.calendar);
  if (!open.empty()) text += ": " + join_some(std::move(open));
  if (!closed.empty())
    text += std::string{page.either("; closed on ", "; סגור ב־")} + join_some(std::move(closed));
  return text;
}

}  // namespace heed::run
