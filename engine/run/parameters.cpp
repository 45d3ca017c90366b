#include "engine/run/parameters.hpp"

#include <algorithm>
#include <memory>

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

bool are_equal(AllGiven left, AllGiven right) {
  return std::ranges::equal(left, right);
}

bool comes_before(AllGiven left, AllGiven right) {
  return std::ranges::lexicographical_compare(
      left, right, [](Given const& one, Given const& other) { return comes_before(one, other); });
}

AllGiven make_given(Frame& frame, std::size_t count) {
  auto* given = frame.room.take_many<Given>(count);
  std::uninitialized_fill_n(given, count, Given{});
  return {given, count};
}

AllGiven find_given(Frame& frame, std::vector<Argument> const& arguments, std::size_t count) {
  auto const given = make_given(frame, count);
  for (auto const& argument : arguments)
    given[argument.parameter] = {true, settled_value_of(frame, *argument.value)};
  return given;
}

List<lent::Given> show_given(Frame& frame, AllGiven given,
                             std::vector<Parameter> const& parameters) {
  Growing<lent::Given> shown{frame.room, given.size()};
  for (std::size_t at = 0; at < given.size(); ++at) {
    if (given[at].is_given)
      shown.push_back(
          {parameters[at].name, lend_outcome(frame, given[at].value, parameters[at].type)});
  }
  return shown.list();
}

}  // namespace heed::run
