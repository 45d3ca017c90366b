#include <filesystem>

#include "server/cli/commands.hpp"
#include "server/cli/counted.hpp"
#include "server/cli/log_copy.hpp"
#include "server/cli/log_file.hpp"
#include "server/cli/log_verify.hpp"
#include "server/cli/terminal.hpp"
#include "server/store/copying.hpp"

namespace heed::cli {
namespace {

/// Whether the copy holds; a log that is damaged is no backup.
Expected<Done, Error> examine(std::string const& path, Verified& verified) {
  auto const reader = store::Reader::open({.path = path});
  if (!reader) return Failure<Error>{reader.error()};
  auto found = verify_log(*reader.value(), 1, Depth::quick);
  if (!found) return Failure<Error>{found.error()};
  verified = std::move(found).value();
  if (!verified.found.problem) return Done{};
  return Failure<Error>{
      {"verify.failed",
       "the log does not hold, and no copy was made: " + words_of(*verified.found.problem),
       "`heed log verify` says more; keep the file as it is"}};
}

}  // namespace

int run(LogBackup const& options) {
  if (!open_log(options.store)) return cannot;  // tells why, before anything is made
  Verified verified;
  ClearedWhenEnded const cleared{options.copy};
  std::optional<Progress> progress{"pages copied"};
  auto const copied = store::copy_log({.from = options.store,
                                       .to = options.copy,
                                       .go_on =
                                           [&](std::int64_t done_now, std::int64_t of) {
                                             progress->show(static_cast<std::uint64_t>(done_now),
                                                            static_cast<std::uint64_t>(of));
                                             return true;
                                           },
                                       .examine =
                                           [&](std::string const& path) {
                                             progress.reset();
                                             return examine(path, verified);
                                           }});
  progress.reset();
  if (!copied) {
    tell(copied.error());
    return status_of(copied.error());
  }
  std::error_code ignored;
  auto const bytes = std::filesystem::file_size(options.copy, ignored);
  auto const text =
      "copied " + counted(verified.found.records, "record") + ", " +
      words_of_bytes(ignored ? 0 : bytes) + ", to " + options.copy +
      "\nthe copy holds: its records, tree, signatures, policies and index were computed again\n"
      "not checked: that each decision is what its policy decides; `heed log verify` does that\n"
      "not in the copy: the keys, of signing and of sealing. Keep each in a place of its own\n";
  return put(stdout, text) ? done : cannot;
}

}  // namespace heed::cli
