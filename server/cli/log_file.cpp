#include "server/cli/log_file.hpp"

#include <charconv>

#include "engine/base/time.hpp"
#include "server/cli/terminal.hpp"
#include "server/seal/key_file.hpp"
#include "server/store/log.hpp"

namespace heed::cli {

std::unique_ptr<store::Reader> open_log(std::string const& path) {
  auto reader = store::Reader::open({.path = path});
  if (reader) return std::move(reader).value();
  tell(reader.error());
  return nullptr;
}

Expected<std::shared_ptr<seal::Key const>, Error> find_master(std::string const& path,
                                                              std::string const& master) {
  auto const file = master.empty() ? path + ".master" : master;
  auto const key = seal::read_master_file(file);
  if (key && key.value()) return std::make_shared<seal::Key const>(*key.value());
  if (master.empty() && (key || key.error().code == "master.unreadable"))
    return std::shared_ptr<seal::Key const>{};
  if (!key) return Failure<Error>{key.error()};
  return Failure<Error>{{"master.missing", "there is no file `" + file + "`",
                         "name the one that `heed serve --master` reads"}};
}

std::unique_ptr<store::Reader> open_private_log(std::string const& path,
                                                std::string const& master) {
  auto key = find_master(path, master);
  if (!key) {
    tell(key.error());
    return nullptr;
  }
  auto reader = store::Reader::open({.path = path, .master = std::move(key).value()});
  if (reader) return std::move(reader).value();
  tell(reader.error());
  return nullptr;
}

Expected<Done, Error> check_is_log(std::string const& path) {
  auto const reader = store::Reader::open({.path = path});
  if (!reader && reader.error().code != "log.too-old") return Failure<Error>{reader.error()};
  return Done{};
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

std::optional<store::Filter> read_filter(LogFilter const& asked) {
  store::Filter filter{.subject = asked.subject,
                       .revision = asked.revision,
                       .need = asked.need,
                       .need_state = asked.need_state,
                       .rule = asked.rule,
                       .action = asked.action,
                       .role = asked.escalation,
                       .by = asked.by};
  if (!read_time(asked.from, filter.from_us) || !read_time(asked.until, filter.until_us))
    return std::nullopt;
  if (!asked.need_state.empty() && asked.need.empty()) {
    tell({"usage.need-state", "`--need-state` goes with `--need`", "name the need, too"});
    return std::nullopt;
  }
  return filter;
}

std::optional<store::Record> find_record(store::Reader& reader, std::string const& name,
                                         int& status) {
  std::int64_t number = 0;
  auto const [end, problem] = std::from_chars(name.data(), name.data() + name.size(), number);
  bool const is_number = problem == std::errc{} && end == name.data() + name.size();
  auto record = is_number ? reader.find(number) : reader.find(name);
  if (record && record.value()) return std::move(record).value();
  status = record ? does_not_hold : cannot;
  tell(record ? no_such_record(name) : record.error());
  return std::nullopt;
}

std::optional<std::int64_t> read_age(std::string const& text) {
  auto duration = parse_plain_duration(text);
  if (!duration) duration = parse_iso_duration(text);
  Instant const now{store::system_now_us()};
  auto const at = duration ? add(now, *duration, Zone::utc()) : std::nullopt;
  if (!at || at->micros - now.micros < 2 * store::day_us) return std::nullopt;
  return at->micros - now.micros;
}

Error no_age(std::string const& text) {
  return {"usage.age", "`" + text + "` is no age of two days or more",
          "write it as \"400 days\" or P400D"};
}

Error no_such_record(std::string const& id) {
  return {"log.no-such-record", "no record of the log has the id or the number `" + id + "`",
          "`heed log list STORE` lists them"};
}

}  // namespace heed::cli
