#pragma once
#include <sys/types.h>

#include <string>
#include <string_view>

#include "engine/base/expected.hpp"

/// Files that are never seen half written.
namespace heed::files {

/// How a file is replaced.
struct Replacing {
  /// Behind the file's own name: what the new one is called until it is whole. Whatever has that
  /// name goes.
  std::string_view beside = ".new";
  mode_t mode = 0600;

  enum class Rights { exact, masked };  // masked: without what the program's umask takes away
  Rights rights = Rights::exact;

  enum class Name { durable, soon };  // soon: after a power cut the old file may be back
  Name name = Name::durable;
};

/// What could not be done, and the errno of it.
struct Fault {
  enum class Step { open, write, name, settle };  // settle: make the name durable
  Step step = Step::open;
  int number = 0;
};

/// Puts `text` in the place of the file, whole or not at all: what a crash leaves is the old or
/// the new one. The new one's bytes are durable before it gets the name. What a failure leaves of
/// it is taken away, but after `settle`: then it has its place.
Expected<Done, Fault> replace(std::string const& path, std::string_view text, Replacing const& how);

/// What was renamed to `path` or linked there keeps that name through a power cut once this is
/// done. False, with errno, where it cannot be.
bool make_name_durable(std::string const& path);

}  // namespace heed::files
