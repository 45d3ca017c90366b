#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "engine/base/error.hpp"
#include "engine/base/expected.hpp"

/// The server's certificate and key, and how TLS is spoken with them.
///
/// TLS 1.2 and 1.3, with ciphers that keep forward secrecy and authenticate (AES-GCM, ChaCha20);
/// X25519, P-256, P-384; no renegotiation, no compression, no early data; ALPN http/1.1. Clients
/// are asked for no certificate.
namespace heed::http {

struct TlsFiles {
  std::string certificate;  // PEM: the server's own certificate, then those that lead to its root
  std::string key;          // PEM, without a password
};

/// What OpenSSL needs for a connection, made from one pair; never changed. See channel.cpp.
struct TlsContext;

struct Certificate {
  std::int64_t not_before = 0;  // seconds since 1970 UTC
  std::int64_t not_after = 0;
  std::string subject;  // "CN=heed.example"
  std::string sha256;   // of the certificate, in hexadecimal digits
};

/// A pair of files in use. Connections keep the one with which they began. Any thread.
class Tls {
 public:
  /// Fails with tls.unreadable, tls.key-open-to-others where the key's mode lets every user read or
  /// write it, tls.no-certificate, tls.no-key, tls.key-mismatch and tls.refused (too weak, say).
  static Expected<std::shared_ptr<Tls>, Error> open(TlsFiles files);

  enum class Reload { unchanged, taken };

  /// Reads the files again where they changed. The pair in use stays where that fails: as open()
  /// does, or with tls.expired where the new certificate is not valid now.
  Expected<Reload, Error> reload();

  /// The same where the files have changed and then stood still for a look: who writes two files
  /// one after the other is not told that they do not fit. A pair that failed is told once. To be
  /// called about once a second.
  Expected<Reload, Error> reload_changed();

  Certificate certificate() const;
  std::shared_ptr<TlsContext> context() const;

 private:
  struct Pair {
    std::shared_ptr<TlsContext> context;
    Certificate certificate;
  };
  explicit Tls(TlsFiles files);
  static Expected<Pair, Error> load(TlsFiles const& files);

  TlsFiles const files_;
  std::mutex reload_mutex_;
  std::string tried_, seen_;  // what the files looked like; under reload_mutex_
  mutable std::mutex mutex_;
  Pair pair_;  // under mutex_
};

}  // namespace heed::http
