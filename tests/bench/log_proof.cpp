// How long proofs take in a log of ten million records, and what its tree costs to grow. Only the
// tree is made, not the records:
//
//     bench_log_proof [FOLDER] [RECORDS]

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "server/proof/checkpoint.hpp"
#include "server/store/migrations.hpp"
#include "server/store/tree.hpp"

using namespace heed;
using namespace heed::store;
using Steady = std::chrono::steady_clock;

namespace {

double us_since(Steady::time_point begin) {
  return std::chrono::duration<double, std::micro>(Steady::now() - begin).count();
}

template <class T>
T const& get(Expected<T, Error> const& value) {
  if (value) return value.value();
  std::fprintf(stderr, "%s\n", value.error().message.c_str());
  std::exit(2);
}

void grow(Database& database, std::int64_t size) {
  auto tree = get(GrowingTree::load(database, 0));
  auto const begin = Steady::now();
  get(database.script("BEGIN"));
  for (std::int64_t leaf = 0; leaf < size; ++leaf) {
    get(tree.append(database, proof::hash_leaf(std::to_string(leaf))));
    if (leaf % 65'536 != 65'535) continue;
    get(database.script("COMMIT"));
    get(database.script("BEGIN"));
  }
  get(database.script("COMMIT"));
  std::printf("grown to %lld leaves: %.2f us a leaf\n", static_cast<long long>(size),
              us_since(begin) / static_cast<double>(size));
}

// One proof of each kind a time, with nothing remembered from the one before.
void prove(Database& database, std::int64_t size) {
  std::vector<double> inclusion, consistency;
  for (std::int64_t round = 0; round < 1'000; ++round) {
    std::int64_t const index = round * 7'919 * 1'009 % size;
    for (auto* const times : {&inclusion, &consistency}) {
      auto const begin = Steady::now();
      proof::Tiles tiles{
          [&](int level, std::int64_t tile) { return read_tile(database, level, tile); }};
      get(tiles.hash(times == &inclusion ? proof::inclusion_path(index, size)
                                         : proof::consistency_path(index, size)));
      times->push_back(us_since(begin));
    }
  }
  for (auto* const times : {&inclusion, &consistency}) {
    std::ranges::sort(*times);
    std::printf("%s proof: p50 %.0f us, p99 %.0f us, longest %.0f us\n",
                times == &inclusion ? "inclusion" : "consistency", (*times)[500], (*times)[990],
                times->back());
  }
}

void sign() {
  auto const key = proof::make_signing_key("heed/bench");
  auto const begin = Steady::now();
  for (int round = 0; round < 1'000; ++round)
    proof::make_note(proof::to_text(proof::Checkpoint{key.name(), {round, {}}}), {&key});
  std::printf("a signed head: %.0f us\n", us_since(begin) / 1'000);
}

}  // namespace

int main(int count, char** arguments) {
  std::string const folder = count > 1 ? arguments[1] : ".";
  std::int64_t const wanted = count > 2 ? std::atoll(arguments[2]) : 10'000'000;
  std::int64_t const size = wanted / proof::tile_hashes_max * proof::tile_hashes_max;
  std::string const path = folder + "/log_proof_bench.db";
  auto const remove = [&] {
    for (char const* end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
  };
  remove();
  {
    auto database = Database::open({.path = path});
    if (!database) return 2;
    get(migrate(database.value()));
    grow(database.value(), size);
  }
  auto database = Database::open({.path = path});
  prove(database.value(), size);
  sign();
  std::printf("%.1f bytes a leaf\n",
              static_cast<double>(std::filesystem::file_size(path)) / static_cast<double>(size));
  remove();
}
