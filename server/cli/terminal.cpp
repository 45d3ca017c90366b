#include "server/cli/terminal.hpp"

#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>

#include "engine/base/visible.hpp"

namespace heed::cli {
namespace {

std::int64_t now_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

/// `45 s`, `3 min 20 s`, `2 h 5 min`.
std::string words_of_seconds(std::uint64_t seconds) {
  if (seconds < 60) return std::to_string(seconds) + " s";
  auto const minutes = seconds / 60;
  if (minutes < 60) return std::to_string(minutes) + " min " + std::to_string(seconds % 60) + " s";
  return std::to_string(minutes / 60) + " h " + std::to_string(minutes % 60) + " min";
}

/// Once. A reader that has gone is no mistake: `heed log list … | head`.
void tell_unwritable(int why) {
  static bool is_told = false;
  if (is_told) return;
  is_told = true;
  if (why == EPIPE) return;
  tell({"output.unwritable", std::string{"cannot write to standard output: "} + std::strerror(why),
        "what was written is not whole; look at the disk that it goes to"});
}

}  // namespace

Colour colour_of(std::FILE* stream) {
  char const* const no_color = std::getenv("NO_COLOR");
  char const* const term = std::getenv("TERM");
  if (no_color != nullptr && *no_color != '\0') return Colour::off;
  if (term == nullptr || std::string_view{term} == "dumb") return Colour::off;
  return isatty(fileno(stream)) == 1 ? Colour::on : Colour::off;
}

void tell(Error const& error) {
  bool const tinted = colour_of(stderr) == Colour::on;
  std::string text = tinted ? "\x1b[1;31merror[" : "error[";
  text += std::string{error.code} + "]:" + (tinted ? "\x1b[0m " : " ") +
          visible(error.message, LineFeeds::keep) + "\n";
  if (!error.help.empty()) text += "help: " + visible(error.help, LineFeeds::keep) + "\n";
  put(stderr, text);
}

bool put(std::FILE* stream, std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stream) == text.size()) return true;
  if (stream == stdout) tell_unwritable(errno);
  return false;
}

bool put_words(std::string_view text) {
  return put(stdout, visible(text, LineFeeds::keep));
}

bool flush_output() {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return true;
  tell_unwritable(errno);
  return false;
}

Progress::Progress(std::string what)
    : what_{std::move(what)},
      on_{isatty(STDERR_FILENO) == 1},
      begun_ms_{now_ms()},
      next_ms_{begun_ms_ + 500} {}

Progress::~Progress() {
  if (shown_) put(stderr, "\r\x1b[K");
}

void Progress::show(std::uint64_t so_far, std::uint64_t of) {
  if (!on_) return;
  std::int64_t const now = now_ms();
  if (now < next_ms_) return;
  next_ms_ = now + 100;
  shown_ = true;
  std::string line = "\r\x1b[K" + what_ + ": " + std::to_string(so_far);
  if (of > 0)
    line += " of " + std::to_string(of) + " (" + std::to_string(so_far * 100 / of) + " %)";
  auto const taken_ms = static_cast<std::uint64_t>(now - begun_ms_);
  if (so_far > 0 && taken_ms > 0)
    line += ", " + std::to_string(so_far * 1000 / taken_ms) + " a second";
  if (so_far > 0 && of > so_far)
    line += ", " + words_of_seconds((of - so_far) * taken_ms / so_far / 1000 + 1) + " left";
  put(stderr, line);
}

}  // namespace heed::cli
