#pragma once
#include <string>

#include "engine/base/error.hpp"

/// What backing up a log and putting a copy back share.
namespace heed::cli {

/// While it lives, the copy that is being made for `name` goes where this program is told to end by
/// a signal; the program then ends by it. One at a time.
class ClearedWhenEnded {
 public:
  explicit ClearedWhenEnded(std::string const& name);
  ~ClearedWhenEnded();
  ClearedWhenEnded(ClearedWhenEnded const&) = delete;
  ClearedWhenEnded& operator=(ClearedWhenEnded const&) = delete;
};

/// `7.1 MB`.
std::string words_of_bytes(std::uint64_t bytes);

/// The exit status for what ended a copy: does_not_hold where that was a verdict on the log.
int status_of(Error const& error);

}  // namespace heed::cli
