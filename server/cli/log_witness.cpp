#include "server/cli/log_witness.hpp"

#include <filesystem>

#include "server/cli/commands.hpp"
#include "server/cli/files.hpp"
#include "server/cli/log_file.hpp"
#include "server/cli/terminal.hpp"

namespace heed::cli {
namespace {

constexpr std::size_t witness_bytes_max = 64u << 10;

int tell_and(int status, Error const& error) {
  tell(error);
  return status;
}

/// The size in a head, which is its second line.
std::string size_of(std::string const& note) {
  auto const begin = note.find('\n') + 1;
  return note.substr(begin, note.find('\n', begin) - begin);
}

std::string words_of(std::optional<store::Witnessed> const& seen, store::Witnessed const& now) {
  if (!seen)
    return "seen for the first time: " + size_of(now.note) + " records, signed by " +
           now.verifier_key + "\n" + "compare that key with what the operator says is theirs\n";
  std::string text = "the log continues: " + size_of(seen->note) + " records were seen, " +
                     size_of(now.note) + " are there now\n";
  if (seen->verifier_key != now.verifier_key)
    text += "it signs with another key now: " + now.verifier_key + "\n";
  return text;
}

}  // namespace

Expected<std::optional<store::Witnessed>, Error> read_seen(std::string const& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error) && !error) return std::optional<store::Witnessed>{};
  auto const text = read_input(path, witness_bytes_max);
  if (!text) return Failure<Error>{text.error()};
  auto seen = store::read_witnessed(text.value());
  if (seen) return std::optional{std::move(seen).value()};
  Error failed = seen.error();
  failed.message = "`" + path + "`: " + failed.message;
  return Failure<Error>{failed};
}

int run(LogWitness const& options) {
  if (!options.key.empty()) {
    if (auto const key = proof::read_verifier_key(options.key); !key)
      return tell_and(cannot, key.error());
  }
  auto const reader = open_log(options.store);
  if (!reader) return cannot;
  auto const seen = read_seen(options.file);
  if (!seen) return tell_and(cannot, seen.error());
  auto const now = store::witness(*reader, seen.value(), options.key);
  if (!now) {
    bool const is_verdict = now.error().code.starts_with("witness.");
    tell(now.error());
    auto const head = reader->signed_head();
    if (is_verdict && head) put(stderr, "the head that the log shows:\n" + head.value().note);
    return is_verdict ? does_not_hold : cannot;
  }
  if (auto const kept = replace_file(options.file, store::to_text(now.value())); !kept)
    return tell_and(cannot, kept.error());
  return put(stdout, words_of(seen.value(), now.value())) ? done : cannot;
}

}  // namespace heed::cli
