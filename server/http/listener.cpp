#include "server/http/listener.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>

namespace heed::http {
namespace {

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;
using Code = boost::system::error_code;

constexpr std::size_t refused_at_once_max = 256;   // connections that are told so; more are cut
constexpr std::chrono::milliseconds pause_ms{50};  // when no file descriptor is left

Failure<Error> cannot_listen(Options const& options, Code const& reason) {
  return Failure{Error{"http.listen",
                       "cannot listen on " + options.address + " port " +
                           std::to_string(options.port) + ": " + reason.message(),
                       "choose another port, or stop what uses this one"}};
}

}  // namespace

Listener::Listener(std::vector<std::shared_ptr<Loop>> loops)
    : loops_{std::move(loops)}, acceptor_{loops_[0]->context}, timer_{loops_[0]->context} {}

Expected<std::uint16_t, Error> Listener::open() {
  auto const& options = loops_[0]->shared->options;
  Code failure;
  auto const address = asio::ip::make_address(
      options.address == "localhost" ? "127.0.0.1" : options.address, failure);
  if (failure) {
    return Failure{Error{"http.address", "`" + options.address + "` is no IP address",
                         "write an address such as 127.0.0.1 or ::1"}};
  }
  Tcp::endpoint const endpoint{address, options.port};
  acceptor_.open(endpoint.protocol(), failure);
  if (!failure) acceptor_.set_option(asio::socket_base::reuse_address{true}, failure);
  if (!failure) acceptor_.bind(endpoint, failure);
  if (!failure) acceptor_.listen(asio::socket_base::max_listen_connections, failure);
  auto const bound = failure ? endpoint : acceptor_.local_endpoint(failure);
  if (failure) return cannot_listen(options, failure);
  return bound.port();
}

void Listener::start() {
  accept();
}

void Listener::stop() {
  asio::post(loops_[0]->context, [self = shared_from_this()] {
    self->stopped_ = true;
    Code ignored;
    self->acceptor_.close(ignored);
    self->timer_.cancel();
  });
}

void Listener::accept() {
  auto& loop = *loops_[next_];
  next_ = (next_ + 1) % loops_.size();
  acceptor_.async_accept(loop.context.get_executor(), [self = shared_from_this(), &loop](
                                                          Code const& failure, Socket socket) {
    if (self->stopped_ || failure == asio::error::operation_aborted) return;
    if (failure == asio::error::no_descriptors || failure == asio::error::no_buffer_space ||
        failure == asio::error::no_memory || failure.value() == ENFILE) {
      return self->pause();
    }
    if (!failure) self->on_accept(loop, std::move(socket));
    self->accept();
  });
}

void Listener::on_accept(Loop& loop, Socket socket) {
  auto& shared = *loop.shared;
  auto const open = shared.connections_open.load(std::memory_order_relaxed);
  if (open >= shared.options.connections_max + refused_at_once_max) return;
  shared.connections_open.fetch_add(1, std::memory_order_relaxed);
  Code ignored;
  socket.set_option(Tcp::no_delay{true}, ignored);
  auto const admission =
      open < shared.options.connections_max ? Loop::Admission::granted : Loop::Admission::refused;
  if (&loop == loops_[0].get()) return loop.adopt(std::move(socket), admission);
  asio::post(loop.context, [&loop, admission, taken = std::move(socket)]() mutable {
    loop.adopt(std::move(taken), admission);
  });
}

/// Without a free descriptor accepting fails at once, again and again. Others go on meanwhile.
void Listener::pause() {
  timer_.expires_after(pause_ms);
  timer_.async_wait([self = shared_from_this()](Code const&) {
    if (!self->stopped_) self->accept();
  });
}

}  // namespace heed::http
