#pragma once
#include <unistd.h>

namespace heed::files {

/// An open file, closed at the end of its life; a lock on it goes with it.
struct Handle {
  int number = -1;  // -1 where it could not be opened
  explicit Handle(int opened) : number{opened} {}
  Handle(Handle const&) = delete;
  Handle& operator=(Handle const&) = delete;
  ~Handle() {
    if (number >= 0) ::close(number);
  }
};

}  // namespace heed::files
