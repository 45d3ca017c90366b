// What one client may have: requests under way, a pace, connections; and what others still get.
#include <gtest/gtest.h>

#include <thread>

#include "server/http/accounts.hpp"
#include "tests/unit/http/client.hpp"
#include "tests/unit/http/service.hpp"

namespace heed::http {
namespace {

using std::chrono::milliseconds;
using Turn = Account::Turn;

TEST(HttpAccounts, a_pace_allows_its_burst_and_then_its_rate) {
  auto const allowance = Allowance::of(1'000, 10, 5);
  Account account;
  Clock::time_point const start{std::chrono::hours{1}};
  for (int i = 0; i < 5; ++i) EXPECT_EQ(account.begin(allowance, start).turn, Turn::granted) << i;
  auto const refused = account.begin(allowance, start);
  EXPECT_EQ(refused.turn, Turn::too_fast);
  EXPECT_EQ(refused.retry_seconds, 1);
  EXPECT_EQ(account.begin(allowance, start + milliseconds{99}).turn, Turn::too_fast);
  EXPECT_EQ(account.begin(allowance, start + milliseconds{100}).turn, Turn::granted);
  EXPECT_EQ(account.begin(allowance, start + milliseconds{100}).turn, Turn::too_fast);
  auto const later = start + std::chrono::seconds{60};
  for (int i = 0; i < 5; ++i) EXPECT_EQ(account.begin(allowance, later).turn, Turn::granted) << i;
  EXPECT_EQ(account.begin(allowance, later).turn, Turn::too_fast);
}

TEST(HttpAccounts, a_slow_rate_says_how_long_to_wait) {
  auto const allowance = Allowance::of(10, 0.1, 1);
  Account account;
  Clock::time_point const start{std::chrono::hours{1}};
  EXPECT_EQ(account.begin(allowance, start).turn, Turn::granted);
  EXPECT_EQ(account.begin(allowance, start + milliseconds{500}).retry_seconds, 10);
}

TEST(HttpAccounts, what_is_under_way_is_bounded_and_given_back) {
  auto const allowance = Allowance::of(2, 0, 0);
  Account account;
  EXPECT_EQ(account.begin(allowance, {}).turn, Turn::granted);
  EXPECT_EQ(account.begin(allowance, {}).turn, Turn::granted);
  EXPECT_EQ(account.begin(allowance, {}).turn, Turn::too_many);
  EXPECT_EQ(account.begin(allowance, {}).turn, Turn::too_many);
  account.end();
  EXPECT_EQ(account.begin(allowance, {}).turn, Turn::granted);
}

TEST(HttpAccounts, an_ipv6_client_is_its_network) {
  Accounts accounts{100};
  auto const of = [&](std::string_view address) { return accounts.of_address(address, {}); };
  EXPECT_EQ(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
  EXPECT_NE(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
  EXPECT_NE(of("192.0.2.1"), of("192.0.2.2"));
  EXPECT_NE(of("::ffff:192.0.2.1"), of("::ffff:192.0.2.2"));
  EXPECT_NE(accounts.of_token("192.0.2.1", {}), of("192.0.2.1"));
}

TEST(HttpAccounts, who_is_gone_is_forgotten_and_a_flood_of_addresses_shares_one_account) {
  Accounts accounts{2'000};
  auto const kept = accounts.of_address("192.0.2.1", {});
  ASSERT_TRUE(kept->connect(1));
  for (int i = 0; i < 5'000; ++i) accounts.of_token(std::to_string(i), {});
  EXPECT_LE(accounts.known(), 2'000u);
  EXPECT_EQ(accounts.of_address("192.0.2.1", {}), kept);
  EXPECT_FALSE(kept->connect(1));
  std::vector<std::shared_ptr<Account>> all;
  for (int i = 0; i < 3'000; ++i) all.push_back(accounts.of_token("t" + std::to_string(i), {}));
  EXPECT_LE(accounts.known(), 2'000u);
  EXPECT_EQ(all.back(), all[all.size() - 2]);
}

TEST(HttpAccounts, a_greedy_client_is_told_429_and_another_is_served) {
  Options options = testing::quick();
  options.client_requests_max = 2;
  options.admit = [](Request& request, std::string_view) -> std::optional<Response> {
    request.user = request.headers.find("Authorization").value_or("");
    return std::nullopt;
  };
  testing::Worker worker;
  auto server = testing::serve(worker, std::move(options));
  worker.hold();
  testing::Client first{server.port()};
  testing::Client second{server.port()};
  first.send(testing::post("/later", "1", "Authorization: greedy\r\n"));
  second.send(testing::post("/later", "2", "Authorization: greedy\r\n"));
  while (worker.waiting() < 2) std::this_thread::sleep_for(milliseconds{1});
  auto const refused =
      testing::ask(server.port(), testing::get("/hello", "Authorization: greedy\r\n"));
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.fields.at("retry-after"), "1");
  EXPECT_NE(refused.body.find("urn:heed:problem:client-requests"), std::string::npos);
  EXPECT_EQ(testing::ask(server.port(), testing::get("/hello", "Authorization: other\r\n")).status,
            200);
  EXPECT_EQ(testing::ask(server.port(), testing::get("/hello")).status, 200);
  EXPECT_EQ(
      testing::ask(server.port(), testing::get("/health", "Authorization: greedy\r\n")).status,
      200);
  worker.let_go();
  EXPECT_EQ(first.receive().status, 200);
  EXPECT_EQ(second.receive().status, 200);
  EXPECT_EQ(testing::ask(server.port(), testing::get("/hello", "Authorization: greedy\r\n")).status,
            200);
}

TEST(HttpAccounts, a_refused_client_sends_no_large_body) {
  Options options = testing::quick();
  options.client_rate = 0.001;
  options.client_burst = 1;
  testing::Worker worker;
  auto server = testing::serve(worker, std::move(options));
  EXPECT_EQ(testing::ask(server.port(), testing::get("/nothing")).status, 404);
  auto const refused = testing::ask(server.port(),
                                    "POST /batch HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                                    "application/x-ndjson\r\nContent-Length: 8000000\r\n\r\n");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.fields.at("retry-after"), "1000");
  EXPECT_EQ(refused.fields.at("connection"), "close");
  testing::Client again{server.port()};
  again.send(testing::post("/echo", "small"));
  EXPECT_EQ(again.receive().status, 429);
  again.send(testing::get("/health"));
  EXPECT_EQ(again.receive().status, 200);
}

TEST(HttpAccounts, one_address_has_its_share_of_connections) {
  Options options = testing::quick();
  options.address_connections_max = 2;
  testing::Worker worker;
  auto server = testing::serve(worker, std::move(options));
  auto first = std::make_unique<testing::Client>(server.port());
  testing::Client second{server.port()};
  first->send(testing::get("/hello"));
  second.send(testing::get("/hello"));
  EXPECT_EQ(first->receive().status, 200);
  EXPECT_EQ(second.receive().status, 200);
  auto const refused = testing::ask(server.port(), testing::get("/hello"));
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.fields.at("retry-after"), "1");
  first.reset();
  for (int i = 0; i < 100; ++i) {
    if (testing::ask(server.port(), testing::get("/hello")).status == 200) return;
    std::this_thread::sleep_for(milliseconds{10});
  }
  FAIL() << "a connection that has ended still counts";
}

TEST(HttpAccounts, a_lane_takes_so_many_and_no_more) {
  testing::Worker worker;
  auto lane = std::make_shared<Lane>();
  lane->max = 2;
  auto router = testing::routes(worker);
  router.add(Method::post, "/slow",
             [&worker](Request&, Reply const& reply) { worker.add([reply] { reply({}); }); },
             {.lane = lane});
  auto server = Server::start(testing::quick(), std::move(router)).value();
  worker.hold();
  testing::Client first{server.port()};
  testing::Client second{server.port()};
  first.send(testing::post("/slow", ""));
  second.send(testing::post("/slow", ""));
  while (worker.waiting() < 2) std::this_thread::sleep_for(milliseconds{1});
  auto const refused = testing::ask(server.port(), testing::post("/slow", ""));
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.fields.at("retry-after"), "1");
  EXPECT_NE(refused.body.find("urn:heed:problem:too-many-decisions"), std::string::npos);
  EXPECT_EQ(testing::ask(server.port(), testing::get("/hello")).status, 200);
  worker.let_go();
  EXPECT_EQ(first.receive().status, 200);
  EXPECT_EQ(second.receive().status, 200);
  EXPECT_EQ(testing::ask(server.port(), testing::post("/slow", "")).status, 200);
  EXPECT_EQ(lane->under_way.load(), 0u);
}

TEST(HttpAccounts, who_reads_a_streamed_answer_slowly_takes_no_place_in_its_lane) {
  testing::Worker worker;
  auto lane = std::make_shared<Lane>();
  lane->max = 2;
  auto router = testing::routes(worker);
  router.add(Method::get, "/pieces",
             [](Request&, Reply const& reply) {
               Response response;
               response.more = [](Next const& next) { next(std::string(1u << 20, 'x'), End::no); };
               reply(std::move(response));
             },
             {.lane = lane, .lane_weight = 2});
  router.add(Method::post, "/quick", [](Request&, Reply const& reply) { reply({}); },
             {.lane = lane});
  auto server = Server::start(testing::quick(), std::move(router)).value();
  testing::Client slow{server.port()};
  slow.send(testing::get("/pieces"));
  for (int i = 0; i < 2'000 && server.counts().bytes_sent < (1u << 20); ++i)
    std::this_thread::sleep_for(milliseconds{1});
  std::this_thread::sleep_for(milliseconds{50});
  EXPECT_EQ(testing::ask(server.port(), testing::post("/quick", "")).status, 200);
  EXPECT_EQ(lane->under_way.load(), 0u);
  slow.close_now();
  server.stop();
  EXPECT_EQ(lane->under_way.load(), 0u);
}

}  // namespace
}  // namespace heed::http
