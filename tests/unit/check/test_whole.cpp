#include <gtest/gtest.h>

#include "engine/check/whole.hpp"
#include "tests/support/checked.hpp"

namespace heed {
namespace {

std::string told(std::vector<SourceText> const& sources) {
  auto checked = check_sources(sources);
  check::require_policy_line(checked, sources);
  EXPECT_EQ(checked.policy.has_value(), !has_errors(checked.diagnostics));
  return render_all(checked.diagnostics, sources);
}

constexpr auto help =
    "help: write it once, in one of the policy's files: `policy corner_shop \"The shop on the "
    "corner\"`\n";

TEST(WholePolicy, that_is_empty_is_refused_with_a_place) {
  auto const text = told({{"p.heed", ""}});
  EXPECT_NE(text.find("p.heed:1:1: error[check.no-policy]: "), text.npos) << text;
  EXPECT_NE(text.find(help), text.npos) << text;
}

TEST(WholePolicy, is_refused_at_its_first_file_by_name) {
  auto const text = told({{"fee.csv", "a,b"}, {"z.heed", "# none"}, {"b.heed", "role agent"}});
  EXPECT_EQ(text.find("b.heed:1:1: error[check.no-policy]"), 0u) << text;
}

TEST(WholePolicy, may_have_files_that_are_empty_or_hold_remarks) {
  EXPECT_EQ(told({{"a.heed", ""}, {"b.heed", "# later\n"}, {"c.heed", "policy shop \"A shop\"\n"}}),
            "");
}

TEST(WholePolicy, with_other_mistakes_has_no_further_one) {
  auto const text = told({{"p.heed", "polcy shop \"A shop\"\n"}});
  EXPECT_EQ(text.find("check.no-policy"), text.npos) << text;
}

}  // namespace
}  // namespace heed
