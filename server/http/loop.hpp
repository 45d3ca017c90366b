#pragma once
#include <array>
#include <atomic>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server/http/accounts.hpp"
#include "server/http/message.hpp"
#include "server/http/options.hpp"
#include "server/http/over.hpp"
#include "server/http/request_id.hpp"
#include "server/http/router.hpp"

/// One event loop: its thread runs every step of its connections, so these need no locks.
namespace heed::http {

class Connection;

using Clock = std::chrono::steady_clock;
using Executor = boost::asio::io_context::executor_type;  // a concrete type: no virtual calls
using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;
using Timer = boost::asio::basic_waitable_timer<Clock, boost::asio::wait_traits<Clock>, Executor>;

/// What all loops of a server share.
struct Shared {
  Options options;
  Router router;
  Allowance allowance;
  Accounts accounts{limits::http_clients_known_max};
  std::array<std::atomic<std::uint64_t>, static_cast<std::size_t>(Over::count)> over{};
  void note(Over what) { over.at(static_cast<std::size_t>(what)).fetch_add(1); }

  std::atomic<std::size_t> connections_open{0};
  std::atomic<std::size_t> requests_under_way{0};
  std::atomic<std::size_t> bodies_bytes{0};
};

/// What a loop counts; written by its thread, read by any.
struct Tally {
  std::atomic<std::uint64_t> connections{0};
  std::atomic<std::uint64_t> connections_refused{0};
  std::atomic<std::uint64_t> requests{0};
  std::atomic<std::uint64_t> requests_refused{0};
  std::atomic<std::uint64_t> bytes_received{0};
  std::atomic<std::uint64_t> bytes_sent{0};
  std::atomic<std::uint64_t> timeouts{0};
  std::atomic<std::uint64_t> handshakes{0};
  std::atomic<std::uint64_t> handshakes_failed{0};
};

/// Adds to a counter that only this thread writes.
inline void count(std::atomic<std::uint64_t>& counter, std::uint64_t by = 1) {
  counter.store(counter.load(std::memory_order_relaxed) + by, std::memory_order_relaxed);
}

struct Piece {
  std::string text;
  End end = End::no;
};

struct CutOff {};  // no piece will come any more

using Parcel = std::variant<Response, Piece, CutOff>;

class Loop : public std::enable_shared_from_this<Loop> {
 public:
  explicit Loop(std::shared_ptr<Shared> all);

  /// Runs until stop() was asked for and every connection has ended.
  void run();

  /// Gives what a handler answered to its connection. Any thread; at once on the loop's own. After
  /// run() has ended it is dropped.
  void deliver(std::shared_ptr<Connection> connection, Parcel parcel);

  /// Closes what is idle, lets the rest answer until `deadline`, then closes that too. Any thread.
  void stop(Clock::time_point deadline);

  // The rest is for the loop's own thread.

  enum class Admission { granted, refused };

  /// Starts a connection that was counted in shared->connections_open.
  void adopt(Socket socket, Admission admission);

  void release(Connection& connection);

  std::string_view date() const { return date_; }  // now, for the Date field
  bool draining() const { return draining_; }

  /// When the loop last looked at its deadlines; any thread.
  Clock::time_point last_tick() const { return last_tick_.load(std::memory_order_relaxed); }

  std::shared_ptr<Shared> const shared;
  Tally tally;
  RequestIds ids;
  boost::asio::io_context context{1};

 private:
  struct Mail {
    std::shared_ptr<Connection> connection;
    Parcel parcel;
  };

  void tick();
  void wait_for_tick();
  void empty_mailbox();
  void end_when_drained();

  Timer timer_;
  std::chrono::milliseconds tick_ms_;
  std::vector<std::shared_ptr<Connection>> connections_;  // each knows its place
  std::string date_;
  std::atomic<Clock::time_point> last_tick_{Clock::now()};
  bool draining_ = false;
  Clock::time_point drain_deadline_ = Clock::time_point::max();

  std::mutex mailbox_mutex_;
  std::vector<Mail> mailbox_;
  bool mailbox_closed_ = false;
};

}  // namespace heed::http
