#include "server/proof/checkpoint.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "server/proof/base64.hpp"

namespace heed::proof {
namespace {

Failure<Error> malformed(std::string_view why) {
  return {{"checkpoint.malformed", "this is no checkpoint: " + std::string{why}, ""}};
}

// Without leading zeroes, so that there is one text for a size.
std::optional<std::int64_t> read_size(std::string_view text) {
  std::int64_t size = 0;
  auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), size);
  bool const whole = code == std::errc{} && end == text.data() + text.size();
  if (!whole || size < 0 || std::to_string(size) != text) return std::nullopt;
  return size;
}

}  // namespace

std::string to_text(Checkpoint const& checkpoint) {
  std::string text = checkpoint.origin + '\n' + std::to_string(checkpoint.tree.size) + '\n' +
                     to_base64(as_bytes(checkpoint.tree.hash)) + '\n';
  for (auto const& line : checkpoint.extensions) text += line + '\n';
  return text;
}

Expected<Checkpoint, Error> read_checkpoint(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    auto const end = text.find('\n');
    if (end == std::string_view::npos) return malformed("its last line does not end");
    if (end == 0) return malformed("it has an empty line");
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  if (lines.size() < 3) return malformed("it has fewer than three lines");
  auto const size = read_size(lines[1]);
  if (!size) return malformed("its second line is no size");
  auto const root = from_base64(lines[2]);
  if (!root || root->size() != sizeof(Digest)) return malformed("its third line is no hash");
  Checkpoint checkpoint{std::move(lines[0]), {*size, to_digest(*root)}, {}};
  std::ranges::move(lines.begin() + 3, lines.end(), std::back_inserter(checkpoint.extensions));
  return checkpoint;
}

Expected<Checkpoint, Error> open_checkpoint(std::string_view text, VerifierKey const& key) {
  auto const note = read_note(text);
  if (!note) return Failure<Error>{note.error()};
  auto const checkpoint = read_checkpoint(note.value().text);
  if (!checkpoint) return checkpoint;
  if (checkpoint.value().origin != key.name) {
    return Failure<Error>{
        {"checkpoint.other-log",
         "this is a head of the log `" + checkpoint.value().origin + "`, not of `" + key.name + "`",
         ""}};
  }
  switch (check_signature(note.value(), key)) {
    case Signing::holds:
      return checkpoint;
    case Signing::absent:
      return Failure<Error>{
          {"checkpoint.unsigned", "the key `" + to_text(key) + "` did not sign the head", ""}};
    case Signing::wrong:
      break;
  }
  return Failure<Error>{
      {"checkpoint.forged", "the signature under the head is not of its key", ""}};
}

}  // namespace heed::proof
