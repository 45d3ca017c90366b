#pragma once
#include <span>
#include <vector>

#include "engine/run/frame.hpp"
#include "engine/run/lent.hpp"

/// What rules give for the parameters of an action or the fields of an event.
namespace heed::run {

/// Whether a parameter is given, and what: absent, unknown or known, in this order.
struct Given {
  bool is_given = false;
  Value const* value = nullptr;  // null: unknown
};
bool operator==(Given const& left, Given const& right);
/// The order of plan items and records: absent, null, then values.
bool comes_before(Given const& left, Given const& right);

/// By parameter, as many as there are; in the frame's room.
using AllGiven = std::span<Given>;
bool are_equal(AllGiven left, AllGiven right);
bool comes_before(AllGiven left, AllGiven right);

AllGiven make_given(Frame& frame, std::size_t count);
AllGiven find_given(Frame& frame, std::vector<Argument> const& arguments, std::size_t count);

/// As a decision shows them: by name, without those not given.
List<lent::Given> show_given(Frame& frame, AllGiven given,
                             std::vector<Parameter> const& parameters);

}  // namespace heed::run
