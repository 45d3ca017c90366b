#include "engine/run/parameters.hpp"

#include <algorithm>

#include "engine/run/assemble.hpp"
#include "engine/run/evaluate.hpp"

namespace heed::run {
namespace {

/// Absent, null, none, known.
int rank_of(Given const& given) {
  if (!given.is_given) return 0;
  if (given.value == nullptr) return 1;
  return std::holds_alternative<None>(*given.value) ? 2 : 3;
}

}  // namespace

bool operator==(Given const& left, Given const& right) {
  if (rank_of(left) != rank_of(right)) return false;
  return rank_of(left) < 3 || *left.value == *right.value;
}

bool comes_before(Given const& left, Given const& right) {
  if (rank_of(left) != rank_of(right)) return rank_of(left) < rank_of(right);
  return rank_of(left) == 3 && heed::comes_before(*left.value, *right.value);
}

bool comes_before(std::vector<Given> const& left, std::vector<Given> const& right) {
  return std::ranges::lexicographical_compare(
      left, right, [](Given const& one, Given const& other) { return comes_before(one, other); });
}

std::vector<Given> find_given(Frame& frame, std::vector<Argument> const& arguments,
                              std::size_t count) {
  std::vector<Given> given(count);
  for (auto const& argument : arguments)
    given[argument.parameter] = {true, settled_value_of(frame, *argument.value)};
  return given;
}

std::vector<std::pair<std::string, Shown>> show_given(std::vector<Given> const& given,
                                                      std::vector<Parameter> const& parameters,
                                                      Zone const& zone) {
  std::vector<std::pair<std::string, Shown>> shown;
  for (std::size_t at = 0; at < given.size(); ++at) {
    if (given[at].is_given)
      shown.emplace_back(parameters[at].name,
                         show_outcome(given[at].value, parameters[at].type, zone));
  }
  return shown;
}

}  // namespace heed::run
