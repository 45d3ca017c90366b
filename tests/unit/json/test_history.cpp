#include "server/json/history.hpp"

#include <gtest/gtest.h>

#include "server/json/case.hpp"
#include "server/json/resolved.hpp"

/// Events of the past as JSON.
namespace heed::json {
namespace {

constexpr auto policy_text = R"(policy past "The past"
  zone "Asia/Jerusalem"
event contact
  channel is one of phone, web
  cost is money
event fault
  product is text
need functional n
rule counts
  when count of fault in last 30 days across customers >= 2
    or time since last contact across customers < 1 day
  then n is violated
)";

std::shared_ptr<RuleSet const> rules() {
  static auto const loaded = load({{"past.heed", policy_text}}, "r").rules;
  EXPECT_NE(loaded, nullptr);
  return loaded;
}

Instant at(std::string_view text) {
  return Zone::utc().parse(text).value_or(Instant{});
}

std::string mistakes_of(CaseMistakes const& mistakes) {
  std::string text;
  for (auto const& mistake : mistakes.mistakes)
    text += mistake.pointer + " " + mistake.code + ": " + mistake.message + "\n";
  return text;
}

TEST(History, passes_over_what_the_policy_does_not_declare) {
  auto const read = read_case(*rules(), R"({"history": [
    {"event": "opened", "at": 3, "by": "x"}, {"event": "fault", "at": "2026-11-22", "size": 4}]})");
  ASSERT_TRUE(read);
  EXPECT_EQ(read.value().ignored, (std::vector<std::string>{"/history/0", "/history/1/size"}));
  EXPECT_EQ(read.value().history.size(), 1u);
  EXPECT_TRUE(read.value().history_given);
  EXPECT_FALSE(read_case(*rules(), "{}").value().history_given);
  EXPECT_FALSE(read_case(*rules(), R"({"history": null})").value().history_given);
  EXPECT_TRUE(read_case(*rules(), R"({"history": []})").value().history_given);
}

TEST(History, stands_in_one_order_in_a_resolved_case) {
  auto const one = R"({"event": "fault", "at": "2026-11-22T10:00Z", "product": "b"})";
  auto const two = R"({"at": "2026-11-22T12:00+02:00", "event": "fault", "product": "a"})";
  auto const three = R"({"event": "contact", "at": "2026-11-21", "cost": "2 ILS"})";
  auto const text_of = [&](std::string const& list) {
    return resolved_case(*rules(), read_case(*rules(), R"({"history": [)" + list + "]}").value(),
                         Instant{0});
  };
  auto const text = text_of(std::string{one} + "," + two + "," + three);
  EXPECT_EQ(text, text_of(std::string{three} + "," + one + "," + two));
  EXPECT_EQ(text, R"({"at":"1970-01-01T00:00:00Z","facts":{},"history":[)"
                  R"({"at":"2026-11-20T22:00:00Z","cost":{"amount":"2.00","currency":"ILS"},)"
                  R"("event":"contact"},)"
                  R"({"at":"2026-11-22T10:00:00Z","event":"fault","product":"a"},)"
                  R"({"at":"2026-11-22T10:00:00Z","event":"fault","product":"b"}]})");
}

TEST(Figures, are_read_back_as_they_were_written) {
  auto subject = make_case(*rules());
  auto const count = std::string{"count of fault in last 30 days across customers"};
  auto const since = std::string{"time since last contact across customers"};
  subject.figures[count] = {Figure::Count{2, 3}};
  subject.figures["?" + count].form = Figure::Count{2, std::nullopt};
  subject.figures[since].form = Figure::Latest{std::nullopt, at("2026-11-22T10:00Z")};
  auto const text = resolved_case(*rules(), subject, Instant{0});
  EXPECT_EQ(text, R"({"at":"1970-01-01T00:00:00Z","facts":{},"figures":{"?)" + count +
                      R"(":{"possibly":null,"surely":2},")" + count +
                      R"(":{"possibly":3,"surely":2},")" + since +
                      R"(":{"possibly":"2026-11-22T10:00:00Z","surely":null}},"history":[]})");
  auto const again = read_resolved_case(*rules(), text);
  ASSERT_TRUE(again) << mistakes_of(again.error());
  EXPECT_EQ(again.value().figures, subject.figures);
}

TEST(Figures, are_told_where_they_are_wrong) {
  auto const wrong = read_case(*rules(), R"({"figures": {
    "count of fault in last 30 days across customers": {"surely": -1, "possibly": "x"},
    "time since last contact across customers": 3}})");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().mistakes.size(), 3u) << mistakes_of(wrong.error());
  auto const unknown = read_case(*rules(), R"({"figures": {"count of x": {}}})");
  ASSERT_TRUE(unknown);
  EXPECT_EQ(unknown.value().ignored, (std::vector<std::string>{"/figures/count of x"}));
}

TEST(PostedEvent, is_read_with_its_fields) {
  auto const now = at("2026-11-22T10:00Z");
  auto const read = read_posted_event(rules()->policy, R"({"subject": "c-1", "event": "contact",
    "channel": "web", "by": "x", "at": "2026-11-21"})",
                                      now);
  ASSERT_TRUE(read) << mistakes_of(read.error());
  EXPECT_EQ(read.value().subject, "c-1");
  EXPECT_EQ(read.value().happened.at, at("2026-11-20T22:00Z"));
  EXPECT_EQ(read.value().ignored, (std::vector<std::string>{"/by"}));
  EXPECT_EQ(event_fields(rules()->policy, read.value().happened), R"({"channel":"web"})");
  auto const undated =
      read_posted_event(rules()->policy, R"({"subject": "c-1", "event": "fault"})", now);
  ASSERT_TRUE(undated);
  EXPECT_EQ(undated.value().happened.at, now);
}

TEST(PostedEvent, is_told_its_mistakes) {
  auto const told = [](std::string_view json) {
    auto const read = read_posted_event(rules()->policy, json, Instant{0});
    return read ? std::string{"none"} : mistakes_of(read.error());
  };
  EXPECT_EQ(told(R"({"subject": "c-1", "event": "contcat"})"),
            "/event case.event: no event is named `contcat`, did you mean `contact`?\n");
  EXPECT_EQ(told(R"({"subject": "c-1"})"),
            " case.missing: the event has no `event` that names it\n");
  EXPECT_EQ(told(R"({"event": "fault"})"),
            " case.missing: the event has no `subject` that says whose it is\n");
  EXPECT_EQ(told(R"({"subject": "", "event": 3})"),
            "/event case.type: expected the name of an event, found 3\n"
            " case.missing: the event has no `subject` that says whose it is\n");
  EXPECT_EQ(told(R"({"subject": 3, "event": "contact", "channel": "fax", "at": 1})").substr(0, 20),
            "/channel case.choice");
  EXPECT_EQ(told("[]").substr(0, 10), " case.type");
  EXPECT_EQ(told("{").substr(0, 12), " case.syntax");
}

TEST(StoredEvent, keeps_what_still_fits_the_policy) {
  auto const& policy = rules()->policy;
  auto const contact = find_event(policy, "contact").value_or(EventId{});
  auto const happened =
      read_stored_event(policy, contact, Instant{7},
                        R"({"channel":"fax","cost":{"amount":"1.00","currency":"ILS"},"x":1})");
  EXPECT_EQ(happened.at, Instant{7});
  EXPECT_EQ(event_fields(policy, happened), R"({"cost":{"amount":"1.00","currency":"ILS"}})");
}

}  // namespace
}  // namespace heed::json
