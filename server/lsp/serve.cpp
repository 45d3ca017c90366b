#include "server/lsp/serve.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "server/lsp/frames.hpp"
#include "server/lsp/session.hpp"

namespace heed::lsp {

namespace {

using namespace std::chrono_literals;
constexpr auto test_delay = 300ms;     // tests wait until the author pauses
constexpr auto watch_delay = 5'000ms;  // how often the editor's process is looked for

/// What was read and is not handled yet. Two threads share it.
class Inbox {
 public:
  void put(Frame frame) {
    bool const is_cancel = frame.body.find("\"$/cancelRequest\"") != std::string::npos;
    {
      std::lock_guard const lock{mutex_};
      (is_cancel ? cancels_ : frames_).push_back(std::move(frame));
    }
    news_.notify_one();
  }
  void close() {
    {
      std::lock_guard const lock{mutex_};
      is_closed_ = true;
    }
    news_.notify_one();
  }
  struct Taken {
    std::optional<Frame> frame;
    std::deque<Frame> cancels;  // that came so far
    bool is_closed = false;     // and nothing waits any more
  };
  /// Waits at most so long for a frame.
  Taken take(std::chrono::milliseconds wait) {
    std::unique_lock lock{mutex_};
    news_.wait_for(lock, wait, [&] { return !frames_.empty() || is_closed_; });
    Taken taken;
    taken.cancels.swap(cancels_);
    taken.is_closed = is_closed_ && frames_.empty();
    if (frames_.empty()) return taken;
    taken.frame = std::move(frames_.front());
    frames_.pop_front();
    return taken;
  }

 private:
  std::mutex mutex_;
  std::condition_variable news_;
  std::deque<Frame> frames_, cancels_;
  bool is_closed_ = false;
};

/// Reads until the end, or until `stop` is written to.
void read_all(int input, int stop, Inbox& inbox) {
  Frames frames;
  char block[65536];
  while (true) {
    pollfd waiting[] = {{input, POLLIN, 0}, {stop, POLLIN, 0}};
    if (::poll(waiting, 2, -1) < 0 && errno != EINTR) break;
    if (waiting[1].revents != 0) break;
    if (waiting[0].revents == 0) continue;
    auto const count = ::read(input, block, sizeof block);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    frames.feed({block, static_cast<std::size_t>(count)});
    while (auto frame = frames.take()) inbox.put(std::move(*frame));
  }
  inbox.close();
}

bool write_all(int output, std::string_view text) {
  while (!text.empty()) {
    auto const written = ::write(output, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool is_gone(std::optional<int> process) {
  return process && ::kill(*process, 0) != 0 && errno == ESRCH;
}

bool send_all(int output, Session& session) {
  for (auto const& message : session.take_output())
    if (!write_all(output, framed(message))) return false;
  return true;
}

std::chrono::milliseconds wait_for(Session::Work work) {
  if (work == Session::Work::check) return 0ms;
  return work == Session::Work::test ? test_delay : watch_delay;
}

int converse(int output, Session& session, Inbox& inbox) {
  while (!session.exit_status()) {
    auto const work = session.waiting();
    auto const taken = inbox.take(wait_for(work));
    for (auto const& cancel : taken.cancels) session.cancel(cancel.body);
    if (taken.frame && taken.frame->is_broken) {
      session.handle_broken();
    } else if (taken.frame) {
      session.handle(taken.frame->body);
    } else if (taken.is_closed || is_gone(session.editor())) {
      return 1;
    } else if (work != Session::Work::none) {
      session.work();
    }
    if (!send_all(output, session)) return 1;
  }
  return *session.exit_status();
}

}  // namespace

int serve(int input, int output, Host host) {
  Session session{std::move(host)};
  Inbox inbox;
  int const stop = ::eventfd(0, EFD_CLOEXEC);
  std::thread reader{[&] { read_all(input, stop, inbox); }};
  int const status = converse(output, session, inbox);
  std::uint64_t const one = 1;
  if (::write(stop, &one, sizeof one) < 0) {
    // The reader ends with its input then.
  }
  reader.join();
  ::close(stop);
  return status;
}

}  // namespace heed::lsp
