#include <gtest/gtest.h>

#include <string>

#include "tests/unit/http/client.hpp"
#include "tests/unit/http/service.hpp"

namespace heed::http::testing {
namespace {

struct HttpRefusals : ::testing::Test {
  Worker worker;
  Server server = serve(worker);
  Received ask(std::string_view request) const { return testing::ask(server.port(), request); }
};

std::string type_of(Received const& received) {
  constexpr std::string_view before = R"({"type":"urn:heed:problem:)";
  if (!received.body.starts_with(before)) return "no problem";
  return received.body.substr(before.size(),
                              received.body.find('"', before.size()) - before.size());
}

TEST_F(HttpRefusals, what_is_malformed_is_refused_and_the_connection_closed) {
  struct Case {
    std::string_view request;
    int status;
    std::string_view type;
  };
  constexpr Case cases[] = {
      {"\x16\x03\x01\x02\x01hello of another protocol\r\n\r\n", 400, "bad-request"},
      {"GET\r\n\r\n", 400, "bad-request"},
      {"GET /hello\r\n\r\n", 400, "bad-request"},
      {"GET /hello HTTP/1.1\nHost: localhost\n\n", 400, "bad-request"},
      {"GET  /hello HTTP/1.1\r\nHost: localhost\r\n\r\n", 400, "bad-request"},
      {"GET /hello HTTP/1.1\r\nHost localhost\r\n\r\n", 400, "bad-request"},
      {"GET /hello HTTP/1.1\r\nHost : localhost\r\n\r\n", 400, "bad-request"},
      {"GET /hello HTTP/1.1\r\nHost: localhost\r\nbad\x01name: x\r\n\r\n", 400, "bad-request"},
      {"CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400, "bad-request"},
      {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "http-version"},
      {"GET /hello HTTP/3.0\r\nHost: localhost\r\n\r\n", 505, "http-version"},
      {"GET /hello HTTP/1.1\r\n\r\n", 400, "bad-host"},
      {"GET /hello HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", 400, "bad-host"},
      {"GET /hello HTTP/1.1\r\nHost:\r\n\r\n", 421, "wrong-host"},
      {"GET /hello HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421, "wrong-host"},
      {"GET /hello HTTP/1.1\r\nHost: localhost.evil.example\r\n\r\n", 421, "wrong-host"},
      {"GET http://evil.example/hello HTTP/1.1\r\nHost: localhost\r\n\r\n", 421, "wrong-host"},
  };
  for (auto const& [request, status, type] : cases) {
    Client client{server.port()};
    client.send(request);
    auto const got = client.receive();
    EXPECT_EQ(got.status, status) << request;
    EXPECT_EQ(type_of(got), type) << request;
    EXPECT_EQ(got.fields.at("content-type"), "application/problem+json");
    EXPECT_EQ(got.fields.at("connection"), "close") << request;
    EXPECT_TRUE(client.closed()) << request;
  }
}

TEST_F(HttpRefusals, a_body_whose_end_is_unclear_is_refused) {
  struct Case {
    std::string_view fields;
    std::string_view body;
    int status;
  };
  constexpr Case cases[] = {
      {"Content-Length: 3\r\nContent-Length: 4\r\n", "abc", 400},
      {"Content-Length: 3, 4\r\n", "abc", 400},
      {"Content-Length: -1\r\n", "", 400},
      {"Content-Length: +3\r\n", "abc", 400},
      {"Content-Length: 0x3\r\n", "abc", 400},
      {"Content-Length: 99999999999999999999999\r\n", "", 400},
      {"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n", 400},
      {"Transfer-Encoding: chunked\r\nContent-Length: 3\r\n", "0\r\n\r\n", 400},
      {"Transfer-Encoding: gzip\r\n", "", 501},
      {"Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n", 501},
      {"Transfer-Encoding: chunked, gzip\r\n", "0\r\n\r\n", 501},
      {"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n", 400},
      {"Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n", 501},
      {"Transfer-Encoding: xchunked\r\n", "0\r\n\r\n", 501},
      {"Transfer-Encoding: chunked\r\n", "zz\r\nabc\r\n", 400},
      {"Transfer-Encoding: chunked\r\n", "-1\r\nabc\r\n", 400},
      {"Transfer-Encoding: chunked\r\n", "3\r\nabcd\r\n0\r\n\r\n", 400},
      {"Transfer-Encoding: chunked\r\n", "ffffffffffffffffff\r\nabc\r\n", 400},
      {"Transfer-Encoding: chunked\r\n", "ffffffffffffffff\r\nabc\r\n", 413},
      {"Transfer-Encoding: chunked\r\n", "0\r\nContent-Length: 3\r\n\r\n", 400},
  };
  for (auto const& [fields, body, status] : cases) {
    Client client{server.port()};
    client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\n");
    client.send(fields);
    client.send("\r\n");
    client.send(body);
    EXPECT_EQ(client.receive().status, status) << fields << body;
    EXPECT_TRUE(client.closed()) << fields << body;
  }
  EXPECT_EQ(ask("POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n").status, 400);
}

TEST_F(HttpRefusals, pages_of_other_origins_are_kept_out) {
  struct Case {
    std::string_view fields;
    int status;
  };
  constexpr Case cases[] = {
      {"Origin: http://localhost\r\n", 200},
      {"Origin: http://LOCALHOST\r\n", 200},
      {"Origin: http://localhost:8080\r\n", 403},
      {"Origin: http://evil.example\r\n", 403},
      {"Origin: http://localhost.evil.example\r\n", 403},
      {"Origin: null\r\n", 403},
      {"Origin:\r\n", 403},
      {"Origin: http://localhost\r\nOrigin: http://evil.example\r\n", 403},
  };
  for (auto const& [fields, status] : cases) {
    EXPECT_EQ(ask(get("/hello", fields)).status, status) << fields;
  }
  auto const got =
      ask("OPTIONS /echo HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n"
          "Access-Control-Request-Method: POST\r\n\r\n");
  EXPECT_EQ(got.status, 403);
  EXPECT_EQ(type_of(got), "foreign-origin");
}

TEST_F(HttpRefusals, hosts_and_origins_can_be_named) {
  auto options = quick();
  options.hosts = {"advice.example"};
  options.origins = {"https://desk.example"};
  auto const other = serve(worker, options);
  auto const with = [&](std::string const& fields) {
    return testing::ask(other.port(), "GET /hello HTTP/1.1\r\n" + fields + "\r\n").status;
  };
  EXPECT_EQ(with("Host: localhost\r\n"), 421);
  EXPECT_EQ(with("Host: Advice.Example:8443\r\n"), 200);
  EXPECT_EQ(with("Host: advice.example\r\nOrigin: https://desk.example\r\n"), 200);
  EXPECT_EQ(with("Host: advice.example\r\nOrigin: https://advice.example\r\n"), 200);
  EXPECT_EQ(with("Host: advice.example\r\nOrigin: https://other.example\r\n"), 403);
}

TEST_F(HttpRefusals, a_body_over_its_limit_is_refused_before_it_is_read) {
  Client client{server.port()};
  client.send("POST /small HTTP/1.1\r\nHost: localhost\r\nContent-Length: 17\r\n\r\n");
  auto const got = client.receive();
  EXPECT_EQ(got.status, 413);
  EXPECT_EQ(type_of(got), "body-too-large");
  EXPECT_TRUE(client.closed());
  EXPECT_EQ(ask(post("/small", "sixteen bytes ok")).body, "sixteen bytes ok");
}

TEST_F(HttpRefusals, a_chunked_body_cannot_pass_its_limit) {
  auto const got =
      ask("POST /small HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
          "8\r\n12345678\r\n8\r\n12345678\r\n1\r\nx\r\n0\r\n\r\n");
  EXPECT_EQ(got.status, 413);
}

TEST_F(HttpRefusals, a_client_that_is_still_sending_gets_its_refusal) {
  Client client{server.port()};
  client.send("POST /small HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3000000\r\n\r\n");
  client.send(std::string(3'000'000, 'x'));
  EXPECT_EQ(client.receive().status, 413);
}

TEST_F(HttpRefusals, a_head_over_its_limit_is_refused_however_it_comes) {
  auto const large = std::string(limits::http_head_bytes_max, 'x');
  auto const at_once = ask(get("/hello", "X-Large: " + large + "\r\n"));
  EXPECT_EQ(at_once.status, 431);
  EXPECT_EQ(type_of(at_once), "head-too-large");
  EXPECT_EQ(ask(get("/" + large)).status, 431);
  Client client{server.port()};
  client.send("GET /hello HTTP/1.1\r\nHost: localhost\r\n");
  for (int i = 0; i < 700; ++i) client.send("X-Field: a little more\r\n");  // field by field
  EXPECT_EQ(client.receive().status, 431);
}

TEST_F(HttpRefusals, endless_chunk_heads_and_trailers_are_refused) {
  auto const large = std::string(2 * limits::http_head_bytes_max, 'x');
  auto const start =
      std::string{"POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"};
  EXPECT_EQ(ask(start + "1;" + large).status, 400);
  EXPECT_EQ(ask(start + "0\r\nX: " + large).status, 400);
}

TEST_F(HttpRefusals, large_bodies_together_have_a_limit) {
  auto options = quick();
  options.bodies_bytes_max = 1u << 20;
  auto const other = serve(worker, options);
  worker.hold();
  Client first{other.port()};
  first.send(post("/later", std::string(700'000, 'x')));
  while (worker.waiting() == 0) std::this_thread::yield();
  auto const got = testing::ask(other.port(), post("/later", std::string(700'000, 'y')));
  EXPECT_EQ(got.status, 503);
  EXPECT_EQ(type_of(got), "too-many-bodies");
  EXPECT_EQ(got.fields.at("retry-after"), "1");
  worker.let_go();
  EXPECT_EQ(first.receive().body.size(), 700'000u);
  EXPECT_EQ(testing::ask(other.port(), post("/later", std::string(700'000, 'y'))).status, 200);
}

TEST_F(HttpRefusals, a_broken_client_costs_nobody_else) {
  for (int i = 0; i < 50; ++i) {
    Client broken{server.port()};
    broken.send(i % 2 == 0 ? post("/later", "x") : "POST /echo HTTP/1.1\r\nContent-Le");
    broken.close_now();
  }
  EXPECT_EQ(ask(get("/hello")).body, "hello");
}

}  // namespace
}  // namespace heed::http::testing
