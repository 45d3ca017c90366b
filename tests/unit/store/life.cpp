#include "tests/unit/store/life.hpp"

#include <cstdlib>
#include <filesystem>
#include <future>
#include <map>

#include "tests/unit/store/failing_disk.hpp"
#include "tests/unit/store/old_store.hpp"

namespace heed::store::testing {
namespace {

Entry keyed(int number) {
  Entry entry = sample_entry(number);
  entry.key = "key-" + std::to_string(number);
  entry.request = as_bytes(sha256(entry.key));
  if (number % 2 == 0) entry.events = {sample_event(number)};
  return entry;
}

}  // namespace

void copy_old_store(std::string const& to) {
  static Folder const old;
  static bool const is_made = (write_chain(old.file(), 2, old_records), true);
  ASSERT_TRUE(is_made);
  for (char const* end : {"", "-wal"}) {
    if (std::filesystem::exists(old.file() + end))
      std::filesystem::copy_file(old.file() + end, to + end);
  }
}

int stride(int calls, int tries) {
  char const* const wanted = std::getenv("HEED_FAULTS");
  bool const all = wanted != nullptr && std::string_view{wanted} == "all";
  return all ? 1 : std::max(1, calls / tries);
}

int Life::live() {
  lasting_ = 0;
  open();
  for (int number = 0; number < 3; ++number) step([&] { return append_keyed(number); });
  append_many();
  step([&] { return done(log_->sign()); });
  step([&] { return done(log_->rotate_key(ids_.next(system_now_us()))); });
  step([&] { return append_large(); });
  step([&] { return done(append(*log_, sample_event(7))); });
  log_.reset();
  open();
  step([&] { return append_keyed(500); });
  log_.reset();
  return lasting_;
}

void Life::expect_all_there() const {
  auto const reader = open_reader(path_);
  std::map<std::string, int> keys;
  ASSERT_TRUE(reader->visit(1, [&](RecordRow const& row) {
    if (!row.columns.key.empty()) ++keys[std::string{row.columns.key}];
    return Visit::next;
  }));
  for (auto const& [key, count] : keys) EXPECT_EQ(count, 1) << key;
  for (std::string const& id : answered()) EXPECT_TRUE(reader->find(id).value()) << id;
  auto const records = reader->head().value().sequence;
  EXPECT_GE(records, old_records + std::ssize(answered()));
  EXPECT_LE(records, old_records + attempted_);
  EXPECT_EQ(verdict(path_), "sound");
}

std::set<std::string> Life::answered() const {
  std::lock_guard const lock{mutex_};
  return answered_;
}

template <class Value>
Expected<Done, Error> Life::done(Expected<Value, Error> const& tried) {
  ++attempted_;
  if (!tried) return pass_on(tried);
  return Done{};
}

template <class Step>
void Life::step(Step const& tried) {
  if (!log_) return;
  for (int attempt = 0; attempt < 2; ++attempt) {
    auto const result = tried();
    if (result) return;
    note(result.error());
  }
  ++lasting_;
}

void Life::note(Error const& error) {
  codes_.insert(std::string{error.code});
  EXPECT_FALSE(error.help.empty()) << error.code << ": " << error.message;
}

void Life::open() {
  for (int attempt = 0; attempt < 2 && !log_; ++attempt) {
    auto opened = Log::open({.path = path_, .lock_wait_ms = 1, .vfs = failing_disk()});
    Expected<Done, Error> ready{Done{}};
    if (opened) ready = opened.value()->put_policy(sample_revision(), "sample", sample_sources());
    if (!opened) note(opened.error());
    if (!ready) note(ready.error());
    if (opened && ready) log_ = std::move(opened).value();
  }
  if (!log_) ++lasting_;
}

Expected<Appended, Error> Life::keep(Expected<Appended, Error> appended) {
  std::lock_guard const lock{mutex_};
  if (appended) answered_.insert(appended.value().id);
  return appended;
}

Expected<Done, Error> Life::append_keyed(int number) {
  return done(keep(append(*log_, keyed(number))));
}

Expected<Done, Error> Life::append_large() {
  Entry entry = sample_entry(99);
  entry.decision_json = "\"" + std::string(2'200'000, 'd') + "\"";  // beyond a checkpoint
  return done(keep(append(*log_, std::move(entry))));
}

// As callers do: several at once, each again where it was not answered.
void Life::append_many() {
  std::vector<int> waiting;
  for (int number = 10; number < 30; ++number) waiting.push_back(number);
  for (int attempt = 0; attempt < 2 && log_ && !waiting.empty(); ++attempt) {
    std::vector<std::future<Expected<Appended, Error>>> answers;
    for (int const number : waiting) {
      auto answer = std::make_shared<std::promise<Expected<Appended, Error>>>();
      answers.push_back(answer->get_future());
      ASSERT_TRUE(log_->append(keyed(number), [answer, this](auto appended) {
        answer->set_value(keep(std::move(appended)));
      }));
    }
    std::vector<int> refused;
    for (std::size_t place = 0; place < answers.size(); ++place) {
      auto const tried = done(answers[place].get());
      if (tried) continue;
      refused.push_back(waiting[place]);
      note(tried.error());
    }
    waiting = std::move(refused);
  }
  if (!waiting.empty()) ++lasting_;
}

}  // namespace heed::store::testing
