#include "server/cli/log_file.hpp"

#include "engine/base/time.hpp"
#include "server/cli/terminal.hpp"

namespace heed::cli {

std::unique_ptr<store::Reader> open_log(std::string const& path) {
  auto reader = store::Reader::open({.path = path});
  if (reader) return std::move(reader).value();
  tell(reader.error());
  return nullptr;
}

bool read_time(std::string const& text, std::optional<std::int64_t>& at_us) {
  if (text.empty()) return true;
  auto const at = Zone::utc().parse(text);
  if (!at) {
    tell({"usage.time", "`" + text + "` is no time", "write it as 2026-11-22T10:15:00+02:00"});
    return false;
  }
  at_us = at->micros;
  return true;
}

Error no_such_record(std::string const& id) {
  return {"log.no-such-record", "no decision in the log has the id `" + id + "`",
          "`heed log list STORE` lists them"};
}

}  // namespace heed::cli
