#pragma once
#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "server/http/loop.hpp"

namespace heed::http {

struct TlsContext;

/// The bytes of one client: as they come, or sealed under TLS. Plain ones pay one test for that.
///
/// INVARIANT: at most one operation is under way. The caller keeps the channel until it has ended.
class Channel {
 public:
  using Code = boost::system::error_code;
  using Moved = std::function<void(Code const&, std::size_t)>;
  using Then = std::function<void(Code const&)>;

  /// Plain where `tls` is empty.
  Channel(Socket socket, std::shared_ptr<TlsContext> tls);
  ~Channel();
  Channel(Channel const&) = delete;
  Channel& operator=(Channel const&) = delete;

  bool is_sealed() const { return sealed_; }

  /// The peer's address; empty where it has gone.
  std::string client() const;

  /// First of all, where the channel is sealed.
  void shake_hands(Then then);

  /// Whether a handshake failed because the client does not speak TLS but HTTP.
  static bool heard_plain_http(Code const& failure);

  /// From here on the bytes go as they are.
  void unseal() { sealed_ = false; }

  template <class Done>
  void read_some(boost::asio::mutable_buffer room, Done done) {
    if (sealed_) return read_sealed(room, std::move(done));
    socket_.async_read_some(room, std::move(done));
  }

  template <class Done>
  void write(boost::asio::const_buffer bytes, Done done) {
    if (sealed_) return write_sealed(bytes, std::move(done));
    boost::asio::async_write(socket_, bytes, std::move(done));
  }

  /// Says that nothing more comes. What the client still sends can be read afterwards, unsealed.
  void end_output(std::function<void()> then);

  void cancel();
  void close();
  bool has_unread() const;
  Executor executor() { return socket_.get_executor(); }

 private:
  struct Sealed;
  void read_sealed(boost::asio::mutable_buffer room, Moved done);
  void write_sealed(boost::asio::const_buffer bytes, Moved done);

  Socket socket_;
  std::unique_ptr<Sealed> tls_;  // INVARIANT: after socket_, which it refers to
  bool sealed_ = false;
};

}  // namespace heed::http
