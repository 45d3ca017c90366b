#pragma once
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

/// Files that tests hold their results against; written anew with UPDATE_GOLDENS=1.
namespace heed::testing {

/// The golden file `name` of tests/golden, after writing `text` to it where that is asked for.
inline std::string golden(std::string const& name, std::string const& text) {
  std::string const path = HEED_SOURCE_DIR "/tests/golden/" + name;
  if (std::getenv("UPDATE_GOLDENS") != nullptr) std::ofstream{path, std::ios::binary} << text;
  std::ifstream file{path, std::ios::binary};
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

}  // namespace heed::testing
