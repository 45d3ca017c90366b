#pragma once
#include <string>
#include <variant>
#include <vector>

#include "server/store/database.hpp"
#include "server/store/event.hpp"
#include "server/store/record.hpp"
#include "server/store/sealing.hpp"
#include "server/store/span_times.hpp"

/// Everything that the store knows of one customer.
namespace heed::store {

/// Events and decisions of a customer, the last one recorded first; of those recorded at once,
/// events come first.
struct SubjectPage {
  std::vector<std::variant<StoredEvent, Record>> entries;
  /// Where the next page begins; empty where there is none. A page may hold fewer entries than
  /// asked for, even none, and still have a next one: a large log is looked through in parts.
  std::string next;
};

/// One page. `cursor` is SubjectPage::next of the page before; empty for the first one. `limit` is
/// held to 1 to limits::log_page_records_max.
///
/// Fails with log.bad-cursor where the cursor is none of this list.
Expected<SubjectPage, Error> list_subject(Database& database, seal::Key const* master,
                                          SpanTimes& times, std::string const& subject,
                                          std::size_t limit, std::string const& cursor);

}  // namespace heed::store
