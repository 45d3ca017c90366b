#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/unit/store/store_fixture.hpp"

namespace heed::store::testing {
namespace {

// The program that docs/log-format.md gives to auditors, which shares nothing with ours.
std::string program_of_the_manual() {
  std::ifstream file{HEED_SOURCE_DIR "/docs/log-format.md"};
  std::stringstream text;
  text << file.rdbuf();
  std::string const manual = text.str();
  std::string const opening = "```python\n";
  std::size_t const begin = manual.find(opening) + opening.size();
  return manual.substr(begin, manual.find("```", begin) - begin);
}

int run_by_hand(Folder const& folder) {
  std::string const script = folder.file("check.py");
  std::ofstream{script} << program_of_the_manual();
  return std::system(("python3 " + script + " " + folder.file() + " > /dev/null 2>&1").c_str());
}

TEST(ByHand, the_program_of_the_manual_agrees_that_a_log_holds_or_not) {
  Folder const folder;
  {
    auto const log = open_log(folder.file());
    append_all(*log, 0, 300);
    Entry entry = sample_entry(300);
    entry.subject = "לקוח \"7\"\\\n\x01\x7f";
    entry.key = "key";
    entry.request = as_bytes(sha256("request"));
    ASSERT_TRUE(append(*log, std::move(entry)));
  }
  EXPECT_EQ(run_by_hand(folder), 0);
  tamper(folder.file(), "UPDATE records SET at = at + 1 WHERE sequence = 200");
  EXPECT_NE(run_by_hand(folder), 0);
}

}  // namespace
}  // namespace heed::store::testing
