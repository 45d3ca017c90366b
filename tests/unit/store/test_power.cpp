// The power goes at any moment of a log's life: what was answered is there where the disk told the
// truth; where it lied, the log is never taken for whole when it is not.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "server/store/witness.hpp"
#include "tests/unit/store/failing_disk.hpp"
#include "tests/unit/store/life.hpp"
#include "tests/unit/store/power_cut.hpp"

namespace heed::store::testing {
namespace {

constexpr Survivors all_survivors[] = {Survivors::none, Survivors::first_ones,
                                       Survivors::some_sectors};

// The hash of each record, in sequence.
std::vector<std::string> hashes_of(Reader& reader) {
  std::vector<std::string> hashes;
  auto const visited = reader.visit(1, [&](RecordRow const& row) {
    hashes.emplace_back(row.hash);
    return Visit::next;
  });
  return visited ? hashes : std::vector<std::string>{};
}

bool begins_with(std::vector<std::string> const& whole, std::vector<std::string> const& part) {
  return part.size() <= whole.size() && std::equal(part.begin(), part.end(), whole.begin());
}

// The key's files are written by themselves, whole and durable or not at all.
void copy_keys(std::string const& from, std::string const& to) {
  for (char const* end : {".key", ".key.new", ".master"}) {
    if (std::filesystem::exists(from + end)) std::filesystem::copy_file(from + end, to + end);
  }
}

class Power : public ::testing::Test {
 protected:
  void TearDown() override { stop_watching_power(); }

  // Lives a life, and calls `look` with what is left when the power goes before a change: at so
  // many of them.
  void live_with_cuts(Syncing syncing, int cuts,
                      std::function<void(std::string const& left, Life const& life)> const& look) {
    int changes = 0;
    watch_power(syncing);
    before_each_change([&] { ++changes; });
    {
      Folder const measured;
      copy_old_store(measured.file());
      EXPECT_EQ(Life{measured.file()}.live(), 0);
    }
    copy_old_store(folder.file());
    watch_power(syncing);
    Life life{folder.file()};
    int change = 0;
    int const every = stride(changes, cuts);
    before_each_change([&] {
      if (change++ % every != 0 || HasFailure()) return;
      for (Survivors const survivors : all_survivors) {
        Folder const image;
        cut_power(std::filesystem::path{image.file()}.parent_path(), survivors,
                  static_cast<std::uint32_t>(change));
        copy_keys(folder.file(), image.file());
        look(image.file(), life);
        ++tried;
        if (HasFailure()) {
          ADD_FAILURE() << "change " << change << " of " << changes << ", survivors "
                        << static_cast<int>(survivors);
        }
      }
    });
    EXPECT_EQ(life.live(), 0);
    stop_watching_power();
  }

