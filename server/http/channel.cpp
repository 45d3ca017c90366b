#include "server/http/channel.hpp"

#include <openssl/sslerr.h>

#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>

#include "server/http/tls_context.hpp"

namespace heed::http {

namespace asio = boost::asio;

struct Channel::Sealed {
  Sealed(Socket& socket, std::shared_ptr<TlsContext> its_context)
      : context{std::move(its_context)}, stream{socket, context->context} {}

  std::shared_ptr<TlsContext> context;
  asio::ssl::stream<Socket&> stream;
};

Channel::Channel(Socket socket, std::shared_ptr<TlsContext> tls)
    : socket_{std::move(socket)}, sealed_{tls != nullptr} {
  if (sealed_) tls_ = std::make_unique<Sealed>(socket_, std::move(tls));
}

Channel::~Channel() = default;

std::string Channel::client() const {
  Code failure;
  auto const peer = socket_.remote_endpoint(failure);
  return failure ? std::string{} : peer.address().to_string();
}

void Channel::shake_hands(Then then) {
  tls_->stream.async_handshake(asio::ssl::stream_base::server, std::move(then));
}

bool Channel::heard_plain_http(Code const& failure) {
  return failure.category() == asio::error::get_ssl_category() &&
         ERR_GET_REASON(static_cast<unsigned long>(failure.value())) == SSL_R_HTTP_REQUEST;
}

void Channel::read_sealed(asio::mutable_buffer room, Moved done) {
  tls_->stream.async_read_some(room, std::move(done));
}

void Channel::write_sealed(asio::const_buffer bytes, Moved done) {
  asio::async_write(tls_->stream, bytes, std::move(done));
}

void Channel::end_output(std::function<void()> then) {
  auto const shut = [this] {
    Code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
  };
  if (!sealed_) {
    shut();
    return then();
  }
  sealed_ = false;  // close_notify goes out; whatever comes instead of the client's own, it is over
  tls_->stream.async_shutdown([shut, then = std::move(then)](Code const&) {
    shut();
    then();
  });
}

void Channel::cancel() {
  Code ignored;
  socket_.cancel(ignored);
}

void Channel::close() {
  Code ignored;
  socket_.shutdown(Socket::shutdown_both, ignored);
  socket_.close(ignored);
}

bool Channel::has_unread() const {
  Code ignored;
  return socket_.available(ignored) > 0;
}

}  // namespace heed::http
