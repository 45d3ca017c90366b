#pragma once
#include <array>
#include <string>
#include <string_view>

/// Secret keys of 32 bytes.
namespace heed::seal {

/// Zeroed in memory when it ends.
class Key {
 public:
  static constexpr std::size_t size = 32;

  /// Of these bytes, which must be 32.
  explicit Key(std::string_view bytes);
  Key(Key const&) = default;
  Key& operator=(Key const&) = default;
  ~Key();

  std::string_view bytes() const;
  unsigned char const* data() const { return bytes_.data(); }

 private:
  std::array<unsigned char, size> bytes_{};
};

/// A key of random bytes. Any thread.
Key make_key();

/// What a master key is known by: 16 hexadecimal digits that say nothing of it.
std::string id_of(Key const& master);

/// HMAC-SHA-256 of `bytes` under a key that is derived from `master`: 32 bytes that nobody can
/// guess `bytes` by without it.
std::string fingerprint(Key const& master, std::string_view bytes);

}  // namespace heed::seal
