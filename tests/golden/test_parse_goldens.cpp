#include <regex>
#include <set>

#include "engine/language/parse.hpp"
#include "tests/support/goldens.hpp"

namespace heed {
namespace {

std::string parse_and_render(std::vector<SourceText> const& sources) {
  std::string text;
  for (std::uint32_t file = 0; file < sources.size(); ++file)
    for (auto const& one : language::parse(FileId{file}, sources[file].text).diagnostics)
      text += render(one, sources);
  return text.empty() ? "no findings\n" : text;
}

TEST(ParseGoldens, every_mistake_is_told_as_written_down) {
  for (auto const& folder : goldens::cases("parse")) {
    SCOPED_TRACE(folder.filename().string());
    goldens::expect(folder / "expected.txt", parse_and_render(goldens::sources(folder)));
  }
}

/// The codes that the sources of the language name.
std::set<std::string> codes_in_sources() {
  std::set<std::string> codes;
  std::regex const code{"\"(parse\\.[a-z0-9-]+)\""};
  auto const room = std::filesystem::path{HEED_SOURCE_DIR} / "engine" / "language";
  for (auto const& entry : std::filesystem::directory_iterator{room}) {
    auto const text = goldens::read(entry.path());
    for (std::sregex_iterator at{text.begin(), text.end(), code}, end; at != end; ++at)
      codes.insert((*at)[1]);
  }
  return codes;
}

TEST(ParseGoldens, every_code_has_a_case_and_stands_in_the_grammar) {
  std::string told;
  for (auto const& folder : goldens::cases("parse")) told += goldens::read(folder / "expected.txt");
  auto const root = std::filesystem::path{HEED_SOURCE_DIR};
  auto const grammar = goldens::read(root / "docs" / "language-grammar.md");
  for (auto const& code : codes_in_sources()) {
    bool const is_huge = code == "parse.file-too-large";  // see tests/unit/language/test_layout.cpp
    bool const is_told = is_huge || told.find("[" + code + "]") != std::string::npos;
    EXPECT_TRUE(is_told) << "no golden case tells " << code;
    EXPECT_NE(grammar.find("`" + code + "`"), std::string::npos)
        << "docs/language-grammar.md does not explain " << code;
  }
}

}  // namespace
}  // namespace heed
