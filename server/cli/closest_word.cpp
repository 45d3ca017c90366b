#include "server/cli/closest_word.hpp"

#include <algorithm>

namespace heed::cli {
namespace {

/// How many letters are put in, left out, changed or swapped with their neighbour.
std::size_t distance_between(std::string_view from, std::string_view to) {
  std::vector<std::vector<std::size_t>> steps(from.size() + 1,
                                              std::vector<std::size_t>(to.size() + 1));
  for (std::size_t row = 0; row <= from.size(); ++row) {
    for (std::size_t column = 0; column <= to.size(); ++column) {
      auto& least = steps[row][column];
      least = std::max(row, column);
      if (row == 0 || column == 0) continue;
      auto const is_same = from[row - 1] == to[column - 1];
      least = std::min({steps[row - 1][column] + 1, steps[row][column - 1] + 1,
                        steps[row - 1][column - 1] + (is_same ? 0 : 1)});
      auto const is_swapped = row > 1 && column > 1 && from[row - 1] == to[column - 2] &&
                              from[row - 2] == to[column - 1];
      if (is_swapped) least = std::min(least, steps[row - 2][column - 2] + 1);
    }
  }
  return steps[from.size()][to.size()];
}

}  // namespace

std::string closest_word(std::string_view word, std::vector<std::string> const& words) {
  constexpr std::size_t letters_max = 100;  // longer than any word of ours
  if (word.size() > letters_max) return {};
  std::string closest;
  auto least = std::min<std::size_t>(3, (word.size() + 1) / 2);
  for (auto const& candidate : words) {
    auto const distance = distance_between(word, candidate);
    if (distance >= least) continue;
    least = distance;
    closest = candidate;
  }
  return closest;
}

}  // namespace heed::cli
