// What the decision log costs a record: one at a time, each durable, and in groups as they wait
// under load. The folder is $TMPDIR; the figure is wall time, for a disk computes nothing.
#include <benchmark/benchmark.h>

#include <condition_variable>
#include <cstdio>
#include <filesystem>
#include <mutex>

#include "server/store/log.hpp"
#include "server/store/revision.hpp"
#include "server/store/uuid.hpp"

namespace {

using namespace heed;
using namespace heed::store;

std::string path() {
  return (std::filesystem::temp_directory_path() / "heed_benchmarks.sqlite").string();
}

void remove() {
  for (char const* end : {"", "-wal", "-shm", ".key", ".master"})
    std::filesystem::remove(path() + end);
}

void append_to_the_log(benchmark::State& state) {
  remove();
  auto opened = Log::open({.path = path()});
  std::vector<SourceText> const sources{{"policy.heed", "policy bench \"Bench\"\n"}};
  auto const revision = revision_of(sources);
  if (!opened || !opened.value()->put_policy(revision, "bench", sources))
    return state.SkipWithError("no log");
  UuidSource ids;
  std::mutex mutex;
  std::condition_variable written;
  for (auto _ : state) {
    std::int64_t waiting = state.range(0);
    for (std::int64_t nth = 0; nth < state.range(0); ++nth) {
      Entry entry;
      entry.at_us = system_now_us();
      entry.id = ids.next(entry.at_us);
      entry.revision = revision;
      entry.engine = "0";
      entry.subject = "c-1";
      entry.case_json = std::string(800, 'c');
      entry.decision_json = std::string(1'100, 'd');
      auto const accepted = opened.value()->append(std::move(entry), [&](auto) {
        std::lock_guard const lock{mutex};
        --waiting;
        written.notify_one();
      });
      if (!accepted) return state.SkipWithError("refused");
    }
    std::unique_lock lock{mutex};
    written.wait(lock, [&] { return waiting == 0; });
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
  opened.value().reset();
  remove();
}
BENCHMARK(append_to_the_log)->Arg(1)->Arg(32)->Arg(128)->UseRealTime();

}  // namespace
