#include "tests/unit/store/store_fixture.hpp"

#include <sqlite3.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <future>

#include "server/store/revision.hpp"
#include "server/store/uuid.hpp"

namespace heed::store::testing {

// In memory where the machine has that: these tests sync some ten thousand times.
Folder::Folder() {
  bool const chosen = std::getenv("TMPDIR") != nullptr;
  bool const in_memory = !chosen && ::access("/dev/shm", W_OK | X_OK) == 0;
  std::filesystem::path const parent =
      in_memory ? "/dev/shm" : std::filesystem::temp_directory_path();
  std::string pattern = (parent / "heed_store_XXXXXX").string();
  path_ = ::mkdtemp(pattern.data());
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::vector<SourceText> sample_sources() {
  return {{"policy.heed", "policy sample \"A sample\"\n"}, {"rules.heed", "rule first\n"}};
}

std::string sample_revision() {
  return revision_of(sample_sources());
}

Entry sample_entry(int number) {
  static UuidSource ids;
  std::string const digit = std::to_string(number % 10);
  Entry entry;
  entry.at_us = 1'795'335'300'000'000 + number * std::int64_t{1'000'000};
  entry.id = ids.next(entry.at_us);
  entry.subject = "c-" + digit;
  entry.revision = sample_revision();
  entry.engine = "0.1.0";
  entry.case_json = R"({"facts":{"number":)" + std::to_string(number) + "}}";
  entry.decision_json = R"({"id":")" + entry.id + R"(","text":"תשובה"})";
  entry.marks.rules = {"always", "rule_" + digit};
  entry.marks.needs = {{"respect", number % 2 == 0 ? "violated" : "threatened"}};
  if (number % 3 == 0) entry.marks.actions = {"refund", "apologise"};
  if (number % 100 == 0) entry.marks.roles = {"team_lead"};
  return entry;
}

Event sample_event(int number) {
  static UuidSource ids;
  Event event;
  event.at_us = 1'795'335'300'000'000 + number * std::int64_t{1'000'000};
  event.id = ids.next(event.at_us);
  event.event = "contact";
  event.subject = "c-" + std::to_string(number % 10);
  event.fields = R"({"channel":"phone","number":)" + std::to_string(number) + "}";
  event.origin = "caller";
  return event;
}

std::unique_ptr<Log> open_log(LogOptions options) {
  auto log = Log::open(std::move(options));
  EXPECT_TRUE(log) << (log ? "" : log.error().message);
  auto const stored = log.value()->put_policy(sample_revision(), "sample", sample_sources());
  EXPECT_TRUE(stored) << (stored ? "" : stored.error().message);
  return std::move(log).value();
}

std::unique_ptr<Log> open_log(std::string const& path) {
  // A copy has no master key beside it.
  bool const seals = !std::filesystem::exists(path) || std::filesystem::exists(path + ".master");
  return open_log(LogOptions{.path = path, .seals = seals});
}

std::unique_ptr<Reader> open_reader(std::string const& path) {
  auto reader = Reader::open({.path = path});
  EXPECT_TRUE(reader) << (reader ? "" : reader.error().message);
  return std::move(reader).value();
}

Expected<Appended, Error> append(Log& log, Entry entry) {
  auto answer = std::make_shared<std::promise<Expected<Appended, Error>>>();
  auto const queued = log.append(std::move(entry), [answer](Expected<Appended, Error> appended) {
    answer->set_value(std::move(appended));
  });
  if (!queued) return pass_on(queued);
  return answer->get_future().get();
}

Expected<Appended, Error> append(Log& log, Event event, EventKey key) {
  auto answer = std::make_shared<std::promise<Expected<Appended, Error>>>();
  auto const queued = log.append(
      std::move(event), std::move(key),
      [answer](Expected<Appended, Error> appended) { answer->set_value(std::move(appended)); });
  if (!queued) return pass_on(queued);
  return answer->get_future().get();
}

void append_all(Log& log, int from, int until) {
  std::vector<std::future<Expected<Appended, Error>>> answers;
  for (int number = from; number < until; ++number) {
    auto answer = std::make_shared<std::promise<Expected<Appended, Error>>>();
    answers.push_back(answer->get_future());
    auto const queued = log.append(
        sample_entry(number), [answer](auto appended) { answer->set_value(std::move(appended)); });
    ASSERT_TRUE(queued) << queued.error().message;
  }
  for (auto& answer : answers) {
    auto const appended = answer.get();
    ASSERT_TRUE(appended) << appended.error().message;
  }
}

void tamper(std::string const& path, std::string const& sql) {
  sqlite3* connection = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &connection), SQLITE_OK);
  int const result = sqlite3_exec(connection, sql.c_str(), nullptr, nullptr, nullptr);
  EXPECT_EQ(result, SQLITE_OK) << sqlite3_errmsg(connection) << " in " << sql;
  sqlite3_close(connection);
}

Verification verify_file(std::string const& path, VerifyOptions const& options) {
  auto const reader = open_reader(path);
  auto verification = verify(*reader, options);
  EXPECT_TRUE(verification) << (verification ? "" : verification.error().message);
  return std::move(verification).value();
}

std::string verdict(std::string const& path, VerifyOptions const& options) {
  auto const verification = verify_file(path, options);
  return verification.problem ? std::string{verification.problem->code} : "sound";
}

}  // namespace heed::store::testing
