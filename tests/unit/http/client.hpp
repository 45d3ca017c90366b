#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

/// A client that sends exactly the bytes it is given.
namespace heed::http::testing {

struct Received {
  int status = 0;                             // 0 where the connection ended before an answer
  std::map<std::string, std::string> fields;  // names in lower case
  std::string body;
  bool whole = false;  // the body came to its end
};

class Client {
 public:
  Client();  // not yet connected
  explicit Client(std::uint16_t port);
  ~Client();
  Client(Client const&) = delete;
  Client& operator=(Client const&) = delete;

  void connect(std::uint16_t port) const;
  void send(std::string_view bytes) const;
  void send_one_by_one(std::string_view bytes) const;  // a packet for each byte

  /// The next answer; `head_only` where the request was HEAD.
  Received receive(bool head_only = false);

  /// True where the server closed and nothing more comes; waits 5 s at most.
  bool closed();

  void close_now();  // with a reset

 private:
  bool fill();  // false at the end, or after 5 s
  std::string take(std::size_t bytes);
  std::string line();
  void read_chunks(Received& received);

  int socket_ = -1;
  std::string in_;
};

/// "POST path" with a body, ready to be sent.
std::string post(std::string_view path, std::string_view body, std::string_view fields = {});
std::string get(std::string_view path, std::string_view fields = {});

/// One request on its own connection.
Received ask(std::uint16_t port, std::string_view request);

}  // namespace heed::http::testing
