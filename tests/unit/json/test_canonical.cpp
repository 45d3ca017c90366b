#include <gtest/gtest.h>

#include <bit>
#include <cstdio>

#include "server/json/answer_order.hpp"
#include "server/json/canonical.hpp"
#include "server/json/decision.hpp"
#include "tests/support/full_decision.hpp"

namespace heed::json {
namespace {

std::string canonical_of(std::string_view json) {
  auto const result = canonical(json, 1u << 20);
  return result ? result.value() : result.error().message;
}

// The examples of RFC 8785, section 3.2.2 and 3.2.3.
TEST(Canonical, writes_the_examples_of_the_RFC) {
  EXPECT_EQ(canonical_of(R"({
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    })"),
            "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
            "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  EXPECT_EQ(canonical_of(R"({"\u20ac": "Euro Sign", "\r": "Carriage Return",
      "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
      "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control",
      "\u00f6": "Latin Small Letter O With Diaeresis"})"),
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
            "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
            "\"\U0001F600\":\"Emoji: Grinning Face\","
            "\"\uFB33\":\"Hebrew Letter Dalet With Dagesh\"}");
}

// The samples of RFC 8785, appendix B.
TEST(Canonical, writes_numbers_as_the_samples_of_the_RFC) {
  struct Sample {
    std::uint64_t bits;
    std::string_view text;
  };
  constexpr Sample samples[] = {
      {0x0000000000000000, "0"},
      {0x8000000000000000, "0"},
      {0x0000000000000001, "5e-324"},
      {0x8000000000000001, "-5e-324"},
      {0x7fefffffffffffff, "1.7976931348623157e+308"},
      {0xffefffffffffffff, "-1.7976931348623157e+308"},
      {0x4340000000000000, "9007199254740992"},
      {0xc340000000000000, "-9007199254740992"},
      {0x4430000000000000, "295147905179352830000"},
      {0x44b52d02c7e14af5, "9.999999999999997e+22"},
      {0x44b52d02c7e14af6, "1e+23"},
      {0x44b52d02c7e14af7, "1.0000000000000001e+23"},
      {0x444b1ae4d6e2ef4e, "999999999999999700000"},
      {0x444b1ae4d6e2ef4f, "999999999999999900000"},
      {0x444b1ae4d6e2ef50, "1e+21"},
      {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
      {0x3eb0c6f7a0b5ed8d, "0.000001"},
      {0x41b3de4355555553, "333333333.3333332"},
      {0x41b3de4355555554, "333333333.33333325"},
      {0x41b3de4355555555, "333333333.3333333"},
      {0x41b3de4355555556, "333333333.3333334"},
      {0x41b3de4355555557, "333333333.33333343"},
      {0xbecbf647612f3696, "-0.0000033333333333333333"},
      {0x43143ff3c1cb0959, "1424953923781206.2"},
  };
  for (auto const& sample : samples) {
    char text[64];
    std::snprintf(text, sizeof text, "%.17g", std::bit_cast<double>(sample.bits));
    std::string out;
    append_canonical_number(out, text);
    EXPECT_EQ(out, sample.text) << text;
  }
}

TEST(Canonical, writes_decimals_plainly_and_members_in_order) {
  struct Row {
    std::string_view json, text;
  };
  constexpr Row rows[] = {
      {"-0", "0"},
      {"-0.0e5", "0"},
      {"1.10", "1.1"},
      {"100", "100"},
      {"123456789012345", "123456789012345"},
      {"0.00000123", "0.00000123"},
      {"1e-400", "0"},
      {"[ 1 , [ ] , { } ]", "[1,[],{}]"},
      {R"({"b":1,"a":{"d":1,"c":2},"aa":3,"":0})", R"({"":0,"a":{"c":2,"d":1},"aa":3,"b":1})"},
      {R"("\u0007\u001f\u007f\/\t")", "\"\\u0007\\u001f\x7f/\\t\""},
  };
  for (auto const& row : rows) EXPECT_EQ(canonical_of(row.json), row.text);
  EXPECT_EQ(canonical_of("[1"), "not JSON: unexpected end of input");
}

TEST(Canonical, a_decision_is_put_back_into_the_order_in_which_it_was_written) {
  std::string written;
  write_decision(written, heed::testing::full_decision(), {"0.1.0", "2026b", "44"},
                 "019ab3c4-0000-7000-8000-000000000001");
  EXPECT_EQ(in_answer_order(canonical_of(written)), written);
}

}  // namespace
}  // namespace heed::json
