#include "server/http/loop.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <ctime>

#include "server/http/connection.hpp"
#include "server/http/render.hpp"
#include "server/http/round.hpp"

namespace heed::http {
namespace {

thread_local Loop* running = nullptr;  // by this thread

/// Deadlines are looked at this often: a quarter of the shortest, so none is missed by more.
std::chrono::milliseconds tick_of(Options const& options) {
  auto const shortest =
      std::min({options.idle_ms, options.handshake_ms, options.head_ms, options.body_ms,
                options.write_ms, options.linger_ms, options.drain_ms});
  return std::chrono::milliseconds{std::clamp(shortest / 4, 5u, 250u)};
}

}  // namespace

Loop::Loop(std::shared_ptr<Shared> all)
    : shared{std::move(all)}, timer_{context}, tick_ms_{tick_of(shared->options)} {
  date_ = http_date(std::time(nullptr));
}

void Loop::run() {
  wait_for_tick();
  running = this;
  context.run();
  std::vector<Mail> late;
  {
    std::lock_guard const lock{mailbox_mutex_};
    mailbox_closed_ = true;
    late.swap(mailbox_);
  }
  context.restart();
  context.poll();
  running = nullptr;
}

void after_round(std::function<void()> work) {
  if (running == nullptr) return work();
  boost::asio::post(running->context, std::move(work));
}

void Loop::deliver(std::shared_ptr<Connection> connection, Parcel parcel) {
  if (context.get_executor().running_in_this_thread()) {
    connection->take(std::move(parcel));
    return;
  }
  {
    std::lock_guard const lock{mailbox_mutex_};
    if (mailbox_closed_) return;
    mailbox_.push_back({std::move(connection), std::move(parcel)});
    if (mailbox_.size() > 1) return;  // the loop is already called: one call for a whole commit
  }
  boost::asio::post(context, [this] { empty_mailbox(); });
}

void Loop::empty_mailbox() {
  std::vector<Mail> mails;
  {
    std::lock_guard const lock{mailbox_mutex_};
    mails.swap(mailbox_);
  }
  for (auto& mail : mails) mail.connection->take(std::move(mail.parcel));
}

void Loop::adopt(Socket socket, Admission admission) {
  if (draining_) {
    shared->connections_open.fetch_sub(1, std::memory_order_relaxed);
    return;
  }
  auto connection =
      std::make_shared<Connection>(shared_from_this(), std::move(socket), connections_.size());
  connections_.push_back(connection);
  count(tally.connections);
  if (admission == Admission::granted) return connection->start();
  count(tally.connections_refused);
  connection->turn_away(Over::connections);
}

void Loop::release(Connection& connection) {
  auto const place = connection.place;
  connections_.back()->place = place;
  std::swap(connections_[place], connections_.back());
  auto const last = std::move(connections_.back());  // lives until we return
  connections_.pop_back();
  shared->connections_open.fetch_sub(1, std::memory_order_relaxed);
  end_when_drained();
}

void Loop::stop(Clock::time_point deadline) {
  boost::asio::post(context, [this, deadline] {
    draining_ = true;
    drain_deadline_ = deadline;
    auto const all = connections_;
    for (auto const& connection : all) connection->drain();
    end_when_drained();
  });
}

void Loop::end_when_drained() {
  if (draining_ && connections_.empty()) timer_.cancel();
}

void Loop::wait_for_tick() {
  timer_.expires_after(tick_ms_);
  timer_.async_wait([this](boost::system::error_code const&) {
    if (draining_ && connections_.empty()) return;
    tick();
    wait_for_tick();
  });
}

void Loop::tick() {
  date_ = http_date(std::time(nullptr));
  auto const now = Clock::now();
  last_tick_.store(now, std::memory_order_relaxed);
  bool const too_late = now >= drain_deadline_;
  for (std::size_t i = connections_.size(); i > 0; --i) {  // backwards: release moves the last
    if (i > connections_.size()) continue;
    auto const connection = connections_[i - 1];
    if (too_late) {
      connection->finish();
    } else {
      connection->check_deadline(now);
    }
  }
}

}  // namespace heed::http
