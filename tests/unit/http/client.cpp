#include "tests/unit/http/client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "engine/base/ensure.hpp"

namespace heed::http::testing {
namespace {

std::size_t number(std::string_view text, int base) {
  std::size_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value, base);
  return value;
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

}  // namespace

Client::Client() : socket_{::socket(AF_INET, SOCK_STREAM, 0)} {
  timeval const wait{5, 0};
  int const on = 1;
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
  setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

Client::Client(std::uint16_t port) : Client{} {
  connect(port);
}

void Client::connect(std::uint16_t port) const {
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  sockaddr any{};
  static_assert(sizeof any == sizeof to);
  std::copy_n(reinterpret_cast<char const*>(&to), sizeof to, reinterpret_cast<char*>(&any));
  ensure(::connect(socket_, &any, sizeof any) == 0);
}

Client::~Client() {
  if (socket_ >= 0) ::close(socket_);
}

void Client::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    auto const sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;  // the server has closed; what it answered can still be read
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void Client::send_one_by_one(std::string_view bytes) const {
  for (char const c : bytes) send({&c, 1});
}

bool Client::fill() {
  std::array<char, 16384> bytes{};
  auto const count = recv(socket_, bytes.data(), bytes.size(), 0);
  if (count <= 0) return false;
  in_.append(bytes.data(), static_cast<std::size_t>(count));
  return true;
}

std::string Client::take(std::size_t bytes) {
  while (in_.size() < bytes && fill()) {
  }
  auto taken = in_.substr(0, bytes);
  in_.erase(0, bytes);
  return taken;
}

std::string Client::line() {
  while (in_.find("\r\n") == std::string::npos && fill()) {
  }
  auto const end = in_.find("\r\n");
  if (end == std::string::npos) return {};
  auto text = take(end);
  take(2);
  return text;
}

void Client::read_chunks(Received& received) {
  for (;;) {
    auto const head = line();
    if (head.empty()) return;
    auto const size = number(head, 16);
    auto const piece = take(size);
    received.body += piece;
    if (piece.size() < size || take(2) != "\r\n") return;
    if (size == 0) {
      received.whole = true;
      return;
    }
  }
}

Received Client::receive(bool head_only) {
  Received received;
  auto const first = line();
  if (!first.starts_with("HTTP/1.1 ")) return received;
  received.status = static_cast<int>(number(std::string_view{first}.substr(9, 3), 10));
  for (auto field = line(); !field.empty(); field = line()) {
    auto const colon = field.find(": ");
    received.fields[lower(field.substr(0, colon))] = field.substr(colon + 2);
  }
  if (head_only || received.status == 100 || received.status == 204) {
    received.whole = true;
  } else if (received.fields.contains("content-length")) {
    auto const size = number(received.fields["content-length"], 10);
    received.body = take(size);
    received.whole = received.body.size() == size;
  } else if (received.fields.contains("transfer-encoding")) {
    read_chunks(received);
  } else {
    while (fill()) {
    }
    received.body = take(in_.size());
    received.whole = true;
  }
  return received;
}

bool Client::closed() {
  if (!in_.empty()) return false;
  char c = 0;
  return recv(socket_, &c, 1, 0) == 0;
}

void Client::close_now() {
  linger const hard{1, 0};
  setsockopt(socket_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
  ::close(socket_);
  socket_ = -1;
}

std::string post(std::string_view path, std::string_view body, std::string_view fields) {
  std::string text = "POST ";
  text.append(path).append(" HTTP/1.1\r\nHost: localhost\r\n").append(fields);
  text += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  return text.append(body);
}

std::string get(std::string_view path, std::string_view fields) {
  std::string text = "GET ";
  return text.append(path).append(" HTTP/1.1\r\nHost: localhost\r\n").append(fields).append("\r\n");
}

Received ask(std::uint16_t port, std::string_view request) {
  Client client{port};
  client.send(request);
  return client.receive();
}

}  // namespace heed::http::testing
