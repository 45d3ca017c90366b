#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/run/frame.hpp"

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
bool comes_before(std::vector<Given> const& left, std::vector<Given> const& right);

/// By parameter, as many as there are.
std::vector<Given> find_given(Frame& frame, std::vector<Argument> const& arguments,
                              std::size_t count);

/// As a decision shows them: by name, without those not given.
std::vector<std::pair<std::string, Shown>> show_given(std::vector<Given> const& given,
                                                      std::vector<Parameter> const& parameters,
                                                      Zone const& zone);

}  // namespace heed::run
