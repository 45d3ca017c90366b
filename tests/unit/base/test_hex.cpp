#include <gtest/gtest.h>

#include <array>

#include "engine/base/hex.hpp"
#include "engine/base/percent.hpp"

namespace heed {
namespace {

TEST(Hex, writes_each_byte_and_reads_it_back) {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
  auto const text = to_hex(bytes);
  EXPECT_EQ(text.size(), 512u);
  EXPECT_EQ(text.substr(0, 8), "00010203");
  EXPECT_EQ(text.substr(0x9a * 2, 4), "9a9b");
  EXPECT_EQ(text.substr(508), "feff");
  EXPECT_EQ(from_hex(text), bytes);
  EXPECT_EQ(to_hex(std::array<unsigned char, 3>{0x0f, 0xf0, 0xa5}), "0ff0a5");
  std::string one = "byte ";
  append_hex(one, 0xc3);
  EXPECT_EQ(one, "byte c3");
  EXPECT_EQ(to_hex(""), "");
  EXPECT_EQ(from_hex(""), "");
}

TEST(Hex, reads_nothing_that_it_does_not_write) {
  using namespace std::string_view_literals;
  for (auto const text : {"0"sv, "abc"sv, "AB"sv, "0g"sv, "g0"sv, "0x"sv, " 0"sv, "-1"sv, "0`"sv,
                          "/0"sv, ":0"sv, "0\0"sv, "\xff\xff"sv})
    EXPECT_FALSE(from_hex(text)) << text;
  EXPECT_TRUE(is_hex("0123456789abcdef"));
  EXPECT_FALSE(is_hex("0123456789abcdeF"));
  EXPECT_EQ(value_of_hex_digit('0'), 0u);
  EXPECT_EQ(value_of_hex_digit('9'), 9u);
  EXPECT_EQ(value_of_hex_digit('a'), 10u);
  EXPECT_EQ(value_of_hex_digit('f'), 15u);
}

TEST(PercentEncoded, keeps_words_and_what_is_plain) {
  struct Case {
    std::string_view text, plain, encoded;
  };
  constexpr Case cases[] = {
      {"azAZ09", "", "azAZ09"}, {"a b/c.heed", "-._~/", "a%20b/c.heed"},
      {"a/b", "", "a%2Fb"},     {"100%", "", "100%25"},
      {"é", "", "%C3%A9"},      {"\x7f\n", "", "%7F%0A"},
  };
  for (auto const& c : cases) EXPECT_EQ(percent_encoded(c.text, c.plain), c.encoded) << c.text;
}

}  // namespace
}  // namespace heed
