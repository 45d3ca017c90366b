#pragma once
#include <cstdio>
#include <memory>
#include <string>

#include "engine/base/error.hpp"
#include "engine/base/expected.hpp"

/// A file of cases, one a line.
namespace heed::cli {

struct CloseFile {
  void operator()(std::FILE* file) const {
    if (file != stdin) std::fclose(file);
  }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

/// Standard input where `path` is `-`. Fails with file.unreadable.
Expected<File, Error> open_input(std::string const& path);

/// Lines of a file, each at most limits::case_bytes_max bytes and one more: what is longer is cut
/// there, so that it is refused as too large and costs no more memory.
class Lines {
 public:
  explicit Lines(std::FILE* file);

  /// The next line without its end; false at the end of the file.
  bool next(std::string& line);
  /// Whether a whole read has been used up: the moment to hand on what was answered.
  bool is_drained() const { return at_ == end_; }

 private:
  bool fill();

  std::FILE* file_;
  std::string block_;
  std::size_t at_ = 0, end_ = 0;
};

}  // namespace heed::cli
