#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "server/api/policy_folder.hpp"

namespace heed::api {
namespace {

namespace fs = std::filesystem;

class PolicyFolder : public testing::Test {
 protected:
  PolicyFolder() {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~PolicyFolder() override { fs::remove_all(folder_); }

  void write(std::string const& name, std::string const& text) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream{folder_ / name} << text;
  }
  std::string path() const { return folder_.string(); }

 private:
  fs::path folder_ = fs::path{testing::TempDir()} /
                     (std::string{"heed-policy-folder-"} +
                      testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(PolicyFolder, holds_every_heed_file_and_table_by_name_and_nothing_else) {
  write("b.heed", "second");
  write("a/c.heed", "first");
  write("notes.txt", "not this");
  write("a/fees.csv", "table");
  write(".hidden/d.heed", "nor this");
  write(".swap.heed", "nor this");
  auto const sources = read_policy(path());
  ASSERT_TRUE(sources);
  ASSERT_EQ(sources.value().size(), 3u);
  EXPECT_EQ(sources.value()[0].name, "a/c.heed");
  EXPECT_EQ(sources.value()[0].text, "first");
  EXPECT_EQ(sources.value()[1].name, "a/fees.csv");
  EXPECT_EQ(sources.value()[2].name, "b.heed");
}

TEST_F(PolicyFolder, may_be_one_file) {
  write("a.heed", "text");
  auto const sources = read_policy(path() + "/a.heed");
  ASSERT_TRUE(sources);
  ASSERT_EQ(sources.value().size(), 1u);
  EXPECT_EQ(sources.value()[0].name, "a.heed");
}

TEST_F(PolicyFolder, of_one_file_has_the_tables_beside_it_that_it_names) {
  write("a.heed", "table fee gives money\n  from \"fee.csv\"\n");
  write("fee.csv", "rows");
  write("other.csv", "not these");
  auto const sources = read_policy(path() + "/a.heed");
  ASSERT_TRUE(sources);
  ASSERT_EQ(sources.value().size(), 2u);
  EXPECT_EQ(sources.value()[1].name, "fee.csv");
  auto const before = fingerprint_of(path() + "/a.heed");
  write("fee.csv", "more rows");
  EXPECT_NE(fingerprint_of(path() + "/a.heed"), before);
}

TEST_F(PolicyFolder, of_tables_alone_is_empty) {
  write("fee.csv", "rows");
  EXPECT_EQ(read_policy(path()).error().code, "policy.empty");
}

TEST_F(PolicyFolder, that_is_empty_or_not_there_is_an_error) {
  EXPECT_EQ(read_policy(path()).error().code, "policy.empty");
  EXPECT_EQ(read_policy(path() + "/nowhere").error().code, "policy.unreadable");
}

TEST_F(PolicyFolder, has_a_fingerprint_that_changes_with_its_files) {
  write("a.heed", "text");
  auto const before = fingerprint_of(path());
  EXPECT_EQ(fingerprint_of(path()), before);
  write("a.heed", "longer text");
  auto const after = fingerprint_of(path());
  EXPECT_NE(after, before);
  write("b.heed", "");
  EXPECT_NE(fingerprint_of(path()), after);
  EXPECT_EQ(fingerprint_of(path() + "/nowhere"), "");
}

}  // namespace
}  // namespace heed::api
