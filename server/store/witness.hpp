#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "server/store/reader.hpp"

/// What an auditor keeps of a log, so that it cannot be written anew behind their back.
namespace heed::store {

/// The key that they trust, and the last head that they saw it sign.
struct Witnessed {
  std::string verifier_key;
  std::string note;
};

/// The key's line, then the note.
std::string to_text(Witnessed const& seen);

/// Fails with witness.unreadable where `text` is not that, or the key did not sign the note.
Expected<Witnessed, Error> read_witnessed(std::string_view text);

/// Whether what the log holds now continues what was seen: what to keep from now on.
///
/// Believes nothing of the store: each new head must be signed and proved to begin with the one
/// before; a new key must be named by a record that the old key signed for, unless it is `trusted`.
/// Where nothing was seen, the log's key is taken, or `trusted` where one is given.
///
/// Fails with witness.shorter (the log was cut off, or an older copy was put back), witness.forked
/// (as many records, but others), witness.rewritten (more, but not after those that were seen),
/// witness.other-log, witness.key (the key is not one to trust), witness.signature.
Expected<Witnessed, Error> witness(Reader& reader, std::optional<Witnessed> const& seen,
                                   std::string_view trusted);

}  // namespace heed::store
