#include "server/api/log_filter.hpp"

#include "engine/base/time.hpp"

namespace heed::api {
namespace {

/// The filter's text of this name; null where it is none.
std::string* text_of(store::Filter& filter, std::string_view name) {
  if (name == "subject") return &filter.subject;
  if (name == "need") return &filter.need;
  if (name == "need_state") return &filter.need_state;
  if (name == "rule") return &filter.rule;
  if (name == "action") return &filter.action;
  if (name == "escalation") return &filter.role;
  if (name == "revision") return &filter.revision;
  if (name == "by") return &filter.by;
  return nullptr;
}

}  // namespace

Expected<bool, std::string> read_condition(store::Filter& filter, std::string_view name,
                                           std::string const& value) {
  if (name == "need_state" && value != "threatened" && value != "violated")
    return Failure<std::string>{"`need_state` wants threatened or violated, not `" + value + "`"};
  if (auto* const text = text_of(filter, name)) {
    *text = value;
    return true;
  }
  if (name != "from" && name != "until") return false;
  auto const at = Zone::utc().parse(value);
  if (!at)
    return Failure<std::string>{"`" + std::string{name} +
                                "` wants a time such as 2026-11-22T10:15:00+02:00, not `" + value +
                                "`"};
  (name == "from" ? filter.from_us : filter.until_us) = at->micros;
  return true;
}

}  // namespace heed::api
