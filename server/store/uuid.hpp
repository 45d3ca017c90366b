#pragma once
#include <cstdint>
#include <functional>
#include <mutex>
#include <span>
#include <string>

/// Ids that grow: UUID version 7 (RFC 9562).
namespace heed::store {

/// Fills what it is given with random bytes.
using Randomness = std::function<void(std::span<unsigned char>)>;

/// The operating system's; see server/seal/random.hpp.
Randomness system_randomness();

/// Makes ids, each greater than the one before, also when the clock stands still or goes back.
/// Any thread.
class UuidSource {
 public:
  explicit UuidSource(Randomness randomness = system_randomness());

  /// `now_us` is microseconds since 1970 UTC. Answers 36 characters in lower case.
  std::string next(std::int64_t now_us);

 private:
  Randomness randomness_;
  std::mutex mutex_;
  std::uint64_t last_ = 0;  // milliseconds and, in the low 12 bits, a counter
};

/// Whether `text` is a UUID of version 7 as UuidSource writes it.
bool is_uuid(std::string_view text);

}  // namespace heed::store
