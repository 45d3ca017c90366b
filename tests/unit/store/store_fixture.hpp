#pragma once
#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "server/store/log.hpp"
#include "server/store/reader.hpp"
#include "server/store/verify.hpp"

/// What the tests of the store share: a folder, entries and a log that waits for its answers.
namespace heed::store::testing {

/// A folder of its own, gone at the end.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(Folder const&) = delete;
  Folder& operator=(Folder const&) = delete;

  std::string file(std::string const& name = "log.db") const { return path_ + "/" + name; }

 private:
  std::string path_;
};

/// A policy of one file, and its revision.
std::vector<SourceText> sample_sources();
std::string sample_revision();

/// An entry that differs from others by `number`: every tenth is of subject c-0, and so on.
Entry sample_entry(int number);

/// An event that differs from others by `number`: every tenth is of subject c-0, and so on; each is
/// a second later than the one before.
Event sample_event(int number);

/// Opens a log that knows the sample policy; the test fails where it cannot.
std::unique_ptr<Log> open_log(LogOptions options);
std::unique_ptr<Log> open_log(std::string const& path);
std::unique_ptr<Reader> open_reader(std::string const& path);

/// Appends and waits for the answer.
Expected<Appended, Error> append(Log& log, Entry entry);

Expected<Appended, Error> append(Log& log, Event event, EventKey key = {});

/// Appends entries number `from` to before `until`; all must hold.
void append_all(Log& log, int from, int until);

/// Runs SQL on the file behind everybody's back.
void tamper(std::string const& path, std::string const& sql);

/// Verifies a file.
Verification verify_file(std::string const& path, VerifyOptions const& options = {});

/// The code of what is wrong with a file, or "sound".
std::string verdict(std::string const& path, VerifyOptions const& options = {});

}  // namespace heed::store::testing
