#include <algorithm>
#include <iterator>

#include "tests/unit/store/store_fixture.hpp"

namespace heed::store::testing {
namespace {

constexpr std::int64_t always = INT64_MIN, for_ever = INT64_MAX;

Event event_of(int number, std::string subject, std::string fields) {
  Event event = sample_event(number);
  event.subject = std::move(subject);
  event.fields = std::move(fields);
  return event;
}

EventKey key_of(std::string key, std::string_view request) {
  return {std::move(key), std::string{as_bytes(sha256(request))}};
}

std::vector<std::int64_t> sequences_of(FoundEvents const& found) {
  std::vector<std::int64_t> sequences;
  for (auto const& event : found.events) sequences.push_back(event.sequence);
  return sequences;
}

TEST(Events, are_read_back_as_they_were_appended) {
  Folder const folder;
  auto const log = open_log({.path = folder.file(), .clock = [] { return std::int64_t{42}; }});
  Event const event = sample_event(3);
  auto const appended = append(*log, event);
  ASSERT_TRUE(appended) << appended.error().message;
  EXPECT_EQ(appended.value().sequence, 1);
  EXPECT_TRUE(appended.value().is_event);
  auto const found = open_reader(folder.file())
                         ->find_events({.event = "contact",
                                        .subject = "c-3",
                                        .after_us = always,
                                        .until_us = for_ever,
                                        .limit = 10});
  ASSERT_TRUE(found) << found.error().message;
  ASSERT_EQ(found.value().events.size(), 1u);
  auto const& stored = found.value().events.front();
  EXPECT_EQ(stored.event.id, event.id);
  EXPECT_EQ(stored.event.at_us, event.at_us);
  EXPECT_EQ(stored.event.fields, event.fields);
  EXPECT_EQ(stored.event.origin, "caller");
  EXPECT_EQ(stored.recorded_at_us, 42);
  EXPECT_EQ(log->status().events, 1u);
  EXPECT_EQ(log->status().last_sequence, 0);
}

TEST(Events, are_found_by_whose_they_are_and_when_they_were) {
  Folder const folder;
  auto const log = open_log(folder.file());
  for (int number = 0; number < 30; ++number) ASSERT_TRUE(append(*log, sample_event(number)));
  auto const reader = open_reader(folder.file());
  auto const first_us = sample_event(0).at_us;
  auto const find = [&](Whose whose, std::string subject, std::int64_t after, std::int64_t until,
                        std::size_t limit) {
    return reader
        ->find_events({.event = "contact",
                       .whose = whose,
                       .subject = std::move(subject),
                       .after_us = after,
                       .until_us = until,
                       .limit = limit})
        .value();
  };
  using Sequences = std::vector<std::int64_t>;
  EXPECT_EQ(sequences_of(find(Whose::subject, "c-2", always, for_ever, 9)), (Sequences{23, 13, 3}));
  // The moment after which they count is left out, the one until which they count is not.
  EXPECT_EQ(
      sequences_of(find(Whose::subject, "c-2", first_us + 2'000'000, first_us + 12'000'000, 9)),
      (Sequences{13}));
  auto const latest = find(Whose::subject, "c-2", always, for_ever, 2);
  EXPECT_EQ(sequences_of(latest), (Sequences{23, 13}));
  EXPECT_FALSE(latest.is_all);
  EXPECT_TRUE(find(Whose::subject, "c-2", always, for_ever, 3).is_all);
  EXPECT_EQ(find(Whose::others, "c-2", always, for_ever, 99).events.size(), 27u);
  EXPECT_EQ(find(Whose::others, "", always, for_ever, 99).events.size(), 30u);
}

TEST(Events, that_cannot_count_may_be_left_out_by_what_their_fields_say) {
  Folder const folder;
  auto const log = open_log(folder.file());
  ASSERT_TRUE(append(*log, event_of(0, "c-1", R"({"product":"kettle"})")));
  ASSERT_TRUE(append(*log, event_of(1, "c-1", R"({"product":"toaster"})")));
  ASSERT_TRUE(append(*log, event_of(2, "c-1", R"({})")));
  auto const found = open_reader(folder.file())
                         ->find_events({.event = "contact",
                                        .subject = "c-1",
                                        .after_us = always,
                                        .until_us = for_ever,
                                        .limit = 9,
                                        .containing = R"("product":"kettle")",
                                        .or_lacking = R"("product":)"});
  EXPECT_EQ(sequences_of(found.value()), (std::vector<std::int64_t>{3, 1}));
}

TEST(Events, a_key_with_the_same_request_gives_the_first_event_again) {
  Folder const folder;
  std::int64_t now = 1'000;
  auto const log =
      open_log({.path = folder.file(), .key_age_us = 100, .clock = [&] { return now; }});
  auto const first = append(*log, sample_event(0), key_of("key", "request"));
  auto const again = append(*log, sample_event(1), key_of("key", "request"));
  ASSERT_TRUE(first && again);
  EXPECT_EQ(again.value().written, Written::before);
  EXPECT_EQ(again.value().id, first.value().id);
  EXPECT_EQ(again.value().sequence, 1);
  auto const other = append(*log, sample_event(2), key_of("key", "another request"));
  EXPECT_EQ(other.error().code, "log.key-reused");
  now += 200;
  auto const later = append(*log, sample_event(3), key_of("key", "another request"));
  ASSERT_TRUE(later);
  EXPECT_EQ(later.value().written, Written::now);
  EXPECT_EQ(later.value().sequence, 2);
}

TEST(Events, that_a_decision_records_stand_or_fall_with_it) {
  Folder const folder;
  auto const log = open_log(folder.file());
  Entry entry = sample_entry(1);
  entry.key = "key";
  entry.request = as_bytes(sha256("request"));
  entry.events = {sample_event(1), sample_event(11)};
  ASSERT_TRUE(append(*log, entry));
  // The same request again, and one that is refused: neither records anything.
  entry.id = sample_entry(2).id;
  entry.events = {sample_event(21)};
  EXPECT_EQ(append(*log, entry).value().written, Written::before);
  Entry unknown = sample_entry(3);
  unknown.revision = "unknown";
  unknown.events = {sample_event(31)};
  EXPECT_EQ(append(*log, unknown).error().code, "log.no-policy");
  auto const found = open_reader(folder.file())
                         ->find_events({.event = "contact",
                                        .subject = "c-1",
                                        .after_us = always,
                                        .until_us = for_ever,
                                        .limit = 10});
  EXPECT_EQ(sequences_of(found.value()), (std::vector<std::int64_t>{2, 1}));
  EXPECT_EQ(verdict(folder.file()), "sound");
}

TEST(Events, are_refused_where_they_cannot_be_kept) {
  Folder const folder;
  auto const log = open_log(folder.file());
  Event event = sample_event(0);
  event.id = "no id";
  EXPECT_EQ(append(*log, event).error().code, "log.bad-record");
  event = sample_event(0);
  event.subject = std::string(limits::log_name_bytes_max + 1, 'x');
  EXPECT_EQ(append(*log, event).error().code, "log.too-large");
  event = sample_event(0);
  ASSERT_TRUE(append(*log, event));
  EXPECT_EQ(append(*log, event).error().code, "log.id-taken");
}

/// What a page shows, in short: `e7` for an event, `d3` for a decision.
std::vector<std::string> names_of(SubjectPage const& page) {
  std::vector<std::string> names;
  for (auto const& entry : page.entries) {
    auto const* event = std::get_if<StoredEvent>(&entry);
    names.push_back(event != nullptr ? "e" + std::to_string(event->sequence)
                                     : "d" + std::to_string(std::get<Record>(entry).sequence));
  }
  return names;
}

TEST(Subject, shows_events_and_decisions_in_the_order_of_recording) {
  Folder const folder;
  std::int64_t now = 0;
  auto const log = open_log({.path = folder.file(), .clock = [&] { return ++now; }});
  Entry entry = sample_entry(1);
  entry.events = {sample_event(1)};
  ASSERT_TRUE(append(*log, sample_event(1)));
  ASSERT_TRUE(append(*log, entry));
  ASSERT_TRUE(append(*log, sample_event(2)));
  ASSERT_TRUE(append(*log, sample_event(11)));
  ASSERT_TRUE(append(*log, sample_entry(11)));
  auto const page = open_reader(folder.file())->subject("c-1", 10, "");
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(names_of(page.value()), (std::vector<std::string>{"d2", "e4", "e2", "d1", "e1"}));
  EXPECT_TRUE(page.value().next.empty());
}

TEST(Subject, pages_show_everything_once) {
  Folder const folder;
  std::int64_t now = 0;
  auto const log = open_log({.path = folder.file(), .clock = [&] { return ++now / 3; }});
  for (int number = 0; number < 700; ++number) {
    ASSERT_TRUE(append(*log, sample_entry(number)));
    if (number % 3 == 0) {
      ASSERT_TRUE(append(*log, sample_event(number)));
    }
  }
  auto const reader = open_reader(folder.file());
  auto const all = names_of(reader->subject("c-3", 1'000, "").value());
  EXPECT_EQ(all.size(), 70u + 24u);
  for (std::size_t const limit : {1u, 7u, 50u, 94u}) {
    std::vector<std::string> shown;
    std::string cursor;
    do {
      auto const page = reader->subject("c-3", limit, cursor);
      ASSERT_TRUE(page) << page.error().message;
      EXPECT_LE(page.value().entries.size(), limit);
      std::ranges::move(names_of(page.value()), std::back_inserter(shown));
      cursor = page.value().next;
    } while (!cursor.empty());
    EXPECT_EQ(shown, all) << limit;
  }
}

TEST(Subject, refuses_a_cursor_that_is_none) {
  Folder const folder;
  open_log(folder.file());
  auto const reader = open_reader(folder.file());
  for (char const* cursor : {"x", "12", "1.x", "-1.2", "0.3", "1.2.3"})
    EXPECT_EQ(reader->subject("c-1", 10, cursor).error().code, "log.bad-cursor") << cursor;
}

}  // namespace
}  // namespace heed::store::testing
