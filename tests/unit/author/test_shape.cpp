#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "engine/analyse/examine.hpp"
#include "engine/author/keywords.hpp"
#include "engine/language/words.hpp"
#include "tests/support/goldens.hpp"
#include "tests/unit/author/desk.hpp"

namespace heed::author {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Outline, names_the_declarations_with_their_fields) {
  auto const desk =
      read_desk({"fact order.items is list of\n  sku is text\nphase a, b\n"
                 "rule r \"A rule\"\n  then do x\nrule broken\n  when\n"});
  std::vector<std::string> shown;
  for (auto const& item : outline(desk.manuscript, FileId{0})) {
    shown.push_back(item.name + ": " + item.detail);
    for (auto const& part : item.parts) shown.push_back("  " + part.name + ": " + part.detail);
  }
  EXPECT_THAT(shown, ElementsAre("order.items: list of", "  sku: text", "a, b: phase", "r: A rule",
                                 "broken: rule"));
}

TEST(Outline, symbols_are_found_by_their_letters) {
  auto const desk = read_desk({shop()});
  std::vector<std::string> names;
  for (auto const& found : find_symbols(desk.manuscript, "cuti")) names.push_back(found.name);
  EXPECT_THAT(names, ElementsAre("customer.tier", "customer.city"));
}

TEST(Folds, are_declarations_and_blocks_of_comments) {
  auto const desk = read_desk({"# one\n# two\n\n# alone\nrule r\n  then do x\naction x\n"});
  std::vector<std::string> texts;
  for (auto const& fold : find_folds(desk.manuscript, FileId{0}))
    texts.push_back(text_at(desk.manuscript, {FileId{0}, fold.span}));
  EXPECT_THAT(texts, ElementsAre("# one\n# two", "rule r\n  then do x"));
}

TEST(Tints, tell_names_from_words_of_the_language) {
  auto const desk =
      read_desk({"rule r # why\n  when customer.tier is gold\n  then say sorry\n", shop()});
  using What = Tint::What;
  std::vector<std::pair<std::string, What>> found;
  for (auto const& tint : find_tints(desk.manuscript, FileId{0}))
    found.emplace_back(text_at(desk.manuscript, {FileId{0}, tint.span}), tint.what);
  EXPECT_THAT(found,
              ElementsAre(std::pair{"rule", What::keyword}, std::pair{"r", What::rule},
                          std::pair{"# why", What::comment}, std::pair{"when", What::keyword},
                          std::pair{"customer.tier", What::fact}, std::pair{"is", What::keyword},
                          std::pair{"gold", What::value}, std::pair{"then", What::keyword},
                          std::pair{"say", What::keyword}, std::pair{"sorry", What::script}));
}

TEST(Tints, do_not_overlap) {
  auto const desk = read_desk({shop()});
  std::uint32_t end = 0;
  for (auto const& tint : find_tints(desk.manuscript, FileId{0})) {
    EXPECT_GE(tint.span.begin, end);
    end = tint.span.end;
  }
}

TEST(Lenses, count_references_and_name_tests) {
  auto const desk = read_desk({"action a\nrule r\n  then do a\ntest \"t\"\n  expect do a\n"});
  auto const lenses = find_lenses(desk.manuscript, FileId{0});
  ASSERT_EQ(lenses.size(), 3u);
  EXPECT_EQ(lenses[0].references, 2u);
  EXPECT_EQ(lenses[1].references, 0u);
  EXPECT_EQ(lenses[2].test, "t");
}

TEST(Fixes, mend_what_the_message_says) {
  struct Case {
    std::string_view text, mended;
  };
  constexpr Case cases[] = {
      {"rule r\n  when customer.tire is gold\n  then do apologise\n", "when customer.tier is gold"},
      {"rule r\n  when customer.tier is gold or silver\n  then do apologise\n",
       "when customer.tier is one of gold, silver\n"},
      {"rule r\n  when customer.tier is gold or silver or standard\n  then do apologise\n",
       "when customer.tier is one of gold, silver, standard\n"},
      {"rule r\n  when customer.tier = gold\n  then do apologise\n", "customer.tier is gold"},
      {"rule r\n  then do apologise 5 ILS\naction a\n  takes amount is money\n"
       "rule s\n  then do a 5 ILS\n",
       "do a amount 5 ILS"},
      {"  rule r\n  then do apologise\n", "rule r"},
      {"rule r\n  when case.contacts > 3\n  then do apologise\n",
       "fact case.contacts is yes or no"},
      {"rule r\n  when (late\n  then do apologise\n", "(late)\n"},
      {"rul r\n  then do apologise\n", "rule r"},
      {"fact plain is number # so\n", "fact plain is number # so\n  title en \"\"\n"},
      {"rule untitled\n  then do apologise\n", "rule untitled \"\"\n"},
  };
  for (auto const& [text, mended] : cases) {
    auto const desk = read_desk({std::string{text}, shop()});
    auto const diagnostics = find_mistakes(desk.manuscript);
    auto const end = static_cast<std::uint32_t>(text.size());
    auto const fixes = find_fixes(desk.manuscript, diagnostics, {FileId{0}, {0, end}});
    bool found = false;
    for (auto const& fix : fixes)
      found = found || edited(desk.manuscript, fix.edits).front().find(mended) != std::string::npos;
    EXPECT_TRUE(found) << text;
  }
}

