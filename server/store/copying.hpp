#pragma once
#include <cstdint>
#include <functional>
#include <string>

#include "server/store/database.hpp"

/// Copies of a log, for backups and for putting one back. A copy is made beside its name, as
/// `NAME.part`, and gets the name once it is whole and was examined; whatever ends it before leaves
/// nothing under the name, and the next copy there clears away the rest.
namespace heed::store {

enum class Place {
  free,   // nothing may be there
  taken,  // what is there is kept under CopyOptions::aside
};

struct CopyOptions {
  std::string from;  // a log; it may be written meanwhile, and of whatever version
  std::string to;
  Place place = Place::free;
  std::string aside = {};  // where the log at `to` is kept; nothing may be there
  /// Brings the copy to the present version, where the log is of an earlier one.
  bool bring_up_to_date = false;
  CopyProgress go_on = {};
  /// Looks at the whole copy, which is one file at `path`; what it fails with ends the copying. It
  /// must close the file again.
  std::function<Expected<Done, Error>(std::string const& path)> examine = {};
  std::string vfs = {};  // the SQLite file system of the copy; empty: the platform's
};

/// Copies the log as it is at one moment. The copy is a file of its own, for its owner alone,
/// without the key that signs.
///
/// Fails with copy.exists (something is at `to`, or at `aside`), copy.in-use (another program has
/// the log at `to` open, or copies there), copy.interrupted, copy.unwritable, what `examine` fails
/// with, and as reading and writing a log do.
Expected<Done, Error> copy_log(CopyOptions const& options);

/// Whether a log, or what is left of one, is at the path.
bool is_taken(std::string const& path);

}  // namespace heed::store
