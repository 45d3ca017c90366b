#pragma once
#include <boost/asio/ssl/context.hpp>

/// For tls.cpp and channel.cpp alone: the rest sees no header of OpenSSL.
namespace heed::http {

struct TlsContext {
  explicit TlsContext(SSL_CTX* taken) : context{taken} {}
  boost::asio::ssl::context context;
};

}  // namespace heed::http