  Folder folder;
  int tried = 0;
};

TEST_F(Power, what_was_answered_is_there_when_it_comes_back) {
  live_with_cuts(Syncing::honest, 24, [](std::string const& left, Life const& life) {
    auto const answered = life.answered();
    auto const log = Log::open({.path = left});
    ASSERT_TRUE(log) << log.error().message;
    ASSERT_TRUE(log.value()->put_policy(sample_revision(), "sample", sample_sources()));
    ASSERT_TRUE(append(*log.value(), sample_entry(7)));
    auto const reader = open_reader(left);
    for (std::string const& id : answered) EXPECT_TRUE(reader->find(id).value()) << id;
    EXPECT_EQ(verdict(left), "sound");
  });
  std::printf("%d cuts of the power: nothing answered was lost\n", tried);
}

// What is said of what a lying disk left.
struct Said {
  std::string code;                 // of an error or a finding; empty where the log is sound
  std::vector<std::string> hashes;  // of the records of a sound one
  std::string witness;              // what an auditor says who saw the log before
  std::int64_t seen = 0;            // records that they saw
};

Said look_at(std::string const& left, std::optional<Witnessed> const& seen) {
  auto const reader = Reader::open({.path = left});
  if (!reader) return {std::string{reader.error().code}, {}, {}};
  auto const verified = verify(*reader.value(), {});
  if (!verified) return {std::string{verified.error().code}, {}, {}};
  if (verified.value().problem) return {std::string{verified.value().problem->code}, {}, {}};
  Said said{{}, hashes_of(*reader.value()), {}};
  if (!seen) return said;
  auto const checkpoint = seen->note.substr(seen->note.find('\n') + 1);
  said.seen = std::stoll(checkpoint);
  auto const now = witness(*reader.value(), seen, {});
  said.witness = now ? "continues" : std::string{now.error().code};
  return said;
}

TEST_F(Power, a_disk_that_lied_is_found_out_or_left_an_older_log_that_a_witness_refuses) {
  std::vector<Said> all;
  std::optional<Witnessed> seen;
  live_with_cuts(Syncing::lying, 48, [&](std::string const& left, Life const& life) {
    if (!seen && life.answered().size() > 20) {
      auto const reader = Reader::open({.path = folder.file()});
      auto const now = reader ? witness(*reader.value(), {}, {}) : pass_on(reader);
      if (now) seen = now.value();
    }
    all.push_back(look_at(left, seen));
  });
  ASSERT_TRUE(seen);
  auto const truth = hashes_of(*open_reader(folder.file()));
  int found = 0;
  int older = 0;
  for (Said const& said : all) {
    if (!said.code.empty()) {
      ++found;
      continue;
    }
    EXPECT_TRUE(begins_with(truth, said.hashes));  // of a sound log every record is genuine
    if (said.seen == 0) continue;
    bool const is_older = std::ssize(said.hashes) < said.seen;
    older += is_older ? 1 : 0;
    // Older than a new key that was seen: signed by one that is not to be trusted any more.
    bool const is_refused = said.witness == "witness.shorter" || said.witness == "witness.key";
    EXPECT_EQ(is_refused, is_older) << said.witness;
    EXPECT_EQ(said.witness == "continues", !is_older) << said.witness;
  }
  EXPECT_GT(found, 0);
  EXPECT_GT(older, 0);
  std::printf(
      "%d cuts with a lying disk: %d damaged logs found by verify, %d older ones by a witness\n",
      tried, found, older);
}

void write_file(std::string const& path, std::string_view bytes) {
  std::ofstream{path, std::ios::binary} << bytes;
}

std::string read_file(std::string const& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

class Torn : public ::testing::Test {
 protected:
  void put(std::string const& main, std::string const& wal) const {
    for (char const* end : {"", "-wal", "-shm"}) std::filesystem::remove(torn + end);
    write_file(torn, main);
    if (!wal.empty()) write_file(torn + "-wal", wal);
  }
  Folder folder;
  std::string torn = folder.file("torn.db");
};

TEST_F(Torn, a_write_ahead_log_at_any_sector_leaves_what_was_whole) {
  auto const log = open_log(folder.file());
  append_all(*log, 0, 20);
  for (int number = 20; number < 30; ++number) ASSERT_TRUE(append(*log, sample_entry(number)));
  std::string const main = read_file(folder.file());
  std::string const wal = read_file(folder.file() + "-wal");
  auto const truth = hashes_of(*open_reader(folder.file()));
  ASSERT_EQ(truth.size(), 30u);
  std::size_t before = 0;
  int tried = 0;
  int const step = stride(static_cast<int>(wal.size()) / 512, 100);
  for (std::size_t cut = 0; cut <= wal.size(); cut += 512u * static_cast<std::size_t>(step)) {
    std::string const zeros(wal.size() - cut, '\0');
    for (std::string const& rest : {std::string{}, zeros}) {
      put(main, wal.substr(0, cut) + rest);
      auto const reader = Reader::open({.path = torn});
      if (!reader) {
        EXPECT_EQ(before, 0u) << cut << ": " << reader.error().message;  // not yet a log
        continue;
      }
      ++tried;
      auto const hashes = hashes_of(*reader.value());
      EXPECT_TRUE(begins_with(truth, hashes)) << cut;
      EXPECT_GE(hashes.size(), before) << cut;
      before = hashes.size();
      if (before > 0) {
        EXPECT_EQ(verdict(torn), "sound") << cut;
      }
    }
  }
  put(main, wal);
  EXPECT_EQ(hashes_of(*open_reader(torn)), truth);
  std::printf("%d torn write-ahead logs\n", tried);
}

TEST_F(Torn, a_page_at_any_sector_is_found) {
  append_all(*open_log(folder.file()), 0, 300);
  std::string const main = read_file(folder.file());
  auto const truth = hashes_of(*open_reader(folder.file()));
  constexpr std::size_t page = 16'384;
  auto const pages = main.size() / page;
  int tried = 0;
  int found = 0;
  auto const look = [&](std::string const& bytes) {
    put(bytes, {});
    auto const said = look_at(torn, {});
    ++tried;
    found += said.code.empty() ? 0 : 1;
    if (said.code.empty()) {
      EXPECT_EQ(said.hashes, truth);
    }
  };
  for (std::size_t number = 0; number < pages;
       number +=
       number + 2 < pages ? static_cast<std::size_t>(stride(static_cast<int>(pages), 8)) : 1) {
    for (std::size_t sector = 0; sector < page; sector += 512) {
      std::string bytes = main;
      bytes.replace(number * page + sector, page - sector, page - sector, '\0');
      look(bytes);
    }
  }
  for (std::size_t size = main.size() - page; size < main.size(); size += 512)
    look(main.substr(0, size));
  EXPECT_GT(found, tried / 2);
  std::printf("%d torn pages: %d found, the rest had nothing in the part that is gone\n", tried,
              found);
}

}  // namespace
}  // namespace heed::store::testing
