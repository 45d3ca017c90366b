#pragma once
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include "engine/base/diagnostic.hpp"
#include "engine/base/error.hpp"

/// What goes to the person at the terminal: errors, colours, progress.
namespace heed::cli {

/// On where the stream is a terminal, NO_COLOR is not set and TERM is not `dumb`.
Colour colour_of(std::FILE* stream);

/// An error and its help on standard error.
void tell(Error const& error);

/// Writes all of it; false where the reader has gone or the disk is full. Of standard output the
/// latter is told.
bool put(std::FILE* stream, std::string_view text);

/// The same on standard output for people: what others wrote is in it, so control characters but
/// line feeds and tabulators are shown, not sent.
bool put_words(std::string_view text);

/// Hands on what was put to standard output. False where that fails, and told as by put.
bool flush_output();

/// A line on standard error that says how far long work is, how fast it goes and, where that can be
/// known, how long it will take yet. Silent where standard error is no terminal, and for the first
/// half second.
class Progress {
 public:
  explicit Progress(std::string what);
  ~Progress();
  Progress(Progress const&) = delete;
  Progress& operator=(Progress const&) = delete;

  /// `of` 0: how much there is is not known.
  void show(std::uint64_t so_far, std::uint64_t of = 0);

 private:
  std::string what_;
  bool on_;
  bool shown_ = false;
  std::int64_t const begun_ms_;
  std::int64_t next_ms_;
};

}  // namespace heed::cli
