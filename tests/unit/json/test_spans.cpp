#include "server/json/spans.hpp"

#include <gtest/gtest.h>

#include "server/json/canonical.hpp"

namespace heed::json {
namespace {

std::string canonical_of(Spans const& spans) {
  std::string text;
  spans.append_canonical(text, Spans::root);
  return text;
}

TEST(Spans, take_no_json_that_is_not_as_ours_is) {
  constexpr std::string_view texts[] = {"",
                                        " {}",
                                        "{} ",
                                        "{ }",
                                        "[1,]",
                                        "[,1]",
                                        "{,}",
                                        R"({"a"})",
                                        R"({"a":})",
                                        R"({"a":1,})",
                                        "[1 ]",
                                        "nul",
                                        "tru",
                                        "[1",
                                        R"("a)",
                                        R"("\/")",
                                        R"("\u0041")",
                                        R"("\u000A")",
                                        R"("\u000a")",
                                        "\"a\nb\"",
                                        "01",
                                        "-",
                                        "1.",
                                        ".5",
                                        "1e",
                                        "+1",
                                        "nan",
                                        "inf",
                                        "0x1",
                                        "--1",
                                        "[1]]",
                                        R"({"a":1,"a":2})",
                                        R"({"a":1,"b":2,"a":3})",
                                        "{1:2}",
                                        R"(["a":1])",
                                        "1.e5",
                                        "\x01",
                                        R"("\)",
                                        R"("\u00")",
                                        "-01"};
  for (auto const text : texts) EXPECT_FALSE(Spans{}.read(text)) << text;
  EXPECT_FALSE(Spans{}.read(std::string(100, '[') + std::string(100, ']')));
}

TEST(Spans, write_every_number_as_reading_and_writing_a_document_does) {
  for (auto const text : {"0",
                          "-0",
                          "-0.0",
                          "0.5",
                          "0.50",
                          "-1.25",
                          "10",
                          "100.0",
                          "1e3",
                          "1E-7",
                          "1.5e2",
                          "0.000001",
                          "0.0000001",
                          "-0.000001",
                          "123456789012345",
                          "1234567890123456",
                          "0.1234567890123",
                          "12345678.1234567",
                          "99999999999999.9",
                          "1e21",
                          "1e-400",
                          "5e-324",
                          "0.00000012345"}) {
    Spans spans;
    ASSERT_TRUE(spans.read(text)) << text;
    std::string expected;
    append_canonical_number(expected, text);
    EXPECT_EQ(canonical_of(spans), expected) << text;
  }
}

TEST(Spans, are_followed_by_pointers_and_name_them) {
  constexpr std::string_view json =
      R"({"b":[{"x/y":1,"~":"t"},2],"a":{"":true,"he said \"no\"":[null]}})";
  Spans spans;
  ASSERT_TRUE(spans.read(json));
  for (auto const pointer : {"", "/b", "/b/0", "/b/0/x~1y", "/b/0/~0", "/b/1", "/a", "/a/",
                             "/a/he said \"no\"", "/a/he said \"no\"/0"}) {
    auto const place = spans.follow(pointer);
    ASSERT_NE(place, Spans::nowhere) << pointer;
    std::string again;
    spans.append_pointer(again, place);
    EXPECT_EQ(again, pointer);
  }
  for (auto const pointer : {"/c", "/b/2", "/b/00", "/b/x", "b", "/b/1/0", "/a/~2", "/b/0/~"})
    EXPECT_EQ(spans.follow(pointer), Spans::nowhere) << pointer;
  EXPECT_EQ(spans.text(spans.follow("/b/0/~0")), "t");
}

TEST(Spans, are_changed_in_places_and_in_order_then) {
  Spans spans;
  ASSERT_TRUE(spans.read(R"({"a":{"c":[1,2],"d":"x"},"e":3.10})"));
  spans.replace(spans.follow("/a/c/1"), R"({"sealed":"1"})");
  EXPECT_EQ(canonical_of(spans), R"({"a":{"c":[1,{"sealed":"1"}],"d":"x"},"e":3.1})");
  ASSERT_TRUE(spans.read(R"({"b":1,"a":2})"));
  spans.replace(spans.follow("/b"), "null");
  EXPECT_EQ(canonical_of(spans), R"({"a":2,"b":null})");
}

TEST(Spans, unescape_texts_as_they_are_asked_for) {
  Spans spans;
  ASSERT_TRUE(spans.read(R"(["\"\\\b\f\n\r\t\u0001\u001f","שלום"])"));
  EXPECT_EQ(spans.text(spans.follow("/0")), "\"\\\b\f\n\r\t\x01\x1f");
  EXPECT_EQ(spans.text(spans.follow("/1")), "שלום");
  EXPECT_EQ(spans.text(Spans::root), "");
}

}  // namespace
}  // namespace heed::json
