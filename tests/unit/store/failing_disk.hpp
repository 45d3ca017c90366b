#pragma once

/// A disk that fails when told: an SQLite file system over the platform's own.
namespace heed::store::testing {

enum class Fault {
  none,
  no_room,   // a write answers that the disk is full
  io_error,  // a write fails
  no_sync,   // a write holds, but making it durable fails
};

/// The name to open a log with; registered at the first call.
char const* failing_disk();

/// From now on, `after` calls of that kind work and the ones after them fail. Any thread.
void set_fault(Fault fault, int after = 0);

/// How many calls of the kind of `fault` there were since set_fault.
int calls_made();

}  // namespace heed::store::testing
