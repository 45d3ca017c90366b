#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "server/files/look.hpp"
#include "server/files/replace.hpp"

namespace heed::files {
namespace {

using Step = Fault::Step;

class Files : public ::testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/heed-files-XXXXXX";
    ASSERT_NE(::mkdtemp(name), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string path(std::string_view name) const { return folder_ + "/" + std::string{name}; }

  static std::string text_of(std::string const& path) {
    std::ifstream file{path};
    return {std::istreambuf_iterator<char>{file}, {}};
  }
  static mode_t mode_of(std::string const& path) {
    struct stat found {};
    EXPECT_EQ(::stat(path.c_str(), &found), 0);
    return found.st_mode & 07777;
  }
  /// The names in the folder.
  std::set<std::string> names() const {
    std::set<std::string> names;
    for (auto const& entry : std::filesystem::directory_iterator{folder_})
      names.insert(entry.path().filename());
    return names;
  }

  std::string folder_;
};

TEST_F(Files, are_made_and_replaced_with_nothing_left_beside_them) {
  for (std::string const text : {"first", "", "third, and longer\n"}) {
    ASSERT_TRUE(replace(path("a"), text, {}));
    EXPECT_EQ(text_of(path("a")), text);
    EXPECT_EQ(mode_of(path("a")), 0600u);
    EXPECT_EQ(names(), std::set<std::string>{"a"});
  }
}

TEST_F(Files, have_the_rights_that_are_asked_for) {
  auto const before = ::umask(027);
  EXPECT_TRUE(replace(path("exact"), "x", {.mode = 0644}));
  EXPECT_TRUE(replace(path("masked"), "x", {.mode = 0644, .rights = Replacing::Rights::masked}));
  ::umask(before);
  EXPECT_EQ(mode_of(path("exact")), 0644u);
  EXPECT_EQ(mode_of(path("masked")), 0640u);
}

TEST_F(Files, take_nothing_over_from_what_a_crash_left) {
  ASSERT_TRUE(replace(path("other"), "other", {}));
  std::filesystem::create_symlink(path("other"), path("a.part"));
  ASSERT_TRUE(replace(path("a"), "new", {.beside = ".part"}));
  EXPECT_EQ(text_of(path("a")), "new");
  EXPECT_EQ(text_of(path("other")), "other");
  EXPECT_EQ(names(), (std::set<std::string>{"a", "other"}));
}

TEST_F(Files, stay_as_they_were_where_a_step_fails) {
  std::filesystem::create_directory(path("full"));
  std::ofstream{path("full/x")} << "x";
  auto const onto_folder = replace(path("full"), "new", {});
  ASSERT_FALSE(onto_folder);
  EXPECT_EQ(onto_folder.error().step, Step::name);
  EXPECT_EQ(onto_folder.error().number, EISDIR);
  std::filesystem::create_directory(path("a.new"));
  auto const beside_folder = replace(path("a"), "new", {});
  ASSERT_FALSE(beside_folder);
  EXPECT_EQ(beside_folder.error().step, Step::open);
  auto const nowhere = replace(path("none/a"), "new", {});
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().step, Step::open);
  EXPECT_EQ(nowhere.error().number, ENOENT);
  EXPECT_EQ(names(), (std::set<std::string>{"a.new", "full"}));
  EXPECT_FALSE(make_name_durable(path("none/a")));
  EXPECT_TRUE(make_name_durable("a"));  // in the folder where the program is
}

TEST_F(Files, look_otherwise_once_they_are_replaced) {
  EXPECT_EQ(look_of(path("a")), "");
  ASSERT_TRUE(replace(path("a"), "one", {}));
  auto const before = look_of(path("a"));
  EXPECT_NE(before, "");
  EXPECT_EQ(look_of(path("a")), before);
  ASSERT_TRUE(replace(path("a"), "two!", {}));
  EXPECT_NE(look_of(path("a")), before);
}

}  // namespace
}  // namespace heed::files
