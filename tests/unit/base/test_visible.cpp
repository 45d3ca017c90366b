#include <gtest/gtest.h>

#include "engine/base/visible.hpp"

namespace heed {
namespace {

TEST(Visible, shows_what_a_terminal_would_obey) {
  EXPECT_EQ(visible("a\nb\t\r\x1b[31mRED\x7f"), "a\\nb\\t\\r\\u001b[31mRED\\u007f");
  EXPECT_EQ(visible("\xC2\x9B"
                    "31m"),
            "\\u009b31m");
  EXPECT_EQ(visible("שלום, ünï \xC2\xA0 ₪"), "שלום, ünï \xC2\xA0 ₪");
}

TEST(Visible, keeps_lines_where_asked) {
  EXPECT_EQ(visible("a\n\tb\r\n", LineFeeds::keep), "a\n\tb\\r\n");
}

TEST(Visible, knows_which_texts_have_controls) {
  for (auto const* text : {"a\n", "\x1b", "x\xC2\x85y"}) EXPECT_TRUE(has_controls(text));
  for (auto const* text : {"", "crm", "קופה", "\xC2\xA0"}) EXPECT_FALSE(has_controls(text));
}

}  // namespace
}  // namespace heed
