#include "server/proof/note.hpp"

#include <algorithm>

#include "server/proof/base64.hpp"

namespace heed::proof {
namespace {

constexpr std::string_view dash = "\u2014 ";
constexpr std::size_t note_bytes_max = 64u << 10;
constexpr std::size_t signatures_max = 64;

Failure<Error> malformed(std::string_view why) {
  return {{"note.malformed", "this is no signed note: " + std::string{why}, ""}};
}

Expected<Signature, Error> read_signature(std::string_view line) {
  if (!line.starts_with(dash)) return malformed("a signature begins with a dash and a blank");
  line.remove_prefix(dash.size());
  auto const blank = line.find(' ');
  auto const bytes =
      blank == std::string_view::npos ? std::nullopt : from_base64(line.substr(blank + 1));
  Signature signature{std::string{line.substr(0, std::min(blank, line.size()))}, {}, {}};
  bool const is_named = !signature.name.empty() && signature.name.find('+') == std::string::npos;
  if (!is_named || !bytes || bytes->size() <= signature.id.size())
    return malformed("a signature is a name and base64");
  std::copy_n(bytes->begin(), signature.id.size(), signature.id.begin());
  signature.bytes = bytes->substr(signature.id.size());
  return signature;
}

}  // namespace

Note make_note(std::string text, std::vector<SigningKey const*> const& keys) {
  Note note{std::move(text), {}};
  for (SigningKey const* key : keys)
    note.signatures.push_back({key->name(), key->verifier().id, key->sign(note.text)});
  return note;
}

std::string to_text(Note const& note) {
  std::string text = note.text + '\n';
  for (Signature const& signature : note.signatures) {
    std::string const id{signature.id.begin(), signature.id.end()};
    text.append(dash).append(signature.name) += ' ';
    text += to_base64(id + signature.bytes) + '\n';
  }
  return text;
}

Expected<Note, Error> read_note(std::string_view text) {
  if (text.size() > note_bytes_max) return malformed("it is too long");
  auto const is_control = [](char letter) {
    return static_cast<unsigned char>(letter) < 0x20 && letter != '\n';
  };
  if (std::ranges::any_of(text, is_control)) return malformed("it has a control character");
  auto const end = text.rfind("\n\n");
  if (end == std::string_view::npos || !text.ends_with('\n'))
    return malformed("an empty line and signatures are missing");
  Note note{std::string{text.substr(0, end + 1)}, {}};
  std::string_view lines = text.substr(end + 2);
  if (lines.empty()) return malformed("it has no signature");
  while (!lines.empty()) {
    auto const line_end = lines.find('\n');
    auto signature = read_signature(lines.substr(0, line_end));
    if (!signature) return Failure<Error>{signature.error()};
    note.signatures.push_back(std::move(signature).value());
    if (note.signatures.size() > signatures_max) return malformed("it has too many signatures");
    lines.remove_prefix(line_end + 1);
  }
  return note;
}

Signing check_signature(Note const& note, VerifierKey const& key) {
  Signing found = Signing::absent;
  for (Signature const& signature : note.signatures) {
    if (signature.name != key.name || signature.id != key.id) continue;
    if (!is_signed(key.key, note.text, signature.bytes)) return Signing::wrong;
    found = Signing::holds;
  }
  return found;
}

}  // namespace heed::proof
