#include <gtest/gtest.h>

#include "server/json/out.hpp"

namespace heed::json {
namespace {

TEST(Out, writes_texts_as_they_are_written_elsewhere) {
  constexpr std::string_view letters[] = {"a", "\"", "\\", "\n", "\x1f", " ", "ש", "\x7f"};
  for (std::size_t before = 0; before < 20; ++before) {
    for (std::size_t behind = 0; behind < 20; ++behind) {
      for (auto const letter : letters) {
        auto const text = std::string(before, 'x') + std::string{letter} + std::string(behind, 'y');
        std::string expected = "[";
        append_text(expected, text);
        std::string found = "[";
        Out{found}.put_text(text);
        EXPECT_EQ(found, expected);
      }
    }
  }
}

TEST(Out, goes_on_behind_what_was_escaped_and_where_room_ends) {
  std::string expected = "before";
  std::string found = expected;
  {
    Out out{found};
    for (int nth = 0; nth < 3'000; ++nth) {
      auto const text =
          std::string(static_cast<std::size_t>(nth % 50), 'x') + (nth % 7 == 0 ? "\"" : "");
      append_text(expected, text);
      expected += ',' + std::to_string(nth) + "null";
      out.put_text(text);
      out.put(',');
      out.put_number(nth);
      out.put("null");
    }
    auto const large = std::string(10'000, 'z');
    expected += large;
    out.put_as_is(large);
  }
  EXPECT_EQ(found, expected);
}

}  // namespace
}  // namespace heed::json
