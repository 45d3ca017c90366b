#pragma once
#include <string>
#include <string_view>

#include "engine/base/expected.hpp"
#include "server/store/filter.hpp"

namespace heed::api {

/// What a filter of the log is asked with, for messages.
inline constexpr std::string_view filter_words =
    "subject, need, need_state, rule, action, escalation, revision, by, from, until";

/// Takes one condition into the filter; false where it has another name. Fails, in words, where the
/// value is not one.
Expected<bool, std::string> read_condition(store::Filter& filter, std::string_view name,
                                           std::string const& value);

}  // namespace heed::api
