#pragma once
#include <boost/asio/basic_socket_acceptor.hpp>
#include <cstdint>
#include <memory>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/expected.hpp"
#include "server/http/loop.hpp"

namespace heed::http {

/// Takes connections on the first loop's thread and deals them out to all loops in turn.
class Listener : public std::enable_shared_from_this<Listener> {
 public:
  explicit Listener(std::vector<std::shared_ptr<Loop>> loops);

  /// Binds to the options' address and answers the port. Before the loops run.
  Expected<std::uint16_t, Error> open();

  /// Begins to accept.
  void start();

  /// Any thread.
  void stop();

 private:
  using Acceptor = boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, Executor>;

  void accept();
  void on_accept(Loop& loop, Socket socket);
  void pause();

  std::vector<std::shared_ptr<Loop>> loops_;
  Acceptor acceptor_;
  Timer timer_;
  std::size_t next_ = 0;
  bool stopped_ = false;
};

}  // namespace heed::http
