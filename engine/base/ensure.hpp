#pragma once
#include <cstdio>
#include <cstdlib>

namespace heed {

/// Aborts when `holds` is false, naming the place: for our own bugs, never for input. Also in
/// release builds. (clang 14 has no std::source_location, but these two.)
inline void ensure(bool holds, char const* file = __builtin_FILE(), int line = __builtin_LINE()) {
  if (holds) return;
  std::fprintf(stderr, "heed: a bug at %s:%d, please report it\n", file, line);
  std::abort();
}

}  // namespace heed
