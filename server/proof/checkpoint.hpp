#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/expected.hpp"
#include "server/proof/note.hpp"
#include "server/proof/paths.hpp"

/// Checkpoints (C2SP tlog-checkpoint): a tree's head as the text of a note.
namespace heed::proof {

struct Checkpoint {
  std::string origin;  // which log; also the name of its keys
  Root tree;
  std::vector<std::string> extensions = {};  // further lines, none of them empty
  bool operator==(Checkpoint const&) const = default;
};

/// Three lines or more, each with its line feed.
std::string to_text(Checkpoint const& checkpoint);

/// Fails with checkpoint.malformed.
Expected<Checkpoint, Error> read_checkpoint(std::string_view text);

/// A checkpoint out of the note that `key` signed; its origin is the key's name.
///
/// Fails with note.malformed, checkpoint.malformed, checkpoint.unsigned (the key did not sign it),
/// checkpoint.forged (what stands there as its signature is none), checkpoint.other-log.
Expected<Checkpoint, Error> open_checkpoint(std::string_view note, VerifierKey const& key);

}  // namespace heed::proof
