#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <thread>

#include "server/lsp/frames.hpp"
#include "server/lsp/serve.hpp"
#include "tests/unit/lsp/editor.hpp"

namespace heed::lsp {
namespace {

/// The server at the other end of two pipes.
class Piped {
 public:
  Piped() {
    EXPECT_EQ(::pipe(to_.data()), 0);
    EXPECT_EQ(::pipe(from_.data()), 0);
    server_ = std::thread{[this] {
      Host host{[](std::string const&) { return std::vector<SourceText>{}; }};
      status_ = serve(to_[0], from_[1], std::move(host));
      ::close(from_[1]);
    }};
  }
  ~Piped() {
    hang_up();
    if (server_.joinable()) server_.join();
    for (int const end : {to_[0], from_[0]}) ::close(end);
  }
  Piped(Piped const&) = delete;
  Piped& operator=(Piped const&) = delete;

  void send(Json const& message) {
    auto const text = framed(message.dump());
    EXPECT_EQ(::write(to_[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  void hang_up() {
    if (to_[1] >= 0) ::close(std::exchange(to_[1], -1));
  }
  /// The next message that has the member; nothing where the server has ended.
  Json take(std::string const& member) {
    char block[4096];
    while (true) {
      while (auto frame = frames_.take()) {
        auto message = Json::parse(frame->body);
        if (message.contains(member)) return message;
      }
      auto const count = ::read(from_[0], block, sizeof block);
      if (count <= 0) return {};
      frames_.feed({block, static_cast<std::size_t>(count)});
    }
  }
  int end() {
    server_.join();
    return status_;
  }

 private:
  std::array<int, 2> to_{}, from_{};
  std::thread server_;
  Frames frames_;
  int status_ = -1;
};

Json request(int id, std::string const& method, Json params = Json::object()) {
  return {{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", std::move(params)}};
}

TEST(Serve, tells_mistakes_without_being_asked_and_ends_when_told) {
  Piped editor;
  editor.send(request(1, "initialize", {{"capabilities", Json::object()}}));
  EXPECT_TRUE(editor.take("result").contains("result"));
  editor.send(
      {{"jsonrpc", "2.0"},
       {"method", "textDocument/didOpen"},
       {"params",
        {{"textDocument", {{"uri", "untitled:a.heed"}, {"version", 1}, {"text", "rule r\n"}}}}}});
  EXPECT_EQ(editor.take("method")["params"]["diagnostics"].size(), 1u);
  editor.send(request(2, "shutdown"));
  EXPECT_EQ(editor.take("result")["id"], 2);
  editor.send({{"jsonrpc", "2.0"}, {"method", "exit"}});
  EXPECT_EQ(editor.end(), 0);
}

TEST(Serve, ends_where_the_editor_is_gone) {
  Piped editor;
  editor.send(request(1, "initialize", {{"capabilities", Json::object()}}));
  editor.hang_up();
  EXPECT_EQ(editor.take("result")["id"], 1);
  EXPECT_EQ(editor.end(), 1);
}

/// What a real client sent, with bytes of it changed at random: the session answers or is silent,
/// but goes on.
TEST(Serve, goes_on_whatever_becomes_of_real_messages) {
  std::ifstream file{HEED_SOURCE_DIR "/tests/e2e/lsp/neovim.jsonl"};
  std::vector<std::string> messages;
  for (std::string line; std::getline(file, line);) messages.push_back(line);
  ASSERT_GT(messages.size(), 10u);
  std::mt19937 chance{7};
  auto const pick = [&](std::size_t count) { return chance() % count; };
  constexpr std::string_view bytes = "{}[]\",:0123456789-.truefalsenl\\u \x01\xff";
  for (int turn = 0; turn < 60; ++turn) {
    TestEditor editor;
    for (auto message : messages) {
      if (message.find("\"exit\"") != std::string::npos) continue;
      for (auto changes = pick(3); changes > 0; --changes) {
        auto const at = pick(message.size());
        if (pick(2) == 0) message[at] = bytes[pick(bytes.size())];
        if (pick(3) == 0) message.erase(at, pick(20));
        if (pick(5) == 0) message.insert(at, message.substr(pick(message.size()), pick(30)));
        if (message.empty()) message = "x";
      }
      editor.session.handle(message);
    }
    editor.settle();
  }
}

}  // namespace
}  // namespace heed::lsp
