// The least that an answer over HTTP can cost: one thread, epoll, keep-alive, requests found by
// Content-Length, always the same 1.5 KB. It checks nothing, so it is a yardstick and no server.
//
//     bare PORT
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <unordered_map>

namespace {

std::string make_answer() {
  std::string const body = "{\"answer\":\"" + std::string(1'487, 'x') + "\"}";
  return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

/// Takes whole requests off the front; how many.
int take_requests(std::string& waiting) {
  int taken = 0;
  for (std::size_t begin = 0;; ++taken) {
    auto const head = waiting.find("\r\n\r\n", begin);
    auto const length = waiting.find("Content-Length: ", begin);
    auto const has_body = length < head;
    auto const end =
        head + 4 + (has_body ? std::strtoul(waiting.c_str() + length + 16, nullptr, 10) : 0);
    if (head == std::string::npos || end > waiting.size()) {
      waiting.erase(0, begin);
      return taken;
    }
    begin = end;
  }
}

int listen_on(char const* port) {
  int const listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(std::atoi(port)));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
      listen(listener, 1'024) != 0) {
    std::perror("bare");
    std::exit(2);
  }
  return listener;
}

void watch(int epoll, int file) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = file;
  epoll_ctl(epoll, EPOLL_CTL_ADD, file, &event);
}

/// False where the connection is over.
bool serve(int file, std::string& waiting, std::string const& answer) {
  std::array<char, 65'536> block;
  auto const size = read(file, block.data(), block.size());
  if (size <= 0) return false;
  waiting.append(block.data(), static_cast<std::size_t>(size));
  for (int left = take_requests(waiting); left > 0; --left)
    if (write(file, answer.data(), answer.size()) != static_cast<ssize_t>(answer.size()))
      return false;
  return true;
}

}  // namespace

int main(int count, char** words) {
  if (count < 2) return 2;
  int const listener = listen_on(words[1]), epoll = epoll_create1(0), on = 1;
  watch(epoll, listener);
  auto const answer = make_answer();
  std::unordered_map<int, std::string> connections;
  std::array<epoll_event, 256> events;
  std::puts("listening");
  std::fflush(stdout);
  for (;;) {
    int const ready = epoll_wait(epoll, events.data(), events.size(), -1);
    for (int at = 0; at < ready; ++at) {
      int const file = events[static_cast<std::size_t>(at)].data.fd;
      if (file == listener) {
        int const accepted = accept(listener, nullptr, nullptr);
        setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        watch(epoll, accepted);
        connections[accepted].clear();
      } else if (!serve(file, connections[file], answer)) {
        connections.erase(file);
        close(file);
      }
    }
  }
}
