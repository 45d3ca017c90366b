#include "engine/advisor.hpp"
#include "tests/support/checked.hpp"
#include "tests/support/goldens.hpp"

namespace heed {
namespace {

/// What beginners write: each case is told with what to write instead.
TEST(SlipGoldens, every_slip_is_told_with_its_fix) {
  for (auto const& folder : goldens::cases("slips")) {
    SCOPED_TRACE(folder.filename().string());
    auto const sources = goldens::sources(folder);
    auto findings = load(sources, "revision", Analyses::run).diagnostics;
    std::erase_if(findings, [](Diagnostic const& it) {
      return it.code == "analysis.unused" || it.code == "check.text-language";
    });
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_FALSE(findings.front().help.empty());
    goldens::expect(folder / "expected.txt", render_all(findings, sources));
  }
}

}  // namespace
}  // namespace heed
