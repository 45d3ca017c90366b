// Request ids and trace contexts: what is taken, and what is passed over.
#include <gtest/gtest.h>

#include <set>

#include "server/http/request_id.hpp"
#include "server/http/trace_context.hpp"
#include "tests/unit/http/client.hpp"
#include "tests/unit/http/service.hpp"

namespace heed::http {
namespace {

using testing::ask;
using testing::get;

TEST(HttpNames, a_request_id_is_short_and_without_surprises) {
  for (std::string_view const good :
       {"a", "7f3c-91", "01930e5c-7b3a-7000-8000-000000000000", "1/abc:DEF+x=@._~-"})
    EXPECT_TRUE(is_request_id(good)) << good;
  EXPECT_TRUE(is_request_id(std::string(128, 'x')));
  for (std::string_view const bad : {"", " ", "a b", "a\"b", "a\\b", "a,b", "a\tb", "א", "a%20b"})
    EXPECT_FALSE(is_request_id(bad)) << bad;
  EXPECT_FALSE(is_request_id(std::string(129, 'x')));
}

TEST(HttpNames, no_two_requests_are_named_alike) {
  RequestIds one;
  RequestIds other;
  std::set<std::string> seen;
  for (int i = 0; i < 2'000; ++i) {
    seen.insert(one.next());
    seen.insert(other.next());
  }
  EXPECT_EQ(seen.size(), 4'000u);
  EXPECT_EQ(seen.begin()->size(), 32u);
  EXPECT_TRUE(is_request_id(*seen.begin()));
}

struct Trace {
  std::string_view field;
  bool is_valid;
};
constexpr Trace traces[] = {
    {"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", true},
    {"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00", true},
    {"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-ff", true},  // unknown flags: ignored
    {"cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", true},  // a later version
    {"cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what", true},
    {"cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.what", false},
    {"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-", false},
    {"ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", false},
    {"00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", false},
    {"00-00000000000000000000000000000000-00f067aa0ba902b7-01", false},
    {"00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01", false},
    {"00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01", false},
    {"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0", false},
    {"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0g", false},
    {"00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", false},
    {"", false},
    {"00", false},
};

TEST(HttpNames, a_traceparent_is_read_as_strictly_as_the_standard_says) {
  for (auto const& [field, is_valid] : traces) {
    auto const read = read_traceparent(field);
    EXPECT_EQ(read.has_value(), is_valid) << field;
    if (!read) continue;
    EXPECT_EQ(read->trace_id, "4bf92f3577b34da6a3ce929d0e0e4736");
    EXPECT_EQ(read->parent_id, "00f067aa0ba902b7");
  }
}

TEST(HttpNames, every_answer_tells_the_name_of_its_request) {
  testing::Worker worker;
  auto server = testing::serve(worker);
  auto const named = ask(server.port(), get("/hello", "X-Request-Id: order-17\r\n"));
  EXPECT_EQ(named.fields.at("x-request-id"), "order-17");
  for (std::string_view const fields :
       {"", "X-Request-Id: a b\r\n", "X-Request-Id: a\r\nX-Request-Id: b\r\n"}) {
    auto const made = ask(server.port(), get("/hello", fields));
    EXPECT_EQ(made.fields.at("x-request-id").size(), 32u) << fields;
  }
  auto const problem = ask(server.port(), get("/nothing", "X-Request-Id: order-18\r\n"));
  EXPECT_EQ(problem.status, 404);
  EXPECT_NE(problem.body.find(R"("instance":"urn:heed:request:order-18"})"), std::string::npos)
      << problem.body;
  auto const malformed = ask(server.port(), "nonsense\r\n\r\n");
  EXPECT_EQ(malformed.status, 400);
  EXPECT_NE(malformed.body.find("urn:heed:request:" + malformed.fields.at("x-request-id")),
            std::string::npos);
}

TEST(HttpNames, a_trace_is_told_to_the_route_and_answered) {
  Options options = testing::quick();
  std::string told;
  options.answered = [&](Answered const& answered) { told = answered.trace_id; };
  testing::Worker worker;
  auto server = testing::serve(worker, std::move(options));
  constexpr std::string_view good =
      "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n";
  auto const traced = ask(server.port(), get("/trace", good));
  EXPECT_EQ(traced.body, "4bf92f3577b34da6a3ce929d0e0e4736");
  auto const answer = traced.fields.at("traceresponse");
  EXPECT_EQ(answer.substr(0, 36), "00-4bf92f3577b34da6a3ce929d0e0e4736-");
  EXPECT_EQ(answer.size(), 55u);
  EXPECT_NE(answer.substr(36, 16), "00f067aa0ba902b7");
  EXPECT_EQ(answer.substr(52), "-01");
  for (auto const& fields :
       {std::string{good} + std::string{good}, std::string{"traceparent: x\r\n"}, std::string{}}) {
    auto const plain = ask(server.port(), get("/trace", fields));
    EXPECT_EQ(plain.body, "none");
    EXPECT_FALSE(plain.fields.contains("traceresponse"));
  }
}

}  // namespace
}  // namespace heed::http
