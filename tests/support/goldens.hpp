#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "engine/base/source.hpp"

/// Cases that stand in files: a folder each, with what goes in and what must come out.
/// With UPDATE_GOLDENS=1 in the environment, what comes out is written down instead.
namespace heed::goldens {

inline std::string read(std::filesystem::path const& file) {
  std::ifstream in{file, std::ios::binary};
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// The folders below tests/golden/`room`, by name.
inline std::vector<std::filesystem::path> cases(std::string const& room) {
  std::vector<std::filesystem::path> found;
  auto const root = std::filesystem::path{HEED_SOURCE_DIR} / "tests" / "golden" / room;
  for (auto const& entry : std::filesystem::directory_iterator{root})
    if (entry.is_directory()) found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

/// The policy files of a folder and their tables, by name.
inline std::vector<SourceText> sources(std::filesystem::path const& folder) {
  std::vector<SourceText> found;
  for (auto const& entry : std::filesystem::directory_iterator{folder})
    if (entry.path().extension() == ".heed" || entry.path().extension() == ".csv")
      found.push_back({entry.path().filename().string(), read(entry.path())});
  std::sort(found.begin(), found.end(),
            [](auto const& left, auto const& right) { return left.name < right.name; });
  return found;
}

/// Holds `text` against the file, or writes it there.
inline void expect(std::filesystem::path const& file, std::string const& text) {
  if (std::getenv("UPDATE_GOLDENS")) {
    std::ofstream{file, std::ios::binary} << text;
    return;
  }
  EXPECT_EQ(read(file), text) << file;
}

}  // namespace heed::goldens
