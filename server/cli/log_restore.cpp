#include <ctime>
#include <filesystem>

#include "server/cli/commands.hpp"
#include "server/cli/counted.hpp"
#include "server/cli/log_copy.hpp"
#include "server/cli/log_file.hpp"
#include "server/cli/log_verify.hpp"
#include "server/cli/log_witness.hpp"
#include "server/cli/terminal.hpp"
#include "server/seal/key_file.hpp"
#include "server/store/continuation.hpp"
#include "server/store/copying.hpp"
#include "server/store/key_file.hpp"

namespace heed::cli {
namespace {

using MaybeDone = Expected<Done, Error>;

constexpr std::string_view on_purpose =
    "where that is what you want, say `--accept-loss`; auditors will see it";

std::string text_of(std::int64_t number) {
  return std::to_string(number);
}

/// `heed.sqlite.before-20261122T101500Z`.
std::string aside_name(std::string const& store) {
  std::time_t const now = std::time(nullptr);
  std::tm parts{};
  char text[32];
  std::strftime(text, sizeof text, "%Y%m%dT%H%M%SZ", ::gmtime_r(&now, &parts));
  return store + ".before-" + text;
}

/// Puts a copy in a log's place, after looking at it from every side.
class Restoring {
 public:
  explicit Restoring(LogRestore const& options)
      : options_{&options}, aside_{aside_name(options.store)} {}

  MaybeDone restore();
  std::string report() const;

 private:
  MaybeDone examine(std::string const& path);
  Expected<std::unique_ptr<store::Reader>, Error> open_copy(std::string const& path) const;
  MaybeDone verify(store::Reader& copy);
  MaybeDone hold_against_log(store::Reader& copy);
  MaybeDone hold_against_witness(store::Reader& copy);
  void note_key(store::Reader& copy);
  std::string checks_report() const;

