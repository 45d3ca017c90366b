#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/cli/policy.hpp"

/// What `heed test` writes down for people and for other programs.
namespace heed::cli {

/// A policy whose tests have run; one with errors, or that cannot be read, has run none.
struct Tested {
  PolicyOnDisk policy;
  TestRun run;
  std::int64_t took_ms = 0;
  std::optional<Error> unreadable;
};

/// `rules/a.heed:12`.
std::string place_text(Place const& where, std::vector<SourceText> const& sources);

/// What the tests reached, in shares, and line by line what they did not.
std::string coverage_text(Tested const& tested);

/// The tracefile format of lcov: lines of rules, of parts of conditions and of table rows; rules as
/// functions; two branches for each part. Source files as they were named on the command line.
std::string lcov_text(std::vector<Tested> const& all);

/// JUnit XML: a suite for each policy, a case for each test. A policy that cannot be loaded is a
/// suite with one case that is an error.
std::string junit_text(std::vector<Tested> const& all);

/// Writes the pages of coverage into `folder`, which is made where it is not there; for several
/// policies into a folder for each, beside an `index.html` that leads to them. Fails with
/// file.unwritable.
Expected<Done, Error> write_coverage_pages(std::string const& folder,
                                           std::vector<Tested> const& all,
                                           std::string const& language);

}  // namespace heed::cli
