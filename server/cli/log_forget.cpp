#include "server/cli/commands.hpp"
#include "server/cli/counted.hpp"
#include "server/cli/log_file.hpp"
#include "server/cli/terminal.hpp"
#include "server/http/problem.hpp"
#include "server/store/log.hpp"
#include "server/store/uuid.hpp"

namespace heed::cli {
namespace {

int tell_and(int status, Error const& error) {
  tell(error);
  return status;
}

std::string new_id() {
  store::UuidSource ids;
  return ids.next(store::system_now_us());
}

Expected<std::unique_ptr<store::Log>, Error> open_for_writing(std::string const& path,
                                                              std::string const& key_file) {
  if (auto const there = check_is_log(path); !there) return Failure<Error>{there.error()};
  return store::Log::open({.path = path, .key_path = key_file, .seals = false});
}

std::string erased_json(store::Erased const& erased) {
  return "{\"sequence\":" + std::to_string(erased.sequence) +
         ",\"records\":" + std::to_string(erased.records) +
         ",\"events\":" + std::to_string(erased.events) +
         ",\"cleared\":" + (erased.is_cleared ? "true" : "false") + "}\n";
}

std::string erased_words(store::Erased const& erased) {
  std::string text = "erased: " + counted(erased.records, "record") + " and " +
                     counted(erased.events, "event") + " are sealed for good; record " +
                     std::to_string(erased.sequence) + " says so\n";
  if (!erased.is_cleared)
    text +=
        "a copy of the key may stand in the store's -wal as long as somebody reads it; stopping "
        "the server clears it\n";
  return text + "copies of the store that were made before still open with the master key\n";
}

}  // namespace

int run(LogErase const& options) {
  if (options.subject.empty() == options.record.empty()) {
    return tell_and(cannot, {"usage.missing", "it is not said whose values to erase",
                             "name a subject, or a record with `--record`"});
  }
  auto const log = open_for_writing(options.store, options.key_file);
  if (!log) return tell_and(cannot, log.error());
  auto const erased = log.value()->erase({.subject = options.subject,
                                          .record = options.record,
                                          .by = std::string{store::by_command_line},
                                          .trace = {},
                                          .id = new_id()});
  if (!erased)
    return tell_and(erased.error().code == "erase.nothing" ? does_not_hold : cannot,
                    erased.error());
  put(stdout, options.json ? erased_json(erased.value()) : erased_words(erased.value()));
  return done;
}

int run(LogRetain const& options) {
  auto const age_us = read_age(options.older_than);
  if (!age_us) return tell_and(cannot, no_age(options.older_than));
  auto const log = open_for_writing(options.store, options.key_file);
  if (!log) return tell_and(cannot, log.error());
  auto const retained = log.value()->retain({.before_us = store::system_now_us() - *age_us,
                                             .by = std::string{store::by_command_line},
                                             .trace = {},
                                             .id = new_id()});
  if (!retained) return tell_and(cannot, retained.error());
  auto const& [sequence, records, events] = retained.value();
  if (options.json) {
    put(stdout, "{\"sequence\":" + std::to_string(sequence) + ",\"records\":" +
                    std::to_string(records) + ",\"events\":" + std::to_string(events) + "}\n");
    return done;
  }
  put(stdout, sequence == 0 && records == 0 && events == 0
                  ? "nothing is that old\n"
                  : "dropped: " + counted(records, "record") + " and " + counted(events, "event") +
                        "; their hashes are kept\n");
  return done;
}

}  // namespace heed::cli
