#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/error.hpp"
#include "engine/base/expected.hpp"

namespace heed::store {

/// What is wrong with a log. Released codes never change:
///
/// verify.gap         a record is missing; `sequence` is the first one missing
/// verify.surplus     there is a record that the head does not know
/// verify.link        a record of format 1 is not bound to the one before it
/// verify.hash        a record is not what was written
/// verify.format      a record is of a form that this program does not know
/// verify.tree        a tile of the tree is not over the records; `sequence` is the last one below
/// verify.head        the head is not the root of the tree over all records
/// verify.signature   a head is not signed, or what is signed is not what the log holds
/// verify.signer      the keys that sign are not those that the log recorded
/// verify.no-policy   the sources of the policy that decided a record are missing
/// verify.policy      they are not the sources of that revision
/// verify.decision    `VerifyOptions::check` objects
/// verify.index       the index over a block of records, of which `sequence` is the last, is wrong
/// verify.key         the idempotency key of a record no longer leads to it
/// verify.kind        a record holds what its kind does not allow
/// verify.sealed      what is sealed in a record is not what was sealed, or its key is not
/// verify.erasure     a key of sealed values is gone, and no record says so
/// verify.dropped     what a record held is gone, and no record says so
/// verify.structure   the file itself is damaged
struct Problem {
  std::string_view code;
  std::int64_t sequence = 0;  // of the record; 0 where it is not about one
  std::string expected;
  std::string found;
  std::string message;  // what is wrong, for a person
};

/// Nothing where all is well; an error where that cannot be said.
using Finding = Expected<std::optional<Problem>, Error>;

}  // namespace heed::store
