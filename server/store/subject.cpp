#include "server/store/subject.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "server/store/events.hpp"
#include "server/store/list.hpp"

namespace heed::store {
namespace {

// Records and events before these are still to be shown; 0: all of them.
struct Cursor {
  std::int64_t record = 0;
  std::int64_t event = 0;
};

// `12.7`, or `12.` and `.7` where all of the other kind are still to be shown.
std::optional<Cursor> read_cursor(std::string_view text) {
  Cursor cursor;
  if (text.empty()) return cursor;
  auto const dot = text.find('.');
  if (dot == text.npos) return std::nullopt;
  auto const read = [](std::string_view digits, std::int64_t& into) {
    if (digits.empty()) return true;
    auto const [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), into);
    return code == std::errc{} && end == digits.data() + digits.size() && into > 0;
  };
  if (!read(text.substr(0, dot), cursor.record) || !read(text.substr(dot + 1), cursor.event))
    return std::nullopt;
  return cursor;
}

std::string to_text(Cursor const& cursor) {
  auto const part = [](std::int64_t sequence) {
    return sequence == 0 ? std::string{} : std::to_string(sequence);
  };
  return part(cursor.record) + "." + part(cursor.event);
}

// The record up to which a page of records has looked: all before it are still to be shown.
std::int64_t looked_to(std::string const& next) {
  std::int64_t sequence = 0;
  std::from_chars(next.data() + 1, next.data() + next.size(), sequence);
  return sequence;
}

}  // namespace

Expected<SubjectPage, Error> list_subject(Database& database, seal::Key const* master,
                                          SpanTimes& times, std::string const& subject,
                                          std::size_t limit, std::string const& cursor) {
  auto at = read_cursor(cursor);
  if (!at) {
    return Failure<Error>{{"log.bad-cursor", "`" + cursor + "` is not a cursor of this list",
                           "take it from the page before"}};
  }
  limit = std::clamp(limit, std::size_t{1}, limits::log_page_records_max);
  // Events first: a record that comes between the two reads is not older than what is shown.
  auto events = list_events(database, master, subject, at->event, limit);
  if (!events) return pass_on(events);
  PageRequest const request{.limit = limit,
                            .cursor = at->record == 0 ? "" : "n" + std::to_string(at->record)};
  auto records = list_records(database, master, times, {.subject = subject}, request);
  if (!records) return pass_on(records);
  SubjectPage page;
  auto event = events.value().begin();
  auto record = records.value().records.begin();
  auto const& more_records = records.value().next;
  while (page.entries.size() < limit) {
    bool const no_event = event == events.value().end();
    bool const no_record = record == records.value().records.end();
    if (no_record && (no_event || !more_records.empty())) break;
    if (no_record || (!no_event && event->recorded_at_us >= record->recorded_at_us)) {
      at->event = event->sequence;
      page.entries.emplace_back(std::move(*event++));
    } else {
      at->record = record->sequence;
      page.entries.emplace_back(std::move(*record++));
    }
  }
  bool const records_shown = record == records.value().records.end();
  if (records_shown && !more_records.empty()) at->record = looked_to(more_records);
  bool const events_left = event != events.value().end() || events.value().size() == limit;
  if (!records_shown || !more_records.empty() || events_left) page.next = to_text(*at);
  return page;
}

}  // namespace heed::store
