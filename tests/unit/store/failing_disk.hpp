#pragma once
#include <limits>

/// A disk that fails when told: an SQLite file system over the platform's own. power_cut.hpp is
/// what it keeps of a machine whose power goes.
namespace heed::store::testing {

enum class Fault {
  none,
  no_room,      // half of a write arrives, then the disk is full
  io_error,     // half of a write arrives, then it fails
  no_sync,      // a write holds, but making it durable fails
  no_read,      // a read fails
  no_truncate,  // cutting a file fails
  no_open,      // a file cannot be opened
  no_lock,      // a lock cannot be asked for
  held,         // another program holds the lock
  no_memory,    // the memory that readers and writers share cannot be had
  anything,     // whichever call it is, it fails as above; a write as io_error
};

/// The name to open a log with; registered at the first call.
char const* failing_disk();

/// From now on, `after` calls of that kind work, then as many as `times` fail. Any thread.
void set_fault(Fault fault, int after = 0, int times = std::numeric_limits<int>::max());

/// How many calls of the kind of `fault` there were since set_fault.
int calls_made();

}  // namespace heed::store::testing
