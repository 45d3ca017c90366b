#include <gtest/gtest.h>

#include "server/lsp/frames.hpp"
#include "server/lsp/lines.hpp"
#include "server/lsp/uri.hpp"

namespace heed::lsp {
namespace {

std::vector<std::string> taken(Frames& frames) {
  std::vector<std::string> bodies;
  while (auto frame = frames.take()) bodies.push_back(frame->is_broken ? "broken" : frame->body);
  return bodies;
}

using Bodies = std::vector<std::string>;

TEST(Frames, come_out_whole_however_the_bytes_come) {
  auto const text = framed("{\"a\":1}") + framed("{}");
  Frames at_once;
  at_once.feed(text);
  EXPECT_EQ(taken(at_once), (Bodies{"{\"a\":1}", "{}"}));
  Frames byte_by_byte;
  Bodies bodies;
  for (char const letter : text) {
    byte_by_byte.feed({&letter, 1});
    for (auto& body : taken(byte_by_byte)) bodies.push_back(std::move(body));
  }
  EXPECT_EQ(bodies, (Bodies{"{\"a\":1}", "{}"}));
}

TEST(Frames, other_fields_and_letter_cases_are_read) {
  Frames frames;
  frames.feed("content-type: x\r\nCONTENT-LENGTH:  2\r\n\r\n{}");
  EXPECT_EQ(taken(frames), (Bodies{"{}"}));
}

TEST(Frames, go_on_behind_a_head_that_cannot_be_read) {
  for (std::string const head :
       {"nonsense\r\n\r\n", "Content-Length: x\r\n\r\n", "Content-Length: -1\r\n\r\n",
        "Content-Length: 99999999999999999999999\r\n\r\n"}) {
    Frames frames;
    frames.feed(head + framed("{}"));
    EXPECT_EQ(taken(frames), (Bodies{"broken", "{}"})) << head;
  }
}

TEST(Frames, bytes_without_an_end_are_not_kept_for_ever) {
  Frames frames;
  frames.feed(std::string(100'000, 'x'));
  EXPECT_EQ(taken(frames).front(), "broken");
  frames.feed("\r\n\r\n" + framed("{}"));
  EXPECT_EQ(taken(frames).back(), "{}");
}

TEST(Frames, a_body_that_is_too_large_is_passed_over) {
  Frames frames;
  auto const bytes = std::size_t{65} << 20;
  frames.feed("Content-Length: " + std::to_string(bytes) + "\r\n\r\n");
  EXPECT_EQ(taken(frames), (Bodies{"broken"}));
  for (std::size_t sent = 0; sent < bytes; sent += bytes / 65) {
    frames.feed(std::string(bytes / 65, 'x'));
    EXPECT_EQ(taken(frames), Bodies{});
  }
  frames.feed(framed("{}"));
  EXPECT_EQ(taken(frames), (Bodies{"{}"}));
}

TEST(Lines, count_in_the_units_that_were_agreed) {
  // A letter of one byte, one of two, one of three, and one beyond the first plane.
  std::string const text = "a\nbאx\n\u20AC\U0001F600y\r\nz\rw";
  struct Case {
    Encoding encoding;
    LinePosition at;
    std::string_view rest;
  };
  Case const cases[] = {
      {Encoding::utf8, {0, 1}, "\nb"}, {Encoding::utf8, {1, 3}, "x"},
      {Encoding::utf16, {1, 2}, "x"},  {Encoding::utf32, {1, 2}, "x"},
      {Encoding::utf8, {2, 7}, "y"},   {Encoding::utf16, {2, 3}, "y"},
      {Encoding::utf32, {2, 2}, "y"},  {Encoding::utf16, {3, 0}, "z\rw"},
      {Encoding::utf16, {4, 0}, "w"},
  };
  for (auto const& [encoding, at, rest] : cases) {
    Lines const lines{text, encoding};
    auto const offset = lines.offset(at);
    EXPECT_TRUE(std::string_view{text}.substr(offset).starts_with(rest)) << rest;
    EXPECT_EQ(lines.position(offset), at) << rest;
  }
}

TEST(Lines, places_beyond_the_text_are_its_ends) {
  Lines const lines{"ab\r\nc", Encoding::utf16};
  EXPECT_EQ(lines.offset({0, 99}), 2u);
  EXPECT_EQ(lines.offset({1, 99}), 5u);
  EXPECT_EQ(lines.offset({99, 0}), 5u);
  EXPECT_EQ((Lines{"\U0001F600", Encoding::utf16}.offset({0, 1})), 0u);
  EXPECT_EQ((Lines{"\U0001F600", Encoding::utf8}.offset({0, 2})), 0u);
  EXPECT_EQ(lines.span({{1, 0}, {0, 0}}), (Span{4, 4}));
}

TEST(Uris, name_paths_and_back) {
  EXPECT_EQ(path_of("file:///p/a%20b/%D7%90.heed"), "/p/a b/א.heed");
  EXPECT_EQ(uri_of("/p/a b/א.heed"), "file:///p/a%20b/%D7%90.heed");
  EXPECT_EQ(path_of("untitled:Untitled-1"), "untitled:Untitled-1");
  EXPECT_EQ(path_of("file:///p/100%"), "/p/100%");
  EXPECT_EQ(path_of("file:///p/%zz"), "/p/%zz");
}

}  // namespace
}  // namespace heed::lsp
