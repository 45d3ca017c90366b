// A log of millions of records: how long it takes to list, show and prove in it. Records are 2 KB
// with 16 marks and go in as under load; then each question is asked a thousand times, everywhere
// in the log, by a reader of its own.
//
//     bench_log_scale FOLDER RECORDS [keep]
//
// With `keep` the log stays, and is asked again next time instead of being made anew.

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <mutex>

#include "server/api/proof_text.hpp"
#include "server/store/log.hpp"
#include "server/store/reader.hpp"
#include "server/store/revision.hpp"
#include "server/store/uuid.hpp"

using namespace heed;
using namespace heed::store;
using Steady = std::chrono::steady_clock;

namespace {

constexpr std::int64_t begin_us = 1'767'225'600'000'000;  // 2026
constexpr int subjects = 100'000, rules = 500;

template <class T>
T get(Expected<T, Error> value) {
  if (value) return std::move(value).value();
  std::fprintf(stderr, "%s\n", value.error().message.c_str());
  std::exit(2);
}

/// A number below `end`, spread all over it.
std::int64_t spread(std::int64_t number, std::int64_t end) {
  return number * 7'919 * 1'009 % end;
}

std::string subject_name(std::int64_t number) {
  return "c-" + std::to_string(spread(number, subjects));
}

Entry make_entry(UuidSource& ids, std::int64_t number, std::string const& revision) {
  Entry entry;
  entry.at_us = begin_us + number * 1'000'000;
  entry.id = ids.next(entry.at_us);
  entry.revision = revision;
  entry.engine = "0";
  entry.case_json = std::string(800, 'c');
  entry.decision_json = std::string(1'100, 'd');
  entry.subject = subject_name(number);
  for (int rule = 0; rule < 8; ++rule)
    entry.marks.rules.push_back("a_rule_of_ordinary_name_" +
                                std::to_string(spread(number + rule, rules)));
  for (int need = 0; need < 3; ++need)
    entry.marks.needs.push_back({"need_" + std::to_string(spread(number + need, 12)), "violated"});
  for (int action = 0; action < 4; ++action)
    entry.marks.actions.push_back("action_" + std::to_string(spread(number + action, 30)));
  entry.marks.roles.push_back(number % 97 == 0 ? "service_manager" : "team_lead");
  return entry;
}

void grow(std::string const& path, std::int64_t records) {
  auto const log = get(Log::open({.path = path}));
  std::vector<SourceText> const sources{{"policy.heed", "policy bench \"Bench\"\n"}};
  auto const revision = revision_of(sources);
  get(log->put_policy(revision, "bench", sources));
  UuidSource ids;
  std::mutex mutex;
  std::condition_variable written;
  int waiting = 0;
  auto const begun = Steady::now();
  for (std::int64_t number = 0; number < records; ++number) {
    auto entry = make_entry(ids, number, revision);
    {
      std::unique_lock lock{mutex};
      written.wait(lock, [&] { return waiting < 256; });
      ++waiting;
    }
    get(log->append(std::move(entry), [&](auto appended) {
      if (!appended) std::exit(2);
      std::lock_guard const lock{mutex};
      --waiting;
      written.notify_one();
    }));
  }
  log->close();
  std::chrono::duration<double> const took = Steady::now() - begun;
  std::printf("%lld records in %.0f s, %.0f a second; %.1f GB\n", static_cast<long long>(records),
              took.count(), static_cast<double>(records) / took.count(),
              static_cast<double>(std::filesystem::file_size(path)) / 1e9);
}

void time_each(char const* what, int times, std::function<void(int)> const& ask) {
  std::vector<double> taken;
  for (int number = 0; number < times; ++number) {
    auto const begun = Steady::now();
    ask(number);
    taken.push_back(std::chrono::duration<double, std::milli>(Steady::now() - begun).count());
  }
  std::ranges::sort(taken);
  auto const at = [&taken](double part) {
    return taken[static_cast<std::size_t>(part * static_cast<double>(taken.size() - 1))];
  };
  std::printf("%-46s p50 %6.2f ms  p99 %6.2f ms  longest %6.2f ms\n", what, at(0.5), at(0.99),
              at(1));
}

void list(Reader& reader, char const* what, std::function<Filter(int)> const& filter) {
  time_each(what, 300, [&](int number) { get(reader.list(filter(number), {})); });
}

}  // namespace

int main(int count, char** words) {
  if (count < 3) return std::fputs("usage: bench_log_scale FOLDER RECORDS [keep]\n", stderr), 2;
  std::int64_t const records = std::atoll(words[2]);
  std::string const path = std::string{words[1]} + "/log_scale.sqlite";
  auto const remove = [&] {
    for (char const* end : {"", "-wal", "-shm", ".key", ".master"})
      std::filesystem::remove(path + end);
  };
  bool const keeps = count > 3;
  if (!keeps) remove();
  if (!std::filesystem::exists(path)) grow(path, records);
  auto const reader = get(Reader::open({.path = path}));
  list(*reader, "list the newest 50", [](int) { return Filter{}; });
  list(*reader, "list 50 of one subject",
       [](int number) { return Filter{.subject = subject_name(number)}; });
  list(*reader, "list 50 in which one rule fired", [](int number) {
    return Filter{.rule = "a_rule_of_ordinary_name_" + std::to_string(number)};
  });
  list(*reader, "list 50 of a subject with a need violated", [](int number) {
    return Filter{.subject = subject_name(number), .need = "need_3", .need_state = "violated"};
  });
  list(*reader, "list 50 escalated to a manager in one hour", [&](int number) {
    auto const from = begin_us + spread(number, records) * 1'000'000;
    return Filter{.role = "service_manager", .from_us = from, .until_us = from + 3'600'000'000};
  });
  std::vector<std::string> some;
  for (std::int64_t number = 0; number < 1'000; ++number)
    some.push_back(get(reader->find(1 + number * records / 1'000))->entry.id);
  auto const id = [&some](int number) { return some[static_cast<std::size_t>(number)]; };
  time_each("show one", 1'000, [&](int number) { get(reader->find(id(number))); });
  time_each("prove one", 1'000, [&](int number) {
    auto const record = get(reader->find(id(number)));
    auto const head = get(reader->signed_head());
    auto const proved = get(api::find_proved(*reader, record->sequence));
    get(api::inclusion_json(*reader, *proved, head));
  });
  if (!keeps) remove();
}
