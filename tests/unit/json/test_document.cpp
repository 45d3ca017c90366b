#include <gtest/gtest.h>

#include "engine/base/limits.hpp"
#include "server/json/document.hpp"

namespace heed::json {
namespace {

TEST(Document, keeps_members_in_order_and_numbers_as_text) {
  auto const document = read_document(
      R"({"b": [1, -0.10, 1.50e3, 18446744073709551616], "a": {"x": null, "y": true},
          "ש": "\u05d0\n"})",
      1000);
  ASSERT_TRUE(document);
  auto const& root = document.value();
  ASSERT_EQ(root.items.size(), 3u);
  EXPECT_EQ(root.items[0].name, "b");
  EXPECT_EQ(root.items[0].items[0].text, "1");
  EXPECT_EQ(root.items[0].items[1].text, "-0.10");
  EXPECT_EQ(root.items[0].items[2].text, "1.50e3");
  EXPECT_EQ(root.items[0].items[3].text, "18446744073709551616");
  EXPECT_EQ(root.items[1].items[0].form, Node::Form::null);
  EXPECT_TRUE(root.items[1].items[1].truth);
  EXPECT_EQ(root.items[2].name, "ש");
  EXPECT_EQ(root.items[2].text, "א\n");
}

TEST(Document, refuses_what_is_not_one_document_and_says_where) {
  struct Case {
    std::string_view text, code, expected, pointer;
    LineColumn where;
  };
  Case const cases[] = {
      {"", "json.syntax", "a value", "", {1, 1}},
      {"{\"a\": }", "json.syntax", "a value", "", {1, 7}},
      {"{\n  \"א\": 1,\n}", "json.syntax", "a text in double quotes", "", {3, 1}},
      {"[1 2]", "json.syntax", "']'", "", {1, 4}},
      {"{\"a\": nul}", "json.syntax", "a value", "", {1, 10}},
      {"{'a': 1}", "json.syntax", "a text in double quotes", "", {1, 2}},
      {"[1] [2]", "json.trailing", "the end of the document", "", {1, 5}},
      {"{} x", "json.trailing", "the end of the document", "", {1, 4}},
      {"[\"\xff\"]", "json.utf8", "", "", {1, 3}},
      {"[\"\\ud800\"]", "json.syntax", "", "", {1, 9}},
      {"[\"2'; expected ']'\xff\"]", "json.utf8", "", "", {1, 19}},
      {"[1e999]", "json.number", "", "", {1, 6}},
      {"{\"a\": 1, \"b\": 2, \"a\": 3}", "json.duplicate-member", "", "/a", {1, 20}},
      {"{\"x/y\": [0, {\"k\": 1, \"k\": 1}]}", "json.duplicate-member", "", "/x~1y/1/k", {1, 24}},
  };
  for (auto const& c : cases) {
    auto const document = read_document(c.text, 1000);
    ASSERT_FALSE(document) << c.text;
    auto const& error = document.error();
    EXPECT_EQ(error.code, c.code) << c.text << " " << error.message;
    EXPECT_EQ(error.expected, c.expected) << c.text << " " << error.message;
    EXPECT_EQ(error.pointer, c.pointer) << c.text;
    EXPECT_EQ(error.where.line, c.where.line) << c.text;
    EXPECT_EQ(error.where.column, c.where.column) << c.text;
  }
}

TEST(Document, finds_a_member_that_stands_twice_among_many) {
  std::string text = "{";
  for (int i = 0; i < 40; ++i) text += "\"m" + std::to_string(i) + "\":0,";
  EXPECT_TRUE(read_document(text + "\"n\":0}", 1000));
  auto const document = read_document(text + "\"m7\":0}", 1000);
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().pointer, "/m7");
}

TEST(Document, holds_its_limits) {
  std::string const deep(limits::json_depth_max, '['), closed(limits::json_depth_max, ']');
  EXPECT_TRUE(read_document(deep + closed, 1000));
  auto const too_deep = read_document('[' + deep + closed + ']', 1000);
  ASSERT_FALSE(too_deep);
  EXPECT_EQ(too_deep.error().code, "json.depth");
  EXPECT_EQ(too_deep.error().where.column, 65u);
  auto const endless = read_document(std::string(100'000, '['), 1 << 20);
  ASSERT_FALSE(endless);
  EXPECT_EQ(endless.error().code, "json.depth");
  auto const too_long = read_document("[1, 2, 3]", 8);
  ASSERT_FALSE(too_long);
  EXPECT_EQ(too_long.error().code, "json.size");
}

TEST(Document, follows_pointers_as_RFC_6901_has_them) {
  auto const document = read_document(
      R"({"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "m~n": 8, " ": 7})", 1000);
  ASSERT_TRUE(document);
  auto const& root = document.value();
  EXPECT_EQ(follow(root, ""), &root);
  EXPECT_EQ(follow(root, "/foo/1")->text, "baz");
  EXPECT_EQ(follow(root, "/")->text, "0");
  EXPECT_EQ(follow(root, "/a~1b")->text, "1");
  EXPECT_EQ(follow(root, "/c%d")->text, "2");
  EXPECT_EQ(follow(root, "/m~0n")->text, "8");
  EXPECT_EQ(follow(root, "/ ")->text, "7");
  for (auto const* pointer : {"foo", "/foo/2", "/foo/01", "/foo/-", "/foo/x", "/foo/0/x", "/m~2n",
                              "/m~", "/none", "/foo/99999999999999999999"}) {
    EXPECT_EQ(follow(root, pointer), nullptr) << pointer;
  }
}

}  // namespace
}  // namespace heed::json
