// Requests that two readers could understand differently. Whatever comes, it is answered as written
// here however it arrives, and the request after it on the connection is read as what it is, or the
// connection is closed.
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/http/client.hpp"
#include "tests/unit/http/service.hpp"

namespace heed::http::testing {
namespace {

using std::literals::string_view_literals::operator""sv;

struct Shape {
  std::string_view name;
  std::string_view request;
  std::string_view answers;  // status and body of each, problems without; then `next` where the
                             // request after it was read as itself
};

constexpr std::string_view next =
    "GET /items/next HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

// Head of a POST to /echo with these fields.
#define POST_ECHO "POST /echo HTTP/1.1\r\nHost: localhost\r\n"
#define GET_HELLO "GET /hello HTTP/1.1\r\nHost: localhost\r\n"
#define CHUNKED POST_ECHO "Transfer-Encoding: chunked\r\n\r\n"

constexpr Shape lengths[] = {
    {"as it should be", POST_ECHO "Content-Length: 5\r\n\r\nhello", "200 hello, next"},
    {"length and coding",
     POST_ECHO "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"},
    {"coding and length",
     POST_ECHO "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n", "400"},
    {"two lengths", POST_ECHO "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!", "400"},
    {"two equal lengths", POST_ECHO "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", "400"},
    {"a list of lengths", POST_ECHO "Content-Length: 5, 5\r\n\r\nhello", "400"},
    {"a signed length", POST_ECHO "Content-Length: +5\r\n\r\nhello", "400"},
    {"a negative length", POST_ECHO "Content-Length: -5\r\n\r\nhello", "400"},
    {"a hexadecimal length", POST_ECHO "Content-Length: 0x5\r\n\r\nhello", "400"},
    {"a length of two words", POST_ECHO "Content-Length: 5 5\r\n\r\nhello", "400"},
    {"an empty length", POST_ECHO "Content-Length: \r\n\r\n", "400"},
    {"a length with a NUL", POST_ECHO "Content-Length: 5\0\r\n\r\nhello"sv, "400"},
    {"a length that is folded", POST_ECHO "Content-Length:\r\n 5\r\n\r\nhello", "200 hello, next"},
    {"a length over two lines", POST_ECHO "Content-Length: 1\r\n 5\r\n\r\nhello", "400"},
    {"zeros before a length", POST_ECHO "Content-Length: 0005\r\n\r\nhello", "200 hello, next"},
    {"a length of 2^64 + 5", POST_ECHO "Content-Length: 18446744073709551621\r\n\r\nhello", "400"},
    {"a blank before the colon", POST_ECHO "Content-Length : 5\r\n\r\nhello", "400"},
    {"a tab before the colon", POST_ECHO "Content-Length\t: 5\r\n\r\nhello", "400"},
    {"no length", POST_ECHO "\r\n", "200 , next"},
    {"a byte too many", POST_ECHO "Content-Length: 5\r\n\r\nhello!", "200 hello, 501"},
    {"an empty line too many", POST_ECHO "Content-Length: 5\r\n\r\nhello\r\n\r\n",
     "200 hello, next"},
    {"a request in the body", POST_ECHO "Content-Length: 40\r\n\r\n" GET_HELLO "\r\n",
     "200 " GET_HELLO "\r\n, next"},
    {"a body that nobody wants",
     "GET /hello HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello", "200 hello, next"},
    {"a body for nobody",
     "POST /nowhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello", "404, next"},
    {"a body of HEAD",
     "POST /nowhere HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
     "5\r\nhello\r\n0\r\n\r\n",
     "404, next"},
    {"a length of HTTP/1.0", "POST /echo HTTP/1.0\r\nContent-Length: 5\r\n\r\nhello", "200 hello"},
    {"a length like a field", POST_ECHO "Content_Length: 5\r\n\r\n", "200 , next"},
};

constexpr Shape codings[] = {
    {"chunks", CHUNKED "5\r\nhello\r\n0\r\n\r\n", "200 hello, next"},
    {"capital letters", POST_ECHO "Transfer-Encoding: CHUNKED\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
     "200 hello, next"},
    {"a blank after it", POST_ECHO "Transfer-Encoding: chunked \r\n\r\n5\r\nhello\r\n0\r\n\r\n",
     "200 hello, next"},
    {"a blank before the colon", POST_ECHO "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", "400"},
    {"a control character before it",
     POST_ECHO "Transfer-Encoding: \x0b"
               "chunked\r\n\r\n0\r\n\r\n",
     "400"},
    {"a NUL in the name", POST_ECHO "Transfer-Encoding\0: chunked\r\n\r\n0\r\n\r\n"sv, "400"},
    {"a parameter", POST_ECHO "Transfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n", "501"},
    {"quotation marks", POST_ECHO "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n", "501"},
    {"identity", POST_ECHO "Transfer-Encoding: identity\r\nContent-Length: 5\r\n\r\nhello", "501"},
    {"identity first", POST_ECHO "Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n", "501"},
    {"chunked twice", POST_ECHO "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", "501"},
    {"an empty one", POST_ECHO "Transfer-Encoding:\r\n\r\n", "501"},
    {"an empty one in a list", POST_ECHO "Transfer-Encoding: , chunked\r\n\r\n0\r\n\r\n", "501"},
    {"folded", POST_ECHO "Transfer-Encoding:\r\n chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
     "200 hello, next"},
    {"folded into another", POST_ECHO "X: y\r\n Transfer-Encoding: chunked\r\n\r\n", "200 , next"},
    {"spelled otherwise", POST_ECHO "Transfer_Encoding: chunked\r\n\r\n", "200 , next"},
    {"of HTTP/1.0", "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"},
};

constexpr Shape chunks[] = {
    {"an extension", CHUNKED "5;a=b\r\nhello\r\n0\r\n\r\n", "200 hello, next"},
    {"a quoted extension", CHUNKED "5;a=\"b;c\"\r\nhello\r\n0\r\n\r\n", "200 hello, next"},
    {"an extension with a bare line feed", CHUNKED "5;a\nhello\r\n0\r\n\r\n", "400"},
    {"an extension with a bare return", CHUNKED "5;a\rb\r\nhello\r\n0\r\n\r\n", "400"},
    {"a size that ends in a line feed", CHUNKED "5\nhello\r\n0\r\n\r\n", "400"},
    {"a size in another base", CHUNKED "0x5\r\nhello\r\n0\r\n\r\n", "400"},
    {"a size with a sign", CHUNKED "+5\r\nhello\r\n0\r\n\r\n", "400"},
    {"a size after a blank", CHUNKED " 5\r\nhello\r\n0\r\n\r\n", "400"},
    {"a size before a blank", CHUNKED "5 \r\nhello\r\n0\r\n\r\n", "400"},
    {"no size", CHUNKED "\r\nhello\r\n0\r\n\r\n", "400"},
    {"zeros before a size", CHUNKED "0005\r\nhello\r\n0\r\n\r\n", "200 hello, next"},
    {"a size of 2^64 + 5", CHUNKED "10000000000000005\r\nhello\r\n0\r\n\r\n", "400"},
    {"more than was said", CHUNKED "4\r\nhello\r\n0\r\n\r\n", "400"},
    {"less than was said", CHUNKED "6\r\nhello\r\n0\r\n\r\n", "400"},
    {"data without its end", CHUNKED "5\r\nhello0\r\n\r\n", "400"},
    {"data that ends in a line feed", CHUNKED "5\r\nhello\n0\r\n\r\n", "400"},
    {"a trailer", CHUNKED "5\r\nhello\r\n0\r\nX: y\r\n\r\n", "200 hello, next"},
    {"a trailer with a length", CHUNKED "5\r\nhello\r\n0\r\nContent-Length: 3\r\n\r\n", "400"},
    {"a trailer with a coding", CHUNKED "5\r\nhello\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n",
     "400"},
    {"a trailer with a host", CHUNKED "5\r\nhello\r\n0\r\nHost: evil.example\r\n\r\n",
     "200 hello, next"},
    {"a trailer without a colon", CHUNKED "5\r\nhello\r\n0\r\nX\r\n\r\n", "400"},
    {"a request in the place of a trailer", CHUNKED "0\r\n" GET_HELLO "\r\n", "400"},
    {"a last chunk of many zeros", CHUNKED "5\r\nhello\r\n00000\r\n\r\n", "200 hello, next"},
};

constexpr Shape heads[] = {
    {"an empty line first", "\r\n" GET_HELLO "\r\n", "200 hello, next"},
    {"a line feed first", "\n" GET_HELLO "\r\n", "400"},
    {"a blank first", " " GET_HELLO "\r\n", "400"},
    {"bare line feeds", "GET /hello HTTP/1.1\nHost: localhost\n\n", "400"},
    {"a bare line feed in a value", GET_HELLO "X: a\nContent-Length: 5\r\n\r\n", "400"},
    {"a bare return in a value", GET_HELLO "X: a\rContent-Length: 5\r\n\r\n", "400"},
    {"a NUL in a value", GET_HELLO "X: a\0b\r\n\r\n"sv, "400"},
    {"a NUL in the target", "GET /hel\0lo HTTP/1.1\r\nHost: localhost\r\n\r\n"sv, "400"},
    {"a delete in the target", "GET /hel\x7flo HTTP/1.1\r\nHost: localhost\r\n\r\n", "400"},
    {"an encoded NUL", "GET /items/a%00b HTTP/1.1\r\nHost: localhost\r\n\r\n", "400"},
    {"an encoded line end", "GET /items/a%0d%0ab HTTP/1.1\r\nHost: localhost\r\n\r\n", "400"},
    {"half an encoding", "GET /items/a%4 HTTP/1.1\r\nHost: localhost\r\n\r\n", "400"},
    {"an overlong encoding", "GET /items/%c0%af HTTP/1.1\r\nHost: localhost\r\n\r\n", "400"},
    {"a surrogate", "GET /items/%ed%a0%80 HTTP/1.1\r\nHost: localhost\r\n\r\n", "400"},
    {"dots", "GET /items/../hello HTTP/1.1\r\nHost: localhost\r\n\r\n", "404, next"},
    {"encoded dots", "GET /items/%2e%2e HTTP/1.1\r\nHost: localhost\r\n\r\n", "200 item .., next"},
    {"two slashes", "GET //hello HTTP/1.1\r\nHost: localhost\r\n\r\n", "404, next"},
    {"a field without a name", GET_HELLO ": x\r\n\r\n", "400"},
    {"a field without a colon", GET_HELLO "X\r\n\r\n", "400"},
    {"a first field that is folded", "GET /hello HTTP/1.1\r\n Host: localhost\r\n\r\n", "400"},
    {"a field that is folded", GET_HELLO "X: a\r\n b\r\n\r\n", "200 hello, next"},
    {"a small method", "get /hello HTTP/1.1\r\nHost: localhost\r\n\r\n", "501, next"},
    {"a tab in the line", "GET\t/hello HTTP/1.1\r\nHost: localhost\r\n\r\n", "400"},
    {"two blanks in the line", "GET  /hello HTTP/1.1\r\nHost: localhost\r\n\r\n", "400"},
    {"a blank after the line", "GET /hello HTTP/1.1 \r\nHost: localhost\r\n\r\n", "400"},
    {"a version of three digits", "GET /hello HTTP/1.10\r\nHost: localhost\r\n\r\n", "400"},
    {"a small version", "GET /hello http/1.1\r\nHost: localhost\r\n\r\n", "400"},
    {"HTTP/0.9", "GET /hello\r\n", "400"},
    {"another protocol asked for", GET_HELLO "Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
     "200 hello, next"},
    {"HTTP/2 from the first byte", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505"},
};

constexpr Shape hosts[] = {
    {"no host", "GET /hello HTTP/1.1\r\n\r\n", "400"},
    {"two hosts", GET_HELLO "Host: evil.example\r\n\r\n", "400"},
    {"a list of hosts", "GET /hello HTTP/1.1\r\nHost: localhost, evil.example\r\n\r\n", "421"},
    {"a user before the host", "GET /hello HTTP/1.1\r\nHost: localhost@evil.example\r\n\r\n",
     "421"},
    {"a port that is none", "GET /hello HTTP/1.1\r\nHost: localhost:x\r\n\r\n", "421"},
    {"a port that hides a host", "GET /hello HTTP/1.1\r\nHost: localhost:80@evil.example\r\n\r\n",
     "421"},
    {"brackets that hide one", "GET /hello HTTP/1.1\r\nHost: [::1]evil.example\r\n\r\n", "421"},
    {"an address of our own", "GET http://localhost/hello HTTP/1.1\r\nHost: localhost\r\n\r\n",
     "200 hello, next"},
    {"an address that is not the host",
     "GET http://localhost/hello HTTP/1.1\r\nHost: evil.example\r\n\r\n", "200 hello, next"},
    {"an address of another", "GET http://evil.example/hello HTTP/1.1\r\nHost: localhost\r\n\r\n",
     "421"},
    {"an address that hides another",
     "GET http://localhost:80@evil.example/hello HTTP/1.1\r\nHost: localhost\r\n\r\n", "421"},
    {"an address of nobody", "GET http:///hello HTTP/1.1\r\nHost: localhost\r\n\r\n", "400"},
    {"an address of a file", "GET file:///etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n", "400"},
    {"a tunnel", "CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n", "400"},
    {"a dot after it", "GET /hello HTTP/1.1\r\nHost: localhost.\r\n\r\n", "421"},
};

std::string all_answers(Client& client) {
  std::string said;
  for (auto got = client.receive(); got.status != 0; got = client.receive()) {
    if (!said.empty()) said += ", ";
    if (got.body == "item next") {
      said += "next";
      continue;
    }
    said += std::to_string(got.status);
    if (got.status == 200) said += " " + got.body;
  }
  return said;
}

class HttpSmuggling : public ::testing::TestWithParam<int> {
 protected:
  template <std::size_t count>
  void expect(Shape const (&shapes)[count]) const {
    for (Shape const& shape : shapes) {
      std::string const sent = std::string{shape.request}.append(next);
      Client whole{server.port()};
      whole.send(sent);
      EXPECT_EQ(all_answers(whole), shape.answers) << shape.name;
      Client by_bytes{server.port()};
      by_bytes.send_one_by_one(sent);
      EXPECT_EQ(all_answers(by_bytes), shape.answers) << shape.name << ", byte by byte";
    }
  }
  Worker worker;
  Server server = serve(worker);
};

TEST_F(HttpSmuggling, lengths) {
  expect(lengths);
}
TEST_F(HttpSmuggling, codings) {
  expect(codings);
}
TEST_F(HttpSmuggling, chunks) {
  expect(chunks);
}
TEST_F(HttpSmuggling, heads) {
  expect(heads);
}
TEST_F(HttpSmuggling, hosts) {
  expect(hosts);
}

}  // namespace
}  // namespace heed::http::testing
