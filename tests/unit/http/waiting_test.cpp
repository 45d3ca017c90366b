#include <gtest/gtest.h>
#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tests/unit/http/client.hpp"
#include "tests/unit/http/service.hpp"

namespace heed::http::testing {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

milliseconds since(steady_clock::time_point start) {
  return std::chrono::duration_cast<milliseconds>(steady_clock::now() - start);
}

template <class Condition>
void wait_until(Condition condition) {
  auto const start = steady_clock::now();
  while (!condition() && since(start) < milliseconds{5'000}) {
    std::this_thread::sleep_for(milliseconds{1});
  }
  EXPECT_TRUE(condition());
}

Options with_times(unsigned head_ms, unsigned body_ms) {
  auto options = quick();
  options.head_ms = head_ms;
  options.body_ms = body_ms;
  return options;
}

std::vector<std::unique_ptr<Client>> connect(Server const& server, int count) {
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < count; ++i) clients.push_back(std::make_unique<Client>(server.port()));
  return clients;
}

TEST(HttpWaiting, a_slow_head_ends_with_408_and_holds_nobody_up) {
  Worker worker;
  auto const server = serve(worker, with_times(200, 200));
  Client slow{server.port()};
  std::thread dripping{[&] {
    for (char const c : get("/hello").substr(0, 30)) {
      slow.send({&c, 1});
      std::this_thread::sleep_for(milliseconds{20});
    }
  }};
  auto const start = steady_clock::now();
  EXPECT_EQ(ask(server.port(), get("/hello")).body, "hello");
  EXPECT_LT(since(start), milliseconds{150});
  auto const got = slow.receive();
  EXPECT_EQ(got.status, 408);
  EXPECT_NE(got.body.find("urn:heed:problem:too-slow"), std::string::npos);
  EXPECT_EQ(server.counts().timeouts, 1u);
  dripping.join();
}

TEST(HttpWaiting, a_slow_body_ends_with_408) {
  Worker worker;
  auto const server = serve(worker, with_times(1'000, 100));
  Client slow{server.port()};
  slow.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhalf");
  EXPECT_EQ(slow.receive().status, 408);
  EXPECT_TRUE(slow.closed());
}

TEST(HttpWaiting, an_idle_connection_is_closed_without_a_word) {
  Worker worker;
  auto options = quick();
  options.idle_ms = 100;
  auto const server = serve(worker, options);
  Client client{server.port()};
  client.send(get("/hello"));
  EXPECT_EQ(client.receive().status, 200);
  EXPECT_TRUE(client.closed());
  EXPECT_EQ(server.counts().timeouts, 0u);
}

TEST(HttpWaiting, a_client_that_does_not_read_is_cut_off) {
  Worker worker;
  auto options = quick();
  options.write_ms = 100;
  options.bytes_per_second_min = 100u << 20;
  auto const server = serve(worker, options);
  Client client{server.port()};
  client.send(get("/endless"));
  wait_until([&] { return server.counts().timeouts == 1; });
  wait_until([&] { return server.counts().connections_open == 0; });
  auto const sent = server.counts().bytes_sent;
  std::this_thread::sleep_for(milliseconds{50});
  EXPECT_EQ(server.counts().bytes_sent, sent);
}

TEST(HttpWaiting, a_slow_reader_holds_its_producer_back) {
  Worker worker;
  auto const server = serve(worker);
  Client client{server.port()};
  client.send(get("/endless"));
  std::this_thread::sleep_for(milliseconds{200});
  auto const sent = server.counts().bytes_sent;
  std::this_thread::sleep_for(milliseconds{100});
  EXPECT_EQ(server.counts().bytes_sent, sent);
}

TEST(HttpWaiting, hundreds_of_requests_wait_for_one_commit) {
  Worker worker;
  auto options = quick();
  options.threads = 2;
  auto const server = serve(worker, options);
  worker.hold();
  auto const clients = connect(server, 200);
  for (std::size_t i = 0; i < clients.size(); ++i) {
    clients[i]->send(post("/later", std::to_string(i)));
  }
  wait_until([&] { return worker.waiting() == 200; });
  EXPECT_EQ(server.counts().requests_under_way, 200u);
  EXPECT_EQ(ask(server.port(), get("/hello")).body, "hello");
  worker.let_go();
  for (std::size_t i = 0; i < clients.size(); ++i) {
    EXPECT_EQ(clients[i]->receive().body, std::to_string(i));
  }
  EXPECT_EQ(server.counts().requests_under_way, 0u);
}

TEST(HttpWaiting, two_hundred_connections_at_once_are_served) {
  Worker worker;
  auto options = quick();
  options.threads = 2;
  auto const server = serve(worker, options);
  std::atomic<int> right{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      auto const clients = connect(server, 50);
      for (int round = 0; round < 10; ++round) {
        auto const body = std::to_string(t * 100 + round);
        for (auto const& client : clients) client->send(post("/later", body));
        for (auto const& client : clients) right += client->receive().body == body ? 1 : 0;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(right, 2'000);
  EXPECT_EQ(server.counts().connections, 200u);
  EXPECT_EQ(server.counts().requests, 2'000u);
  EXPECT_EQ(server.counts().requests_refused, 0u);
}

TEST(HttpWaiting, too_many_requests_are_told_to_come_back) {
  Worker worker;
  auto options = quick();
  options.requests_max = 2;
  auto const server = serve(worker, options);
  worker.hold();
  auto const clients = connect(server, 3);
  clients[0]->send(post("/later", "a"));
  clients[1]->send(post("/later", "b"));
  wait_until([&] { return worker.waiting() == 2; });
  clients[2]->send(post("/later", "c"));
  auto const refused = clients[2]->receive();
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.fields.at("retry-after"), "1");
  worker.let_go();
  EXPECT_EQ(clients[0]->receive().body, "a");
  EXPECT_EQ(clients[1]->receive().body, "b");
  clients[2]->send(post("/later", "c"));
  EXPECT_EQ(clients[2]->receive().body, "c");
}

TEST(HttpWaiting, too_many_connections_are_told_to_come_back) {
  Worker worker;
  auto options = quick();
  options.connections_max = 3;
  auto const server = serve(worker, options);
  auto clients = connect(server, 3);
  wait_until([&] { return server.counts().connections_open == 3; });
  Client extra{server.port()};
  extra.send(get("/hello"));
  auto const refused = extra.receive();
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.fields.at("retry-after"), "1");
  EXPECT_TRUE(extra.closed());
  EXPECT_EQ(server.counts().connections_refused, 1u);
  clients[0]->send(get("/hello"));
  EXPECT_EQ(clients[0]->receive().body, "hello");
  clients.clear();
  wait_until([&] { return server.counts().connections_open == 0; });
  EXPECT_EQ(ask(server.port(), get("/hello")).body, "hello");
}

/// Sets how many files may be open, until it goes.
class OpenFiles {
 public:
  explicit OpenFiles(rlim_t most) {
    getrlimit(RLIMIT_NOFILE, &before_);
    rlimit const now{most, before_.rlim_max};
    setrlimit(RLIMIT_NOFILE, &now);
  }
  ~OpenFiles() { setrlimit(RLIMIT_NOFILE, &before_); }
  OpenFiles(OpenFiles const&) = delete;
  OpenFiles& operator=(OpenFiles const&) = delete;

 private:
  rlimit before_{};
};

TEST(HttpWaiting, running_out_of_files_is_survived) {
#ifdef __has_feature
#if __has_feature(undefined_behavior_sanitizer)
  GTEST_SKIP() << "the sanitizer needs descriptors of its own to look at virtual tables";
#endif
#endif
  Worker worker;
  auto const server = serve(worker);
  Client early{server.port()};
  early.send(get("/hello"));
  EXPECT_EQ(early.receive().body, "hello");
  Client late;
  {
    OpenFiles const few{3};
    late.connect(server.port());
    late.send(get("/hello"));
    std::this_thread::sleep_for(milliseconds{150});
    EXPECT_EQ(server.counts().connections, 1u);
    early.send(get("/hello"));
    EXPECT_EQ(early.receive().body, "hello");
  }
  EXPECT_EQ(late.receive().body, "hello");
}

TEST(HttpWaiting, every_answer_is_told_to_who_counts) {
  Worker worker;
  auto options = quick();
  std::mutex mutex;
  std::string told;
  options.answered = [&](Answered const& answered) {
    std::lock_guard const lock{mutex};
    told.append(answered.method).append(" ").append(answered.route);
    told += " " + std::to_string(answered.status) + "\n";
  };
  auto const server = serve(worker, options);
  Client client{server.port()};
  for (auto const& request : {get("/items/7"), post("/later", "x"), get("/nowhere")}) {
    client.send(request);
    EXPECT_NE(client.receive().status, 0);
  }
  client.send("nonsense\r\n\r\n");
  EXPECT_EQ(client.receive().status, 400);
  std::lock_guard const lock{mutex};
  EXPECT_EQ(told, "GET /items/{id} 200\nPOST /later 200\nGET  404\n  400\n");
}

}  // namespace
}  // namespace heed::http::testing
