#pragma once
#include <cstdio>
#include <cstdlib>
#include <source_location>

namespace heed {

/// Aborts when `holds` is false, naming the place: for our own bugs, never for input. Also in
/// release builds.
inline void ensure(bool holds, std::source_location where = std::source_location::current()) {
  if (holds) return;
  std::fprintf(stderr, "heed: a bug at %s:%u, please report it\n", where.file_name(), where.line());
  std::abort();
}

}  // namespace heed
