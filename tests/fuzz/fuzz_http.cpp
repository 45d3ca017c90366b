#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/ensure.hpp"
#include "server/http/connection.hpp"

// Whatever bytes a client sends, and however they are cut: a connection of the server, whole but
// for the network, answers in HTTP, the same however the bytes arrive, and ends when its client
// does.
namespace heed::http {
namespace {

Response text(std::string body) {
  return {.content_type = "text/plain", .body = std::move(body)};
}

Router routes() {
  Router router;
  auto const echo = [](Request& request, Reply const& reply) {
    reply(text(std::move(request.body)));
  };
  router.add(Method::post, "/echo", echo);
  router.add(Method::post, "/small", echo, {.body_bytes_max = 16});
  router.add(Method::get, "/hello", [](Request&, Reply const& reply) { reply(text("hello")); });
  router.add(Method::get, "/items/{id}", [](Request& request, Reply const& reply) {
    reply(text(std::string{parameter(request, "id")}));
  });
  router.add(Method::get, "/query", [](Request& request, Reply const& reply) {
    reply(text(std::string{query_value(request, "q").value_or("")}));
  });
  router.add(Method::get, "/stream", [](Request&, Reply const& reply) {
    auto response = text("first");
    response.more = [left = 3](Next const& next) mutable {
      next("piece", --left == 0 ? End::yes : End::no);
    };
    reply(std::move(response));
  });
  return router;
}

std::shared_ptr<Loop> const& loop() {
  static std::shared_ptr<Loop> const one = [] {
    auto shared = std::make_shared<Shared>();
    shared->router = routes();
    return std::make_shared<Loop>(std::move(shared));
  }();
  return one;
}

void run_loop() {
  loop()->context.restart();
  while (loop()->context.poll() > 0) {
  }
}

void receive(int end, std::string& said) {
  std::array<char, 16384> bytes{};
  for (;;) {
    auto const count = recv(end, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (count <= 0) return;
    said.append(bytes.data(), static_cast<std::size_t>(count));
    run_loop();
  }
}

// All that is answered to `bytes`, sent in pieces of `piece` bytes.
std::string converse(std::string_view bytes, std::size_t piece) {
  std::array<int, 2> ends{};
  ensure(socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) == 0);
  Socket socket{loop()->context.get_executor()};
  socket.assign(boost::asio::ip::tcp::v4(), ends[0]);
  loop()->shared->connections_open.fetch_add(1);
  loop()->adopt(std::move(socket), Loop::Admission::granted);
  std::string said;
  while (!bytes.empty()) {
    auto const sent = send(ends[1], bytes.data(), std::min(piece, bytes.size()), MSG_NOSIGNAL);
    if (sent <= 0) break;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
    run_loop();
    receive(ends[1], said);
  }
  shutdown(ends[1], SHUT_WR);
  run_loop();
  receive(ends[1], said);
  close(ends[1]);
  run_loop();
  ensure(loop()->shared->connections_open == 0 && loop()->shared->requests_under_way == 0);
  return said;
}

std::string_view take_line(std::string_view& said) {
  auto const end = said.find("\r\n");
  ensure(end != std::string_view::npos);
  auto const line = said.substr(0, end);
  said.remove_prefix(end + 2);
  return line;
}

std::string take(std::string_view& said, std::size_t bytes) {
  ensure(bytes <= said.size());
  std::string const taken{said.substr(0, bytes)};
  said.remove_prefix(bytes);
  return taken;
}

std::size_t number(std::string_view digits, int base) {
  std::size_t value = 0;
  auto const [end, code] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  ensure(code == std::errc{} && end == digits.data() + digits.size());
  return value;
}

std::string take_chunks(std::string_view& said) {
  std::string body;
  for (;;) {
    auto const size = number(take_line(said), 16);
    body += take(said, size);
    ensure(take_line(said).empty());
    if (size == 0) return body;
  }
}

// The bodies of what was granted. Answers to HEAD have none, and end what can be read here; so do
// those to HTTP/1.0 that end with the connection.
std::string granted(std::string_view said) {
  std::string all;
  while (!said.empty()) {
    auto const line = take_line(said);
    ensure(line.starts_with("HTTP/1.1 ") && line.size() > 12);
    auto const status = number(line.substr(9, 3), 10);
    std::size_t length = std::string_view::npos;
    bool chunked = false;
    for (auto field = take_line(said); !field.empty(); field = take_line(said)) {
      ensure(field.find(": ") != std::string_view::npos);
      if (field.starts_with("Content-Length: ")) length = number(field.substr(16), 10);
      if (field == "Transfer-Encoding: chunked") chunked = true;
    }
    if (status == 100 || status == 204) continue;
    bool const has_body = said.size() >= length || chunked;
    if (!has_body || (length != 0 && said.starts_with("HTTP/1.1 "))) return all;
    auto const body = chunked ? take_chunks(said) : take(said, length);
    if (status == 200) all += body + '\n';
  }
  return all;
}

}  // namespace
}  // namespace heed::http

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size == 0) return 0;
  std::string_view const bytes{reinterpret_cast<char const*>(data) + 1, size - 1};
  auto const whole = heed::http::granted(heed::http::converse(bytes, 4096));
  auto const cut = heed::http::granted(heed::http::converse(bytes, data[0] % 61 + 1u));
  heed::ensure(whole == cut);
  return 0;
}
