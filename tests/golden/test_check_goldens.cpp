#include <regex>
#include <set>

#include "tests/support/checked.hpp"
#include "tests/support/goldens.hpp"

namespace heed {
namespace {

std::string check_and_render(std::vector<SourceText> const& sources) {
  auto const checked = check_sources(sources);
  EXPECT_EQ(checked.policy.has_value(), !has_errors(checked.diagnostics));
  auto const text = render_all(checked.diagnostics, sources);
  return text.empty() ? "no findings\n" : text;
}

TEST(CheckGoldens, every_mistake_is_told_as_written_down) {
  for (auto const& folder : goldens::cases("check")) {
    SCOPED_TRACE(folder.filename().string());
    goldens::expect(folder / "expected.txt", check_and_render(goldens::sources(folder)));
  }
}

/// The codes that the checker's sources name.
std::set<std::string> codes_in_sources() {
  std::set<std::string> codes;
  std::regex const code{"\"((check|sheet)\\.[a-z-]+)\""};
  for (auto const* room : {"check", "language"}) {
    auto const folder = std::filesystem::path{HEED_SOURCE_DIR} / "engine" / room;
    for (auto const& entry : std::filesystem::directory_iterator{folder}) {
      auto const text = goldens::read(entry.path());
      for (std::sregex_iterator at{text.begin(), text.end(), code}, end; at != end; ++at)
        codes.insert((*at)[1]);
    }
  }
  return codes;
}

TEST(CheckGoldens, every_code_has_a_case_and_stands_in_the_documents) {
  std::string told;
  for (auto const& folder : goldens::cases("check")) told += goldens::read(folder / "expected.txt");
  auto const root = std::filesystem::path{HEED_SOURCE_DIR};
  for (auto const* room : {"check", "language"})
    for (auto const& entry : std::filesystem::directory_iterator{root / "tests" / "unit" / room})
      told += goldens::read(entry.path());
  auto const documents = goldens::read(root / "docs" / "diagnostics.md");
  for (auto const& code : codes_in_sources()) {
    EXPECT_NE(told.find(code), std::string::npos) << "no golden case tells " << code;
    EXPECT_NE(documents.find("`" + code + "`"), std::string::npos)
        << "docs/diagnostics.md does not explain " << code;
  }
}

}  // namespace
}  // namespace heed
