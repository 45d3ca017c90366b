#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "engine/base/expected.hpp"
#include "server/cli/commands.hpp"
#include "server/store/reader.hpp"

/// What the commands that read a decision log share.
namespace heed::cli {

/// Opens the log; tells why not and answers null.
std::unique_ptr<store::Reader> open_log(std::string const& path);

/// The same, opening what is sealed: with the master key in the file `master`, or where that is
/// empty with the one in `path` and ".master", if it is there and may be read.
std::unique_ptr<store::Reader> open_private_log(std::string const& path, std::string const& master);

/// The master key in the file `master`; where that is empty the one in `path` and ".master", null
/// where that is not there or may not be read.
Expected<std::shared_ptr<seal::Key const>, Error> find_master(std::string const& path,
                                                              std::string const& master);

/// Whether there is a log to be written to, which opening it for writing would make otherwise: its
/// name may be mistyped. Fails as reading it does, but takes one of an earlier version.
Expected<Done, Error> check_is_log(std::string const& path);

/// Reads a time into `at_us`; false, and told, where it is none. An empty text is no time at all.
bool read_time(std::string const& text, std::optional<std::int64_t>& at_us);

/// The filter in the store's words; nothing, and told, where a time is none or a state has no need.
std::optional<store::Filter> read_filter(LogFilter const& asked);

/// A record by its id, or by its number in the log; tells why there is none, and sets `status`.
std::optional<store::Record> find_record(store::Reader& reader, std::string const& name,
                                         int& status);

/// How old something is, in microseconds: two days or more; nothing for any other text.
std::optional<std::int64_t> read_age(std::string const& text);
Error no_age(std::string const& text);

Error no_such_record(std::string const& id);

}  // namespace heed::cli
