#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/source.hpp"
#include "server/store/problem.hpp"
#include "server/store/reader.hpp"
#include "server/store/verify_policies.hpp"

/// Computes the whole log again and names the first thing that is not as it was written.
namespace heed::store {

/// What a check found in a record, where it does not agree with it.
struct Objection {
  std::string expected;
  std::string found;
  std::string message;
};

/// Asked about each record whose hash holds and that can be read, with what is sealed in it opened;
/// `policy` is null where the record names none. Must not call the reader that is verifying.
using RecordCheck =
    std::function<std::optional<Objection>(Record const&, StoredPolicy const* policy)>;

struct VerifyOptions {
  /// The revision of sources; revision_of where none is given.
  std::function<std::string(std::span<SourceText const>)> revision = {};
  /// Compute decisions again, each check on a thread of its own: it is asked about one record at a
  /// time, in sequence, but not about all. Where none is given nothing is computed again.
  std::vector<RecordCheck> checks = {};
  std::function<void(std::int64_t done, std::int64_t of)> progress =
      {};  // each block, and at the end
};

/// What was looked at, up to the first problem.
struct Verification {
  std::int64_t records = 0;   // that hold
  std::int64_t policies = 0;  // revisions whose sources hold
  std::int64_t last_sequence = 0;
  Digest root{};                    // of the tree over them
  std::int64_t signed_records = 0;  // under the last signed head; the rest waits for the next
  std::string checkpoint;           // that head, to compare with one kept elsewhere: a log that
                                    // was cut off or written anew by who has the key shows there
  std::vector<std::string> keys;    // that signed, the present one last
  std::int64_t keys_not_handed_over = 0;  // that the key before them did not sign
  std::int64_t activations = 0;           // of policies, each of which goes on from the one before
  LateDecisions late_decisions = {};
  std::int64_t sealed = 0;   // records in which something is sealed; of these:
  std::int64_t erased = 0;   // sealed for good, for their key was destroyed
  std::int64_t locked = 0;   // not opened: the reader has no master key
  std::int64_t dropped = 0;  // records of which only the hashes are left
  std::string store_id;
  std::optional<Problem> problem;
};

/// Verifies what the log holds when the call begins: records, tree, head, signatures, sources,
/// index, keys and at last the structure of the file. The writer is not held up; `reader` is busy
/// for a block of records at a time.
///
/// Fails only where nothing can be said; what is damaged is a problem, not an error.
Expected<Verification, Error> verify(Reader& reader, VerifyOptions const& options);

}  // namespace heed::store
