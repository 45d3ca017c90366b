#include <regex>
#include <set>

#include "engine/advisor.hpp"
#include "engine/analyse/examine.hpp"
#include "tests/support/checked.hpp"
#include "tests/support/goldens.hpp"

namespace heed {
namespace {

std::string analyse_and_render(std::vector<SourceText> const& sources) {
  auto const loaded = load(sources, "revision", Analyses::run);
  EXPECT_NE(loaded.rules, nullptr);
  auto text = render_all(loaded.diagnostics, sources);
  for (auto const& silenced : loaded.silenced)
    text += "silenced, because " + silenced.reason + "\n" + render(silenced.what, sources) + "\n";
  return text.empty() ? "no findings\n" : text;
}

TEST(AnalyseGoldens, every_warning_is_told_as_written_down) {
  for (auto const& folder : goldens::cases("analyse")) {
    SCOPED_TRACE(folder.filename().string());
    goldens::expect(folder / "expected.txt", analyse_and_render(goldens::sources(folder)));
  }
}

/// What is said and what is silenced, by code.
std::multiset<std::string> codes_of(std::vector<SourceText> const& sources) {
  auto const loaded = load(sources, "revision", Analyses::run);
  std::multiset<std::string> codes;
  for (auto const& it : loaded.diagnostics) codes.insert(std::string{it.code});
  for (auto const& it : loaded.silenced) codes.insert("silenced " + std::string{it.what.code});
  return codes;
}

TEST(AnalyseGoldens, formatting_changes_nothing_of_what_is_told_and_silenced) {
  for (auto const& folder : goldens::cases("analyse")) {
    SCOPED_TRACE(folder.filename().string());
    auto sources = goldens::sources(folder);
    auto const before = codes_of(sources);
    for (auto& source : sources) source.text = format(source).text;
    EXPECT_EQ(codes_of(sources), before);
  }
}

/// The codes that the analyses' sources name.
std::set<std::string> codes_in_sources() {
  std::set<std::string> codes;
  std::regex const code{"\"(analysis\\.[a-z-]+)\""};
  auto const room = std::filesystem::path{HEED_SOURCE_DIR} / "engine" / "analyse";
  for (auto const& entry : std::filesystem::directory_iterator{room}) {
    auto const text = goldens::read(entry.path());
    for (std::sregex_iterator at{text.begin(), text.end(), code}, end; at != end; ++at)
      codes.insert((*at)[1]);
  }
  return codes;
}

TEST(AnalyseGoldens, every_code_has_a_case_and_stands_in_the_documents) {
  std::string told;
  for (auto const& folder : goldens::cases("analyse"))
    told += goldens::read(folder / "expected.txt");
  auto const root = std::filesystem::path{HEED_SOURCE_DIR};
  auto const documents = goldens::read(root / "docs" / "diagnostics.md");
  for (auto const& code : codes_in_sources()) {
    EXPECT_NE(told.find(code), std::string::npos) << "no golden case tells " << code;
    EXPECT_NE(documents.find("`" + code + "`"), std::string::npos)
        << "docs/diagnostics.md does not explain " << code;
  }
}

TEST(AnalyseGoldens, codes_that_can_be_silenced_are_in_order) {
  EXPECT_TRUE(std::is_sorted(analyse::codes().begin(), analyse::codes().end()));
}

}  // namespace
}  // namespace heed
