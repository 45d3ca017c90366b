// Rows a second into the decision log, with 2 KB records of 16 marks, for 1, 8 and 64 entries that
// wait at a time. Run it from a release build, on the disk that shall be measured:
//
//     bench_store_append [FOLDER] [SECONDS] [MILLISECONDS BETWEEN SIGNATURES]

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include "server/store/log.hpp"
#include "server/store/reader.hpp"
#include "server/store/revision.hpp"
#include "server/store/uuid.hpp"
#include "server/store/verify.hpp"

using namespace heed;
using namespace heed::store;
using Steady = std::chrono::steady_clock;

namespace {

// Microseconds that this process computed, on all its threads.
double computed_us() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  auto const us = [](timeval const& time) {
    return 1e6 * static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec);
  };
  return us(used.ru_utime) + us(used.ru_stime);
}

enum class Marked { no, yes };

Entry make_entry(UuidSource& ids, int number, std::string const& revision, Marked marked) {
  Entry entry;
  entry.at_us = system_now_us();
  entry.id = ids.next(entry.at_us);
  entry.revision = revision;
  entry.engine = "0.1.0";
  entry.case_json = std::string(800, 'c');
  entry.decision_json = std::string(1'100, 'd');
  if (marked == Marked::no) return entry;
  entry.subject = "c-2026-" + std::to_string(number * 7'919 % 1'000'000);
  for (int rule = 0; rule < 8; ++rule) {
    entry.marks.rules.push_back("a_rule_of_ordinary_name_" +
                                std::to_string((number + rule * 13) % 100));
  }
  for (int need = 0; need < 3; ++need) {
    entry.marks.needs.push_back({"need_" + std::to_string((number + need) % 12), "violated"});
  }
  for (int action = 0; action < 4; ++action) {
    entry.marks.actions.push_back("action_" + std::to_string((number + action) % 30));
  }
  entry.marks.roles.push_back(number % 2 == 0 ? "team_lead" : "service_manager");
  return entry;
}

void measure(std::string const& path, std::chrono::milliseconds gap, int waiting_max,
             double seconds, Marked marked) {
  auto opened = Log::open({.path = path, .signing_gap = gap});
  if (!opened) {
    std::fprintf(stderr, "%s\n", opened.error().message.c_str());
    std::exit(2);
  }
  Log& log = *opened.value();
  std::vector<SourceText> const sources = {{"policy.heed", "policy bench \"Bench\"\n"}};
  std::string const revision = revision_of(sources);
  if (auto stored = log.put_policy(revision, "bench", sources); !stored) std::exit(2);

  std::mutex mutex;
  std::condition_variable answered;
  int waiting = 0;
  std::vector<double> latencies;
  latencies.reserve(4u << 20);
  UuidSource ids;
  double const computed = computed_us();
  auto const begin = Steady::now();
  auto const end = begin + std::chrono::duration<double>{seconds};
  int number = 0;
  for (; Steady::now() < end; ++number) {
    Entry entry = make_entry(ids, number, revision, marked);
    {
      std::unique_lock lock{mutex};
      answered.wait(lock, [&] { return waiting < waiting_max; });
      ++waiting;
    }
    auto const queued = Steady::now();
    auto const accepted = log.append(std::move(entry), [&, queued](auto appended) {
      if (!appended) std::exit(2);
      std::chrono::duration<double, std::milli> const took = Steady::now() - queued;
      std::lock_guard const lock{mutex};
      latencies.push_back(took.count());
      if (--waiting == waiting_max - 1 || waiting == 0) answered.notify_one();
    });
    if (!accepted) std::exit(2);
  }
  log.close();
  std::chrono::duration<double> const took = Steady::now() - begin;
  std::ranges::sort(latencies);
  auto const at = [&](double part) {
    return latencies[static_cast<std::size_t>(part * static_cast<double>(latencies.size() - 1))];
  };
  std::uint64_t const batches = log.status().batches;
  std::printf(
      "%-12s %4d waiting  %8.0f rows/s  p50 %6.2f  p99 %6.2f  p99.9 %6.2f ms  %5.1f a batch  %5.1f "
      "us a row\n",
      marked == Marked::yes ? "16 marks" : "no marks", waiting_max,
      static_cast<double>(latencies.size()) / took.count(), at(0.5), at(0.99), at(0.999),
      static_cast<double>(latencies.size()) / static_cast<double>(batches),
      (computed_us() - computed) / static_cast<double>(latencies.size()));
}

void measure_verify(std::string const& path) {
  auto const reader = Reader::open({.path = path});
  if (!reader) std::exit(2);
  auto const begin = Steady::now();
  auto const verified = verify(*reader.value(), {});
  std::chrono::duration<double> const took = Steady::now() - begin;
  if (!verified || verified.value().problem) {
    std::fprintf(
        stderr, "verify: %s\n",
        verified ? verified.value().problem->message.c_str() : verified.error().message.c_str());
    std::exit(1);
  }
  auto const records = static_cast<double>(verified.value().records);
  auto const bytes = static_cast<double>(reader.value()->counts().value().bytes);
  std::printf("verify: %.0f records, %.0f records/s; %.0f bytes a record\n", records,
              records / took.count(), bytes / records);
}

}  // namespace

int main(int count, char** arguments) {
  std::string const folder = count > 1 ? arguments[1] : ".";
  double const seconds = count > 2 ? std::atof(arguments[2]) : 5;
  std::chrono::milliseconds const gap{count > 3 ? std::atoi(arguments[3]) : 20};
  std::string const path = folder + "/store_append_bench.db";
  auto const remove = [&] {
    for (char const* end : {"", "-wal", "-shm", ".key", ".master"})
      std::filesystem::remove(path + end);
  };
  for (Marked const marked : {Marked::no, Marked::yes}) {
    for (int const waiting : {1, 8, 64, 256}) {
      remove();
      measure(path, gap, waiting, seconds, marked);
    }
  }
  measure_verify(path);
  remove();
}
