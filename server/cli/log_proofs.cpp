#include "server/api/proof_text.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/log_file.hpp"
#include "server/cli/terminal.hpp"
#include "server/store/log.hpp"
#include "server/store/uuid.hpp"

namespace heed::cli {
namespace {

int tell_and(int status, Error const& error) {
  tell(error);
  return status;
}

/// The way to sign is to open the log for writing; a command that only reads cannot.
Error not_signed() {
  return {"log.unsigned", "the head of the log is not signed",
          "the server signs it when it starts"};
}

Expected<proof::VerifierKey, Error> rotate(LogKey const& options) {
  // A log is not made where there is none: its name may be mistyped.
  if (auto const there = check_is_log(options.store); !there) return Failure<Error>{there.error()};
  store::UuidSource ids;
  std::string id = ids.next(store::system_now_us());
  store::LogOptions log{.path = options.store, .key_path = options.key_file, .seals = false};
  if (options.lost) return store::replace_lost_key(std::move(log), std::move(id));
  auto opened = store::Log::open(std::move(log));
  if (!opened) return Failure<Error>{opened.error()};
  return opened.value()->rotate_key(std::move(id));
}

}  // namespace

int run(LogProve const& options) {
  auto const reader = open_log(options.store);
  if (!reader) return cannot;
  int status = done;
  auto const record = find_record(*reader, options.id, status);
  if (!record) return status;
  auto const head = reader->signed_head();
  if (!head) return tell_and(cannot, head.error());
  auto const proved = api::find_proved(*reader, record->sequence);
  if (!proved) return tell_and(cannot, proved.error());
  if (!proved.value()) return tell_and(does_not_hold, no_such_record(options.id));
  auto const proof = api::inclusion_json(*reader, *proved.value(), head.value());
  if (!proof) return tell_and(cannot, proof.error());
  return put(stdout, proof.value() + "\n") ? done : cannot;
}

int run(LogCheckpoint const& options) {
  auto const reader = open_log(options.store);
  if (!reader) return cannot;
  auto const head = reader->signed_head();
  if (!head) return tell_and(cannot, head.error());
  if (head.value().note.empty()) return tell_and(cannot, not_signed());
  return put(stdout, head.value().note) ? done : cannot;
}

int run(LogKey const& options) {
  if (options.lost && !options.rotate) {
    return tell_and(cannot, {"usage.lost", "`--lost` goes with `--rotate`", ""});
  }
  if (options.rotate) {
    auto const fresh = rotate(options);
    if (!fresh) return tell_and(cannot, fresh.error());
    return put(stdout, proof::to_text(fresh.value()) + "\n") ? done : cannot;
  }
  auto const reader = open_log(options.store);
  if (!reader) return cannot;
  auto const signers = reader->signers();
  if (!signers) return tell_and(cannot, signers.error());
  if (signers.value().empty()) return tell_and(cannot, not_signed());
  return put(stdout, signers.value().back().verifier_key + "\n") ? done : cannot;
}

}  // namespace heed::cli
