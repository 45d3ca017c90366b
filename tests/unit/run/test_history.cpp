#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "tests/unit/run/probe.hpp"

/// Part 3.9 of the language: events of the past.
namespace heed::testing {
namespace {

constexpr std::string_view vocabulary = R"(
policy tested "Tested"
  zone "Asia/Jerusalem"
need functional n "N"
fact a is yes or no
fact product is text
fact long is duration
fact order.items is list of
  sku is text
event contact
  channel is one of phone, web
  urgent is yes or no
event fault
  product is text
event complaint
calendar office
  open sunday to thursday 09:00 to 18:00
define quiet as time since last contact
define calls as count of contact in last 7 days where (channel is phone)
rule r
  when )";

std::string policy_of(std::string_view condition) {
  return std::string{vocabulary} + std::string{condition} + "\n  then n is violated\n";
}

struct Row {
  std::string_view given, condition, status;
};

/// On 2026-11-22 at ten.
Decision decide_at_ten(std::string_view condition, std::string_view given) {
  return decide_text(policy_of(condition), "now is 2026-11-22T10:00\n" + std::string{given});
}

void check(std::initializer_list<Row> rows) {
  for (auto const& row : rows) {
    SCOPED_TRACE(std::string{row.condition} + " | " + std::string{row.given});
    EXPECT_EQ(status_of(decide_at_ten(row.condition, row.given), "r"), row.status);
  }
}

TEST(History, a_window_counts_from_after_its_beginning_until_now) {
  check({
      {"a is yes", "any contact in last 7 days", "silent"},
      {"contact 7 days ago", "any contact in last 7 days", "silent"},
      {"contact 604799 seconds ago", "any contact in last 7 days", "fired"},
      {"contact 0 days ago", "any contact in last 7 days", "fired"},
      {"contact 0 days ago", "any contact in last 0 days", "silent"},
      {"contact -1 seconds ago", "any contact in last 7 days", "silent"},
      {"complaint 1 day ago", "any contact in last 7 days", "silent"},
      {"contact 1 day ago\ncontact 2 days ago\ncontact 8 days ago",
       "count of contact in last 7 days is 2", "fired"},
      {"a is yes", "count of contact in last 7 days is 0", "fired"},
  });
}

// A month before is 2026-10-22T10:00+03:00: 31 days and the hour that daylight saving gave back.
TEST(History, months_are_counted_on_the_calendar) {
  check({
      {"contact 31 days ago", "any contact in last 1 month", "fired"},
      {"contact 745 hours ago", "any contact in last 1 month", "silent"},
      {"contact 365 days ago", "any contact in last 1 year", "silent"},
      {"contact 364 days ago", "any contact in last 12 months", "fired"},
  });
}

/// With one contact, both times on the clocks of Jerusalem.
std::string status_with_contact(std::string_view condition, std::string_view now,
                                std::string_view at) {
  auto const rules = load_text(policy_of(condition));
  if (!rules) return "no policy";
  auto const& zone = rules->policy.zone;
  auto const& events = rules->policy.events;
  auto const contact = std::ranges::find(events, "contact", &Event::name) - events.begin();
  auto subject = make_case(*rules);
  subject.history = {
      {EventId{static_cast<std::uint32_t>(contact)}, zone.parse(at).value_or(Instant{}), {}}};
  return status_of(decide(*rules, subject, zone.parse(now).value_or(Instant{})), "r");
}

TEST(History, the_thirty_first_is_held_to_the_end_of_the_month) {
  for (auto const& [now, at, status] : std::initializer_list<std::array<std::string_view, 3>>{
           {"2026-03-31T10:00", "2026-02-28T10:00", "silent"},
           {"2026-03-31T10:00", "2026-02-28T10:01", "fired"},
           {"2026-02-28T10:00", "2026-01-28T10:01", "fired"},
           {"2024-02-29T10:00", "2024-01-29T10:00", "silent"},
           {"2024-03-30T10:00", "2024-02-29T10:00", "silent"},
           {"2026-01-31T10:00", "2025-12-31T10:01", "fired"},
       }) {
    EXPECT_EQ(status_with_contact("any contact in last 1 month", now, at), status)
        << now << " " << at;
  }
}

// On 2026-03-27 at 02:00 clocks in Jerusalem go to 03:00, on 2026-10-25 at 02:00 to 01:00.
TEST(History, days_are_24_hours_and_months_go_by_the_clock_through_daylight_saving) {
  for (auto const& [window, now, at, status] :
       std::initializer_list<std::array<std::string_view, 4>>{
           {"1 day", "2026-03-27T10:00", "2026-03-26T09:00", "silent"},
           {"1 day", "2026-03-27T10:00", "2026-03-26T09:01", "fired"},
           {"1 day", "2026-10-25T10:00", "2026-10-24T11:00", "silent"},
           {"1 day", "2026-10-25T10:00", "2026-10-24T11:01", "fired"},
           {"1 month", "2026-04-26T10:00", "2026-03-26T10:00", "silent"},
           {"1 month", "2026-04-26T10:00", "2026-03-26T10:01", "fired"},
           {"1 month", "2026-04-27T02:30", "2026-03-27T01:59", "silent"},
           {"1 month", "2026-04-27T02:30", "2026-03-27T03:31", "fired"},
           {"1 month", "2026-11-25T01:30", "2026-10-25T02:00", "fired"},
       }) {
    auto const condition = "any contact in last " + std::string{window};
    EXPECT_EQ(status_with_contact(condition, now, at), status) << window << " " << now << " " << at;
  }
}

// Sunday 2026-11-22 10:00; open Sunday to Thursday from 9 to 18.
TEST(History, working_time_counts_back_through_the_calendar) {
  for (auto const& [at, condition, status] : std::initializer_list<std::array<std::string_view, 3>>{
           {"2026-11-22T09:30", "any contact in last 1 working hour", "fired"},
           {"2026-11-22T09:00", "any contact in last 1 working hour", "silent"},
           {"2026-11-19T17:30", "any contact in last 2 working hours", "fired"},
           {"2026-11-19T16:59", "any contact in last 2 working hours", "silent"},
           {"2026-11-20T12:00", "any contact in last 2 working hours", "fired"},
           {"2026-11-19T10:01", "any contact in last 1 working day", "fired"},
           {"2026-11-19T10:00", "any contact in last 1 working day", "silent"},
           {"2026-11-19T16:00", "time since last contact > 2 working hours", "fired"},
           {"2026-11-19T17:30", "time since last contact > 2 working hours", "silent"},
           {"2026-11-19T16:59", "2 working hours < time since last contact", "fired"},
           {"2026-11-18T10:00", "time since last contact >= 2 working days", "fired"},
       }) {
    EXPECT_EQ(status_with_contact(condition, "2026-11-22T10:00", at), status)
        << condition << " " << at;
  }
}

TEST(History, what_is_not_a_field_of_the_event_is_a_fact_of_the_case) {
  check({
      {"contact 1 day ago channel phone\na is yes",
       "any contact in last 7 days where (channel is phone and a)", "fired"},
      {"fault 1 day ago product \"lamp\"\nproduct is \"kettle\"",
       "any fault in last 7 days where (product is \"lamp\")", "fired"},
      {"contact 1 day ago urgent yes\ncontact 2 days ago channel web",
       "count of contact in last 7 days where (channel is web or urgent) is 2", "fired"},
      {"contact 1 day ago urgent no\ncontact 2 days ago channel web",
       "count of contact in last 7 days where (channel is phone and urgent) is 0", "fired"},
      {"contact 1 day ago", "any contact in last 7 days where (certainly channel is phone)",
       "silent"},
      {"contact 1 day ago", "any contact in last 7 days where (possibly channel is phone)",
       "fired"},
  });
}

TEST(History, the_same_moment_twice_counts_twice) {
  check({
      {"contact 1 day ago\ncontact 1 day ago", "count of contact in last 7 days is 2", "fired"},
      {"contact 1 day ago channel web\ncontact 1 day ago",
       "time since last contact where (channel is web) is 1 day", "fired"},
  });
}

TEST(History, fields_that_are_unknown_leave_a_count_within_bounds) {
  std::string_view const two = "contact 1 day ago channel phone\ncontact 2 days ago";
  check({
      {two, "count of contact in last 7 days where (channel is phone) >= 1", "fired"},
      {two, "count of contact in last 7 days where (channel is phone) >= 2", "pending"},
      {two, "count of contact in last 7 days where (channel is phone) >= 3", "silent"},
      {two, "count of contact in last 7 days where (contact.channel is web) >= 1", "pending"},
      {two, "any contact in last 7 days where (channel is phone)", "fired"},
      {two, "any contact in last 7 days where (channel is web)", "pending"},
      {two, "count of contact in last 7 days where (channel is known) is 1", "fired"},
      {two, "calls >= 1", "fired"},
      {two, "calls >= 2", "pending"},
      {"contact 1 day ago channel web", "any contact in last 7 days where (channel is phone)",
       "silent"},
  });
}

TEST(History, what_stands_beside_the_event_is_asked_for) {
  constexpr auto rule = "any contact in last 7 days where (channel is phone and a)";
  EXPECT_EQ(describe(decide_at_ten(rule, "contact 1 day ago channel phone")),
            "pending r\nneed n: met 0, could be violated 3 []\nask a: need:n\n");
  // Of an event nobody can be asked, and one that does not count asks for nothing.
  EXPECT_EQ(describe(decide_at_ten(rule, "contact 1 day ago channel web")), "");
  constexpr auto field = "any contact in last 7 days where (channel is phone)";
  EXPECT_EQ(describe(decide_at_ten(field, "contact 1 day ago")),
            "pending r\nneed n: met 0, could be violated 3 []\n");
}

TEST(History, the_time_since_is_compared_as_any_duration) {
  check({
      {"contact 2 days ago\ncontact 5 days ago", "time since last contact is 2 days", "fired"},
      {"contact 2 days ago", "time since last contact >= 2 days", "fired"},
      {"contact 2 days ago", "time since last contact > 2 days", "silent"},
      {"contact -2 days ago\ncontact 3 days ago", "time since last contact is 3 days", "fired"},
      {"contact 2 days ago channel web\ncontact 5 days ago channel phone",
       "time since last contact where (channel is phone) is 5 days", "fired"},
      {"contact 30 days ago", "time since last contact < 1 month", "fired"},
      {"contact 745 hours ago", "time since last contact is 1 month", "fired"},
      {"contact 32 days ago", "1 month < time since last contact", "fired"},
      {"contact 32 days ago", "quiet > 1 month", "fired"},
      {"contact 32 days ago", "quiet < 9000 years", "fired"},
      {"contact 2 days ago\nlong is 1 day", "time since last contact > long", "fired"},
      {"contact 2 days ago", "time since last contact > long", "pending"},
  });
}

TEST(History, the_time_since_what_never_was_is_longer_than_any) {
  check({
      {"a is yes", "time since last contact > 3 days", "fired"},
      {"a is yes", "time since last contact >= 9000 years", "fired"},
      {"a is yes", "time since last contact < 9000 years", "silent"},
      {"a is yes", "time since last contact is 1 month", "silent"},
      {"a is yes", "time since last contact is (time since last complaint)", "fired"},
      {"a is yes", "time since last contact > (time since last complaint)", "silent"},
      {"a is yes", "smallest of (time since last contact, 2 days) is 2 days", "fired"},
      {"a is yes", "time since last contact + 1 day > 2 days", "pending"},
  });
  auto const decision = decide_text(policy_of("time since last contact * 2 > 2 days"), "");
  ASSERT_EQ(decision.warnings.size(), 1u);
  EXPECT_EQ(decision.warnings[0].code, "computation.never");
}

TEST(History, the_time_since_lies_within_bounds_too) {
  std::string_view const two = "contact 2 days ago\ncontact 5 days ago channel phone";
  check({
      {two, "time since last contact where (channel is phone) >= 2 days", "fired"},
      {two, "time since last contact where (channel is phone) <= 5 days", "fired"},
      {two, "time since last contact where (channel is phone) > 3 days", "pending"},
      {two, "time since last contact where (channel is phone) > 5 days", "silent"},
      {"contact 2 days ago", "time since last contact where (channel is phone) >= 2 days", "fired"},
      {"contact 2 days ago", "time since last contact where (channel is phone) < 9 days",
       "pending"},
  });
}

TEST(History, a_window_that_cannot_be_computed_is_unknown_with_a_warning) {
  auto const beyond = decide_text(policy_of("any contact in last 9000 years"), "a is yes");
  EXPECT_EQ(status_of(beyond, "r"), "pending");
  ASSERT_EQ(beyond.warnings.size(), 1u);
  EXPECT_EQ(beyond.warnings[0].code, "computation.date-out-of-range");
  auto const unknown = decide_text(policy_of("any contact in last (long * 2)"), "a is yes");
  EXPECT_EQ(status_of(unknown, "r"), "pending");
  ASSERT_EQ(unknown.questions.size(), 1u);
  EXPECT_EQ(unknown.questions[0].fact, "long");
}

TEST(History, events_stand_beside_items_of_lists) {
  constexpr auto condition =
      "any one in order.items has (any fault in last 9 days where (product is sku))";
  check({
      {"order.items: sku \"a\"\norder.items: sku \"b\"\nfault 1 day ago product \"b\"", condition,
       "fired"},
      {"order.items: sku \"a\"\nfault 1 day ago product \"b\"", condition, "silent"},
  });
}

// Across customers.

struct Everyone {
  std::shared_ptr<RuleSet const> rules;
  Case subject;
  Instant now;
};

Happened fault(RuleSet const& rules, Instant at, std::string product) {
  auto const& events = rules.policy.events;
  for (std::uint32_t id = 0; id < events.size(); ++id)
    if (events[id].name == "fault") return {EventId{id}, at, {{0, std::move(product)}}};
  return {};
}

constexpr std::string_view count_of_all =
    "count of fault in last 30 days across customers where (product is case.product)";

std::string across_policy(std::string_view condition) {
  return "policy tested\nneed functional n\nfact case.product is text\nfact late is yes or no\n"
         "event fault\n"
         "  product is text\nrule r\n  when " +
         std::string{condition} + "\n  then n is violated\n";
}

Everyone everyone_of(std::string_view condition) {
  Everyone all;
  all.rules = load_text(across_policy(condition));
  all.subject = make_case(*all.rules);
  all.subject.facts[0] = std::string{"kettle"};
  all.now = *Zone::utc().parse("2026-11-22T10:00:00Z");
  return all;
}

Instant days_before(Instant now, std::int64_t days) {
  return {now.micros - days * 86'400'000'000};
}

TEST(AcrossCustomers, everyones_events_count_with_those_of_the_customer) {
  auto all = everyone_of(std::string{count_of_all} + " >= 3");
  auto const figure = std::string{count_of_all};
  all.subject.history = {fault(*all.rules, days_before(all.now, 1), "kettle")};
  Others others;
  others[figure].events = {fault(*all.rules, days_before(all.now, 2), "kettle"),
                           fault(*all.rules, days_before(all.now, 3), "toaster"),
                           fault(*all.rules, days_before(all.now, 40), "kettle")};
  EXPECT_EQ(status_of(decide(*all.rules, all.subject, all.now, others), "r"), "silent");
  others[figure].events.push_back(fault(*all.rules, days_before(all.now, 29), "kettle"));
  auto const decision = decide(*all.rules, all.subject, all.now, others);
  EXPECT_EQ(status_of(decision, "r"), "fired");
  ASSERT_EQ(decision.figures.size(), 1u);
  EXPECT_EQ(decision.figures.begin()->first, figure);
  EXPECT_EQ(decision.figures.begin()->second, (Figure{Figure::Count{3, 3}}));
  // Without others the customer's own events alone are counted.
  EXPECT_EQ(status_of(decide(*all.rules, all.subject, all.now), "r"), "silent");
  // The figure alone decides the case again.
  all.subject.figures = decision.figures;
  auto const again = decide(*all.rules, all.subject, all.now);
  EXPECT_EQ(describe(again), describe(decision));
  EXPECT_EQ(again.figures, decision.figures);
}

TEST(AcrossCustomers, what_is_left_out_may_count) {
  auto all = everyone_of(std::string{count_of_all} + " >= 2");
  auto const figure = std::string{count_of_all};
  Others others;
  others[figure].complete_after = days_before(all.now, 3);
  others[figure].events = {fault(*all.rules, days_before(all.now, 2), "kettle")};
  auto const open = decide(*all.rules, all.subject, all.now, others);
  EXPECT_EQ(status_of(open, "r"), "pending");
  EXPECT_EQ(open.figures.begin()->second, (Figure{Figure::Count{1, std::nullopt}}));
  others[figure].events.push_back(fault(*all.rules, days_before(all.now, 1), "kettle"));
  EXPECT_EQ(status_of(decide(*all.rules, all.subject, all.now, others), "r"), "fired");
  others[figure].complete_after = days_before(all.now, 30);
  others[figure].events.pop_back();
  EXPECT_EQ(status_of(decide(*all.rules, all.subject, all.now, others), "r"), "silent");
}

TEST(AcrossCustomers, an_unknown_fact_beside_the_events_is_asked_for) {
  auto all = everyone_of(std::string{count_of_all} + " >= 2");
  all.subject.facts[0].reset();
  Others others;
  auto const figure = std::string{count_of_all};
  others[figure].events = {fault(*all.rules, days_before(all.now, 2), "kettle")};
  EXPECT_EQ(status_of(decide(*all.rules, all.subject, all.now, others), "r"), "silent");
  others[figure].events.push_back(fault(*all.rules, days_before(all.now, 2), "toaster"));
  auto const open = decide(*all.rules, all.subject, all.now, others);
  EXPECT_EQ(status_of(open, "r"), "pending");
  ASSERT_EQ(open.questions.size(), 1u);
  EXPECT_EQ(open.questions[0].fact, "case.product");
  all.subject.figures = open.figures;
  EXPECT_EQ(describe(decide(*all.rules, all.subject, all.now)), describe(open));
}

// The second decision must look at what is left open though it counts nothing itself.
TEST(AcrossCustomers, what_is_left_open_beside_them_is_asked_for_again) {
  auto all = everyone_of("any fault in last 9 days across customers where (certainly (late))");
  auto const figure =
      std::string{"any fault in last 9 days across customers where (certainly (late))"};
  Others others;
  others[figure].events = {fault(*all.rules, days_before(all.now, 2), "kettle")};
  auto const first = decide(*all.rules, all.subject, all.now, others);
  ASSERT_EQ(first.questions.size(), 1u);
  EXPECT_EQ(first.figures.size(), 2u);
  EXPECT_EQ(first.figures.begin()->first, "?" + figure);
  all.subject.figures = first.figures;
  auto const again = decide(*all.rules, all.subject, all.now);
  EXPECT_EQ(describe(again), describe(first));
  EXPECT_EQ(again.figures, first.figures);
}

TEST(AcrossCustomers, the_time_since_goes_over_everyone) {
  auto all = everyone_of("time since last fault across customers < 3 days");
  Others others;
  auto const figure = std::string{"time since last fault across customers"};
  EXPECT_EQ(status_of(decide(*all.rules, all.subject, all.now, others), "r"), "silent");
  others[figure].complete_after = days_before(all.now, 2);
  EXPECT_EQ(status_of(decide(*all.rules, all.subject, all.now, others), "r"), "pending");
  others[figure].events = {fault(*all.rules, days_before(all.now, 1), "kettle")};
  auto const decision = decide(*all.rules, all.subject, all.now, others);
  EXPECT_EQ(status_of(decision, "r"), "fired");
  auto const yesterday = days_before(all.now, 1);
  EXPECT_EQ(decision.figures.begin()->second, (Figure{Figure::Latest{yesterday, yesterday}}));
}

TEST(AcrossCustomers, what_a_store_is_asked_for) {
  auto all = everyone_of(std::string{count_of_all} + " >= 2 and time since last fault > 1 day");
  auto const needed = find_events_needed(*all.rules, all.subject, all.now);
  ASSERT_EQ(needed.size(), 2u);
  EXPECT_FALSE(needed[0].across_customers);
  EXPECT_FALSE(needed[0].after);  // the time since goes back to the beginning
  EXPECT_TRUE(needed[1].across_customers);
  EXPECT_EQ(needed[1].figure, count_of_all);
  EXPECT_EQ(needed[1].after, days_before(all.now, 30));
  ASSERT_EQ(needed[1].only.size(), 1u);
  EXPECT_EQ(needed[1].only[0].second, Value{std::string{"kettle"}});
  all.subject.figures[std::string{count_of_all}] = {};
  EXPECT_EQ(find_events_needed(*all.rules, all.subject, all.now).size(), 1u);
}

}  // namespace
}  // namespace heed::testing
