#pragma once
#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

/// SHA-256, the hash of everything in the log: OpenSSL's, which uses what the processor has for it.
namespace heed::hash {

using Digest = std::array<unsigned char, 32>;

/// A hash over pieces. Reuses what it allocated; one thread at a time.
class Sha256 {
 public:
  Sha256();
  Sha256& add(std::string_view bytes);

  /// The hash of all that was added since the start or the last finish().
  Digest finish();

 private:
  struct Free {
    void operator()(void* context) const;
  };
  std::unique_ptr<void, Free> context_;
};

/// The hash of `bytes`. Any thread.
Digest sha256(std::string_view bytes);

/// A digest of its bytes; zeros where they are not 32.
Digest to_digest(std::string_view bytes);

/// The digest's bytes as text, for what takes bytes. Valid as long as `digest` is.
std::string_view as_bytes(Digest const& digest);

}  // namespace heed::hash
