#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "tests/unit/http/client.hpp"
#include "tests/unit/http/service.hpp"

namespace heed::http::testing {
namespace {

struct HttpRequests : ::testing::Test {
  Worker worker;
  Server server = serve(worker);
  Received ask(std::string_view request) const { return testing::ask(server.port(), request); }
};

TEST_F(HttpRequests, a_route_answers_with_the_fields_that_keep_browsers_and_caches_out) {
  auto const got = ask(get("/hello"));
  EXPECT_EQ(got.status, 200);
  EXPECT_EQ(got.body, "hello");
  EXPECT_EQ(got.fields.at("content-type"), "text/plain");
  EXPECT_EQ(got.fields.at("x-content-type-options"), "nosniff");
  EXPECT_EQ(got.fields.at("cache-control"), "no-store");
  EXPECT_EQ(got.fields.at("date").size(), 29u);
  EXPECT_FALSE(got.fields.contains("connection"));
}

TEST_F(HttpRequests, paths_choose_the_handler) {
  struct Case {
    std::string_view path;
    int status;
    std::string_view body;
  };
  constexpr Case cases[] = {
      {"/items/7", 200, "item 7"},
      {"/items/fixed", 200, "fixed"},
      {"/items/a%2Fb", 200, "item a/b"},
      {"/items/%D7%A9%D7%9C%D7%95%D7%9D", 200, "item שלום"},
      {"/items/a+b", 200, "item a+b"},
      {"/query?q=a+b%26c&q=second", 200, "a b&c"},
      {"/query?r=1", 200, "none"},
      {"/query?q", 200, ""},
      {"http://localhost/hello?x=1", 200, "hello"},
      {"/client", 200, "127.0.0.1"},
      {"/items/", 404, ""},
      {"/hello/", 404, ""},
      {"//hello", 404, ""},
      {"/", 404, ""},
      {"/items/%ZZ", 400, ""},
      {"/items/%", 400, ""},
      {"/items/%FF", 400, ""},
      {"/items/%00", 400, ""},
      {"/items/%C0%AF", 400, ""},
      {"hello", 400, ""},
      {"*", 404, ""},
  };
  for (auto const& [path, status, body] : cases) {
    auto const got = ask(get(path));
    EXPECT_EQ(got.status, status) << path;
    if (status == 200) {
      EXPECT_EQ(got.body, body) << path;
    } else {
      EXPECT_EQ(got.fields.at("content-type"), "application/problem+json") << path;
    }
  }
}

TEST_F(HttpRequests, a_method_that_the_path_does_not_take_is_refused_with_those_it_takes) {
  auto const got = ask("DELETE /hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(got.status, 405);
  EXPECT_EQ(got.fields.at("allow"), "GET, HEAD, OPTIONS");
  auto const options = ask("OPTIONS /echo HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.fields.at("allow"), "POST, OPTIONS");
  EXPECT_FALSE(options.fields.contains("content-length"));
  EXPECT_FALSE(options.fields.contains("access-control-allow-origin"));
  EXPECT_EQ(ask("OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 204);
  EXPECT_EQ(ask("BREW /hello HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 501);
}

TEST_F(HttpRequests, head_answers_like_get_without_the_body) {
  Client client{server.port()};
  client.send("HEAD /hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
  auto const got = client.receive(true);
  EXPECT_EQ(got.status, 200);
  EXPECT_EQ(got.fields.at("content-length"), "5");
  client.send("HEAD /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(client.receive(true).fields.at("transfer-encoding"), "chunked");
  client.send(get("/hello"));
  EXPECT_EQ(client.receive().body, "hello");
}

TEST_F(HttpRequests, one_connection_serves_many_requests) {
  Client client{server.port()};
  for (int i = 0; i < 50; ++i) {
    auto const body = "body " + std::to_string(i);
    client.send(post(i % 2 == 0 ? "/echo" : "/later", body));
    EXPECT_EQ(client.receive().body, body);
  }
  EXPECT_EQ(server.counts().connections, 1u);
  EXPECT_EQ(server.counts().requests, 50u);
}

TEST_F(HttpRequests, requests_sent_ahead_are_answered_in_order) {
  Client client{server.port()};
  std::string all;
  for (int i = 0; i < 100; ++i) all += post(i % 3 == 0 ? "/later" : "/echo", std::to_string(i));
  client.send(all);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(client.receive().body, std::to_string(i));
}

TEST_F(HttpRequests, packets_may_be_cut_anywhere) {
  Client client{server.port()};
  client.send_one_by_one(post("/echo", "a body in small pieces"));
  EXPECT_EQ(client.receive().body, "a body in small pieces");
  client.send_one_by_one(
      "\r\nPOST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
      "4;name=value\r\nabcd\r\n3\r\nefg\r\n0\r\nHost: elsewhere\r\n\r\n");
  EXPECT_EQ(client.receive().body, "abcdefg");
  client.send_one_by_one(
      "POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
  EXPECT_EQ(client.receive().body, "");
  client.send_one_by_one(get("/hello"));
  EXPECT_EQ(client.receive().body, "hello");
}

TEST_F(HttpRequests, a_chunked_body_arrives_whole) {
  std::string const chunk(3000, 'y');
  std::string request =
      "POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
  std::string expected;
  for (int i = 0; i < 100; ++i) {
    request += "bb8\r\n" + chunk + "\r\n";
    expected += chunk;
  }
  EXPECT_EQ(ask(request + "0\r\n\r\n").body, expected);
}

TEST_F(HttpRequests, http_1_0_is_answered_and_closed_unless_it_asks_to_be_kept) {
  Client client{server.port()};
  client.send("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(client.receive().fields.at("connection"), "keep-alive");
  client.send("GET /hello HTTP/1.0\r\n\r\n");
  EXPECT_EQ(client.receive().fields.at("connection"), "close");
  EXPECT_TRUE(client.closed());
}

TEST_F(HttpRequests, a_client_that_asks_first_is_told_to_go_on) {
  Client client{server.port()};
  client.send(
      "POST /echo HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
      "Content-Length: 4\r\n\r\n");
  EXPECT_EQ(client.receive().status, 100);
  client.send("body");
  EXPECT_EQ(client.receive().body, "body");
  client.send(
      "POST /small HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
      "Content-Length: 17\r\n\r\n");
  EXPECT_EQ(client.receive().status, 413);
  EXPECT_TRUE(client.closed());
  EXPECT_EQ(ask(post("/echo", "x", "Expect: miracles\r\n")).status, 417);
  EXPECT_EQ(ask("POST /nowhere HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
                "Content-Length: 4\r\n\r\n")
                .status,
            404);
}

TEST_F(HttpRequests, a_refused_path_costs_no_connection) {
  Client client{server.port()};
  client.send(post("/nowhere", "a body nobody reads"));
  EXPECT_EQ(client.receive().status, 404);
  client.send(get("/hello"));
  EXPECT_EQ(client.receive().body, "hello");
}

TEST_F(HttpRequests, a_handler_that_does_not_answer_or_throws_is_a_500) {
  Client client{server.port()};
  for (auto const* path : {"/never", "/throws", "/never"}) {
    client.send(get(path));
    auto const got = client.receive();
    EXPECT_EQ(got.status, 500) << path;
    EXPECT_NE(got.body.find("urn:heed:problem:internal"), std::string::npos);
  }
}

TEST_F(HttpRequests, a_streamed_answer_comes_in_order_and_the_connection_stays) {
  Client client{server.port()};
  for (int i = 0; i < 3; ++i) {
    client.send(get("/stream"));
    auto const got = client.receive();
    EXPECT_EQ(got.fields.at("transfer-encoding"), "chunked");
    EXPECT_EQ(got.body, "first\npiece 1\npiece 3\npiece 4\n");
    EXPECT_TRUE(got.whole);
  }
}

TEST_F(HttpRequests, a_streamed_answer_to_http_1_0_ends_with_the_connection) {
  auto const got = ask("GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_FALSE(got.fields.contains("transfer-encoding"));
  EXPECT_EQ(got.fields.at("connection"), "close");
  EXPECT_EQ(got.body, "first\npiece 1\npiece 3\npiece 4\n");
}

TEST_F(HttpRequests, a_streamed_answer_that_breaks_off_is_seen_to_be_incomplete) {
  Client client{server.port()};
  client.send(get("/cut"));
  auto const got = client.receive();
  EXPECT_EQ(got.body, "first\n");
  EXPECT_FALSE(got.whole);
  EXPECT_TRUE(client.closed());
}

TEST_F(HttpRequests, the_media_type_decides_which_route_and_which_limit) {
  std::string const large(100'000, 'x');
  EXPECT_EQ(
      ask(post("/batch", large, "Content-Type: Application/X-NDJSON; charset=utf-8\r\n")).body,
      "100000");
  EXPECT_EQ(ask(post("/batch", "{}", "Content-Type: application/json\r\n")).body, "2");
  EXPECT_EQ(ask(post("/batch", large, "Content-Type: application/json\r\n")).status, 413);
  EXPECT_EQ(ask(post("/batch", "{}", "Content-Type: text/html\r\n")).status, 415);
  EXPECT_EQ(ask(post("/batch", "{}")).status, 415);
}

}  // namespace
}  // namespace heed::http::testing