/// What each golden case of the analyses warns of can be silenced by the fix that is offered.
TEST(Fixes, silence_what_the_analyses_warn_of) {
  std::set<std::string_view> silenced;
  for (auto const& folder : goldens::cases("analyse")) {
    SCOPED_TRACE(folder.filename().string());
    auto const manuscript = read(goldens::sources(folder));
    auto const before = find_mistakes(manuscript);
    for (auto const& it : before) {
      auto const fixes = find_fixes(manuscript, before, it.where);
      auto const fix = std::ranges::find_if(fixes, [&](Fix const& one) {
        return one.diagnostic && before[*one.diagnostic].code == it.code &&
               one.title.starts_with("silence");
      });
      bool const can_be = std::ranges::binary_search(analyse::codes(), std::string_view{it.code});
      ASSERT_EQ(fix != fixes.end(), can_be) << it.code;
      if (!can_be) continue;
      auto sources = manuscript.sources;
      auto const texts = edited(manuscript, fix->edits);
      for (std::size_t at = 0; at < texts.size(); ++at) sources[at].text = texts[at];
      auto const after = find_mistakes(read(sources));
      EXPECT_LT(after.size(), before.size()) << it.code << ": " << it.message;
      silenced.insert(it.code);
    }
  }
  EXPECT_GE(silenced.size() + 1, analyse::codes().size());  // but `check.word-clash`
}

/// Every word that the grammar looks for is one that authors are helped with.
TEST(Words, are_those_of_the_grammar) {
  std::ifstream file{HEED_SOURCE_DIR "/engine/language/parse.cpp"};
  std::stringstream read;
  read << file.rdbuf();
  auto const text = read.str();
  std::regex const phrase{R"re((?:kw|flag)\("([^"]+)"\))re"};
  std::set<std::string> unknown;
  for (std::sregex_iterator at{text.begin(), text.end(), phrase}, end; at != end; ++at) {
    std::istringstream words{(*at)[1].str()};
    for (std::string word; words >> word;)
      if (!is_word_of_language(word)) unknown.insert(word);
  }
  EXPECT_THAT(unknown, IsEmpty());
  EXPECT_THAT(text, HasSubstr("kw(\"rule\")"));
}

std::set<std::string> words_of_highlighter() {
  std::ifstream file{HEED_SOURCE_DIR "/tools/vscode/syntaxes/heed.tmLanguage.json"};
  std::regex const words{R"re("match": ".*\(\?:([a-z|]+)\).*")re"};
  std::set<std::string> found;
  bool is_list = false;
  for (std::string line; std::getline(file, line);) {
    std::smatch match;
    if (is_list && std::regex_search(line, match, words)) {
      std::istringstream list{match[1].str()};
      for (std::string word; std::getline(list, word, '|');) found.insert(word);
    }
    is_list = line.find("\"comment\": \"words\"") != std::string::npos;
  }
  return found;
}

/// The grammar of the highlighter lists exactly the words of the language.
TEST(Words, are_those_of_the_highlighter) {
  std::set<std::string> words{"met", "threatened", "violated", "advised"};
  for (auto const list :
       {language::declaration_keywords(), language::reserved_words(), language::clause_keywords(),
        language::unit_words(), other_words(), type_words()})
    words.insert(list.begin(), list.end());
  EXPECT_EQ(words_of_highlighter(), words);
}

TEST(Words, every_declaration_can_be_begun) {
  std::set<std::string_view> begun;
  for (auto const& phrase : phrases())
    if (phrase.within.empty()) begun.insert(phrase.label);
  for (auto const word : language::declaration_keywords())
    EXPECT_TRUE(begun.contains(word)) << word;
}

}  // namespace
}  // namespace heed::author
