#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/expected.hpp"
#include "server/api/service.hpp"

/// What the routes that read the log share.
namespace heed::api {

http::Response bad_query(std::string const& detail);

/// Refuses a query in which a name comes twice: which of the two is meant cannot be known.
Expected<Done, http::Response> check_asked_once(http::Request const& request);

/// A page's length, from 1 to limits::log_page_records_max; nothing for any other text.
std::optional<std::size_t> read_limit(std::string_view text);

/// Whether who asks may read what is sealed.
enum class Sight { sealed, opened };
Sight sight_of(Service const& service, http::Request const& request);

/// Answers on the worker, so that no event loop waits for the disk.
void reply_later(Service& service, http::Reply const& reply,
                 std::function<http::Response()> answer);

}  // namespace heed::api
