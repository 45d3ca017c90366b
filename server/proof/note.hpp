#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/expected.hpp"
#include "server/proof/key.hpp"

/// Signed notes (C2SP signed-note): a text, an empty line, and a line for each signature.
namespace heed::proof {

struct Signature {
  std::string name;  // of the key
  KeyId id{};
  std::string bytes;
  bool operator==(Signature const&) const = default;
};

struct Note {
  std::string text;  // ends with a line feed
  std::vector<Signature> signatures;
  bool operator==(Note const&) const = default;
};

/// Signs `text`, which ends with a line feed, with each key.
Note make_note(std::string text, std::vector<SigningKey const*> const& keys);

std::string to_text(Note const& note);

/// Fails with note.malformed. Nothing is verified.
Expected<Note, Error> read_note(std::string_view text);

/// What a key says of a note: it did not sign it, it did, or a signature in its name is not its.
enum class Signing { absent, holds, wrong };
Signing check_signature(Note const& note, VerifierKey const& key);

}  // namespace heed::proof
