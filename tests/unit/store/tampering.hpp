#pragma once
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <vector>

/// Ways to change a log behind its back, chosen at random.
namespace heed::store::testing {

/// What was done, and where a verification must then point.
struct Tampering {
  std::string what;             // in words, with the row
  std::string table;            // empty where bytes of the file were changed
  std::int64_t sequence = 0;    // of the record that must be named; 0: none
  std::set<std::string> codes;  // that may be said; empty: any
};

/// A table whose rows say something that verify vouches for.
struct Covered {
  std::string name;
  std::vector<std::string> key;     // the columns that tell rows apart
  std::set<std::string> not_of_it;  // columns that no hash covers: docs/log-format.md
  std::set<std::string> codes;
};
std::vector<Covered> const& covered_tables();

/// Tables of which nothing is covered by a hash.
std::set<std::string> const& tables_not_covered();

/// Changes, deletes, adds, swaps or repeats rows of a table of the file, through SQL.
Tampering tamper_with_rows(std::string const& path, std::mt19937& chance);

/// As somebody without the key would who knows the format: changes a record or cuts the log, and
/// makes the hashes, the tree and the head fit.
Tampering forge(std::string const& path, std::mt19937& chance);

/// Changes the file itself: bits, sectors, pages, its end.
Tampering tamper_with_bytes(std::string const& path, std::mt19937& chance);

/// All that the file says in rows and tables: those that are covered, and the others. Each is
/// "unreadable" where SQLite cannot read it.
struct Said {
  std::string covered;
  std::string other;
};
Said what_it_says(std::string const& path);

}  // namespace heed::store::testing
