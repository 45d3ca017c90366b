#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <thread>

#include "tests/unit/http/client.hpp"
#include "tests/unit/http/service.hpp"

namespace heed::http::testing {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

milliseconds since(steady_clock::time_point start) {
  return std::chrono::duration_cast<milliseconds>(steady_clock::now() - start);
}

TEST(HttpStop, a_request_under_way_is_answered_and_idle_connections_end) {
  Worker worker;
  auto server = serve(worker);
  Client idle{server.port()};
  idle.send(get("/hello"));
  EXPECT_EQ(idle.receive().status, 200);
  worker.hold();
  Client waiting{server.port()};
  waiting.send(post("/later", "still answered"));
  while (worker.waiting() == 0) std::this_thread::yield();

  std::thread stopping{[&] { server.stop(); }};
  EXPECT_TRUE(idle.closed());
  worker.let_go();
  auto const got = waiting.receive();
  EXPECT_EQ(got.body, "still answered");
  EXPECT_EQ(got.fields.at("connection"), "close");
  EXPECT_TRUE(waiting.closed());
  stopping.join();
  EXPECT_EQ(server.counts().connections_open, 0u);
}

TEST(HttpStop, a_request_half_read_is_read_and_answered) {
  Worker worker;
  auto server = serve(worker);
  Client client{server.port()};
  client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 8\r\n\r\nhalf");
  while (server.counts().bytes_received == 0) std::this_thread::yield();
  std::thread stopping{[&] { server.stop(); }};
  std::this_thread::sleep_for(milliseconds{50});
  client.send("half");
  EXPECT_EQ(client.receive().body, "halfhalf");
  client.close_now();
  stopping.join();
}

TEST(HttpStop, what_takes_too_long_is_cut_off_and_its_late_answer_dropped) {
  Worker worker;
  auto options = quick();
  options.drain_ms = 200;
  std::optional<Server> server{serve(worker, options)};
  worker.hold();
  Client client{server->port()};
  client.send(post("/later", "too late"));
  while (worker.waiting() == 0) std::this_thread::yield();
  auto const start = steady_clock::now();
  server->stop();
  EXPECT_GE(since(start), milliseconds{150});
  EXPECT_LT(since(start), milliseconds{1'500});
  EXPECT_EQ(client.receive().status, 0);
  server.reset();
  worker.let_go();  // the reply outlives its server
}

TEST(HttpStop, a_stopped_server_takes_no_connection_and_stops_again_for_nothing) {
  Worker worker;
  auto server = serve(worker);
  auto const port = server.port();
  server.stop();
  server.stop();
  Options options = quick();
  options.port = port;
  auto again = Server::start(options, routes(worker));  // the port is free
  ASSERT_TRUE(again);
  EXPECT_EQ(again.value().port(), port);
}

TEST(HttpStop, an_address_in_use_or_unreadable_is_an_error) {
  Worker worker;
  auto const server = serve(worker);
  auto options = quick();
  options.port = server.port();
  auto const in_use = Server::start(options, routes(worker));
  ASSERT_FALSE(in_use);
  EXPECT_EQ(in_use.error().code, "http.listen");
  options.address = "somewhere";
  auto const unreadable = Server::start(options, routes(worker));
  ASSERT_FALSE(unreadable);
  EXPECT_EQ(unreadable.error().code, "http.address");
}

TEST(HttpStop, a_stream_under_way_is_finished) {
  Worker worker;
  auto server = serve(worker);
  worker.hold();
  Client client{server.port()};
  client.send(get("/stream"));
  while (worker.waiting() == 0) std::this_thread::yield();
  EXPECT_EQ(server.counts().requests_under_way, 1u);
  std::thread stopping{[&] { server.stop(); }};
  std::this_thread::sleep_for(milliseconds{20});
  worker.let_go();
  auto const got = client.receive();
  EXPECT_EQ(got.body, "first\npiece 1\npiece 3\npiece 4\n");
  EXPECT_TRUE(got.whole);
  stopping.join();
  EXPECT_EQ(server.counts().requests_under_way, 0u);
}

}  // namespace
}  // namespace heed::http::testing
