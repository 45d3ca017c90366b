#include <gtest/gtest.h>

#include "server/json/laid_out.hpp"

namespace heed::json {
namespace {

TEST(LaidOut, keeps_in_a_line_what_fits_into_one) {
  EXPECT_EQ(laid_out(R"({"a":1,"b":[true,null,"x"],"c":{}})"),
            R"({"a": 1, "b": [true, null, "x"], "c": {}})");
}

TEST(LaidOut, breaks_what_does_not_and_nothing_else) {
  std::string const word(60, 'w');
  EXPECT_EQ(laid_out(R"({"items":[{"at":1,"w":")" + word + R"("},{"w":")" + word + R"("}],"n":0})"),
            "{\n  \"items\": [\n    {\"at\": 1, \"w\": \"" + word + "\"},\n    {\"w\": \"" + word +
                "\"}\n  ],\n  \"n\": 0\n}");
}

TEST(LaidOut, leaves_numbers_and_texts_as_they_are) {
  EXPECT_EQ(laid_out(R"([0.10000000000000000001,1E2,"a\"b\né"])"),
            R"([0.10000000000000000001, 1E2, "a\"b\né"])");
}

TEST(LaidOut, hands_back_what_is_no_json) {
  EXPECT_EQ(laid_out("{\"a\":"), "{\"a\":");
  EXPECT_EQ(laid_out(""), "");
}

}  // namespace
}  // namespace heed::json
