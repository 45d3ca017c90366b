#pragma once
#include <cstdint>

namespace heed::api {

/// What the operating system says of this process; 0 where it says nothing.
struct ProcessFigures {
  double cpu_seconds = 0;
  double started_at = 0;  // seconds since 1970 UTC
  std::uint64_t resident_bytes = 0;
  std::uint64_t virtual_bytes = 0;
  std::uint64_t threads = 0;
  std::uint64_t open_files = 0;
  std::uint64_t open_files_max = 0;
};

ProcessFigures process_figures();

}  // namespace heed::api
