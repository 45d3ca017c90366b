#include "tests/unit/store/power_cut.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <random>
#include <vector>

namespace heed::store::testing {
namespace {

constexpr std::size_t sector_bytes = 512;

struct Change {
  bool cuts = false;  // to `at`, instead of writing there
  std::int64_t at = 0;
  std::string bytes;
};

struct Watched {
  std::string durable;
  std::vector<Change> waiting;
  bool exists = true;
};

std::recursive_mutex mutex;
std::function<void()> called_before;
bool watching = false;
Syncing how = Syncing::honest;
std::map<std::string, Watched> files;

std::string contents(std::string const& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

// The file under `path`; nothing where nobody watches, or it has no name.
Watched* find(char const* path) {
  if (!watching || path == nullptr) return nullptr;
  auto const [place, is_new] = files.try_emplace(path);
  if (is_new) place->second.durable = contents(path);
  return &place->second;
}

void apply(std::string& file, Change const& change) {
  auto const at = static_cast<std::size_t>(change.at);
  if (change.cuts) return file.resize(at);
  if (file.size() < at + change.bytes.size()) file.resize(at + change.bytes.size());
  file.replace(at, change.bytes.size(), change.bytes);
}

// Those sectors of a write that reached the disk.
void apply_torn(std::string& file, Change const& change, std::mt19937& chance) {
  if (change.cuts) return;
  for (std::size_t from = 0; from < change.bytes.size(); from += sector_bytes) {
    if (chance() % 2 == 0) continue;
    apply(file, {false, change.at + static_cast<std::int64_t>(from),
                 change.bytes.substr(from, sector_bytes)});
  }
}

std::string remains(Watched const& file, Survivors survivors, std::mt19937& chance) {
  std::string left = file.durable;
  if (survivors == Survivors::first_ones) {
    std::size_t const whole = file.waiting.empty() ? 0 : chance() % (file.waiting.size() + 1);
    for (std::size_t place = 0; place < whole; ++place) apply(left, file.waiting[place]);
    if (whole < file.waiting.size()) apply_torn(left, file.waiting[whole], chance);
  }
  if (survivors == Survivors::some_sectors) {
    for (Change const& change : file.waiting) {
      if (chance() % 4 == 0) continue;
      if (chance() % 4 == 0) {
        apply_torn(left, change, chance);
      } else {
        apply(left, change);
      }
    }
  }
  return left;
}

}  // namespace

void watch_power(Syncing syncing) {
  std::lock_guard const lock{mutex};
  files.clear();
  how = syncing;
  watching = true;
}

void stop_watching_power() {
  std::lock_guard const lock{mutex};
  files.clear();
  called_before = nullptr;
  watching = false;
}

void cut_power(std::string const& folder, Survivors survivors, std::uint32_t seed) {
  std::lock_guard const lock{mutex};
  std::mt19937 chance{seed};
  for (auto const& [path, file] : files) {
    auto const name = std::filesystem::path{path}.filename();
    if (!file.exists) continue;
    std::ofstream left{std::filesystem::path{folder} / name, std::ios::binary};
    left << remains(file, survivors, chance);
  }
}

void before_each_change(std::function<void()> before) {
  std::lock_guard const lock{mutex};
  called_before = std::move(before);
}

void power_sees_changing() {
  std::lock_guard const lock{mutex};
  if (called_before) called_before();
}

void power_sees_open(char const* path) {
  std::lock_guard const lock{mutex};
  if (Watched* const file = find(path)) file->exists = true;
}

void power_sees_write(char const* path, std::span<char const> bytes, std::int64_t to) {
  std::lock_guard const lock{mutex};
  if (Watched* const file = find(path))
    file->waiting.push_back({false, to, {bytes.begin(), bytes.end()}});
}

void power_sees_truncate(char const* path, std::int64_t size) {
  std::lock_guard const lock{mutex};
  if (Watched* const file = find(path)) file->waiting.push_back({true, size, {}});
}

void power_sees_sync(char const* path) {
  std::lock_guard const lock{mutex};
  Watched* const file = find(path);
  if (file == nullptr || how == Syncing::lying) return;
  for (Change const& change : file->waiting) apply(file->durable, change);
  file->waiting.clear();
}

void power_sees_delete(char const* path) {
  std::lock_guard const lock{mutex};
  if (Watched* const file = find(path)) *file = {{}, {}, false};
}

}  // namespace heed::store::testing