  LogRestore const* options_;
  std::string aside_;
  bool replaced_ = false;
  Verified verified_;
  std::string loss_;  // what was lost on purpose, or could not be known
  std::string key_note_;
};

MaybeDone Restoring::verify(store::Reader& copy) {
  auto found = verify_log(copy, options_->jobs, options_->quick ? Depth::quick : Depth::decisions);
  if (!found) return Failure<Error>{found.error()};
  verified_ = std::move(found).value();
  if (!verified_.found.problem) return Done{};
  return Failure<Error>{
      {"verify.failed",
       "the copy does not hold, and nothing was restored: " + words_of(*verified_.found.problem),
       "take another copy; keep this one as it is"}};
}

/// Only a log that can be read can show that the copy is older.
MaybeDone Restoring::hold_against_log(store::Reader& copy) {
  auto const log = store::Reader::open({.path = options_->store});
  auto const standing = log ? store::compare(copy, *log.value())
                            : Expected<store::Standing, Error>{Failure<Error>{log.error()}};
  if (!standing) {
    loss_ = "the log that was there cannot be read (" + std::string{standing.error().code} +
            "), so nothing says what the copy lacks of it\n";
    return Done{};
  }
  auto const& [how, copy_records, log_records] = standing.value();
  std::string_view code = "restore.older";
  switch (how) {
    case store::Continuation::whole:
      return Done{};
    case store::Continuation::older:
      loss_ = "the copy has " + text_of(copy_records) + " records, the log " +
              text_of(log_records) + ": " + text_of(log_records - copy_records) +
              " that were answered are not in the copy";
      break;
    case store::Continuation::forked:
      code = "restore.forked";
      loss_ = "copy and log part ways: of their records, " + text_of(copy_records) + " and " +
              text_of(log_records) + ", the first may be the same and the last are not";
      break;
    case store::Continuation::other_log:
      code = "restore.other-log";
      loss_ = "it is a copy of another log than the one that is there";
      break;
  }
  if (!options_->accept_loss)
    return Failure<Error>{{code, std::move(loss_), std::string{on_purpose}}};
  loss_ += "\n";
  return Done{};
}

MaybeDone Restoring::hold_against_witness(store::Reader& copy) {
  auto const seen = read_seen(options_->witness);
  if (!seen) return Failure<Error>{seen.error()};
  if (!seen.value())
    return Failure<Error>{{"file.unreadable", "`" + options_->witness + "` is not there",
                           "name the file that `heed log witness` keeps"}};
  auto const held = store::witness(copy, seen.value(), {});
  if (held) return Done{};
  Error error = held.error();
  if (error.code != "witness.shorter") return Failure<Error>{std::move(error)};
  if (!options_->accept_loss) {
    error.help = on_purpose;
    return Failure<Error>{std::move(error)};
  }
  loss_ += error.message + "\n";
  return Done{};
}

/// Whether the server will find the key that it needs.
void Restoring::note_key(store::Reader& copy) {
  auto const path = options_->key_file.empty() ? options_->store + ".key" : options_->key_file;
  auto const signers = copy.signers();
  if (!signers || signers.value().empty()) return;
  auto const key = store::read_key_file(path);
  if (!key) {
    key_note_ = "the log's key: " + key.error().message + "; " + key.error().help + "\n";
  } else if (!key.value()) {
    key_note_ = "the key that signs is not in a copy: put the log's own at " + path +
                " before the server starts\n";
  } else if (proof::to_text(key.value()->verifier()) != signers.value().back().verifier_key) {
    key_note_ = path +
                " is not the key that signed this copy last: put that one there, or `heed log key "
                "STORE --rotate --lost` and tell every auditor\n";
  }
  if (auto const master = seal::read_master_file(options_->store + ".master");
      !master || !master.value())
    key_note_ +=
        "the master key that opens what is sealed is not in a copy: put the log's own at " +
        options_->store + ".master, or name it with `heed serve --master`\n";
}

/// With the master key, which may lie beside the copy or where the server will look for it. One
/// beside them that is another log's, or cannot be read, is passed over: `note_key` tells of it.
Expected<std::unique_ptr<store::Reader>, Error> Restoring::open_copy(
    std::string const& path) const {
  if (!options_->master.empty()) {
    auto key = find_master(path, options_->master);
    if (!key) return Failure<Error>{key.error()};
    return store::Reader::open({.path = path, .master = std::move(key).value()});
  }
  for (auto const& beside : {options_->copy, options_->store}) {
    auto key = find_master(beside, {});
    if (!key || !key.value()) continue;
    auto opened = store::Reader::open({.path = path, .master = std::move(key).value()});
    if (opened || opened.error().code != "master.wrong") return opened;
  }
  return store::Reader::open({.path = path});
}

MaybeDone Restoring::examine(std::string const& path) {
  auto const copy = open_copy(path);
  if (!copy) return Failure<Error>{copy.error()};
  if (store::is_taken(options_->store)) {
    replaced_ = true;
    if (auto held = hold_against_log(*copy.value()); !held) return held;
  }
  if (!options_->witness.empty()) {
    if (auto held = hold_against_witness(*copy.value()); !held) return held;
  }
  if (auto verified = verify(*copy.value()); !verified) return verified;
  note_key(*copy.value());
  return Done{};
}

MaybeDone Restoring::restore() {
  if (!options_->replace && store::is_taken(options_->store))
    return Failure<Error>{{"copy.exists", "`" + options_->store + "` is there already",
                           "name another file; `--replace` puts the copy in its place and keeps "
                           "what is there under a dated name"}};
  ClearedWhenEnded const cleared{options_->store};
  std::optional<Progress> progress{"pages copied"};
  auto const show = [&](std::int64_t done_now, std::int64_t of) {
    progress->show(static_cast<std::uint64_t>(done_now), static_cast<std::uint64_t>(of));
    return true;
  };
  return store::copy_log({.from = options_->copy,
                          .to = options_->store,
                          .place = options_->replace ? store::Place::taken : store::Place::free,
                          .aside = aside_,
                          .bring_up_to_date = true,
                          .go_on = show,
                          .examine = [&](std::string const& path) {
                            progress.reset();
                            return examine(path);
                          }});
}

std::string Restoring::checks_report() const {
  std::string text =
      "verified before it got its name: records, tree, signatures, policies and index";
  if (options_->quick)
    return text +
           "\nnot checked: that each decision is what its policy decides; `heed log verify` "
           "does that\n" +
           seals_text(verified_.found);
  text += ", and " + counted(verified_.decided_again, "decision") + " computed again\n";
  if (verified_.by_another_engine > 0)
    text += "not checked: " + counted(verified_.by_another_engine, "decision") +
            " of another version of the engine or of the time zones\n";
  return text + seals_text(verified_.found);
}

std::string Restoring::report() const {
  auto text = "restored " + counted(verified_.found.records, "record") + " to " + options_->store +
              "\n" + checks_report();
  if (replaced_) text += "what was there is kept: " + aside_ + "\n";
  return text + loss_ + key_note_;
}

}  // namespace

int run(LogRestore const& options) {
  std::error_code ignored;
  if (std::filesystem::equivalent(options.copy, options.store, ignored)) {
    tell({"copy.exists", "copy and store are the same file", "name another file"});
    return cannot;
  }
  Restoring restoring{options};
  if (auto const restored = restoring.restore(); !restored) {
    tell(restored.error());
    return status_of(restored.error());
  }
  return put(stdout, restoring.report()) ? done : cannot;
}

}  // namespace heed::cli
