#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "engine/base/ensure.hpp"
#include "server/store/log.hpp"
#include "server/store/reader.hpp"
#include "server/store/revision.hpp"
#include "server/store/uuid.hpp"
#include "server/store/verify.hpp"
#include "server/store/witness.hpp"

// Whatever a file holds that is taken for a log: opening, listing, finding, proving and verifying
// it end in answers or errors. The first byte of the input says whether the rest is the file, or
// changes of a genuine one: an offset (4 bytes), a count (1) and so many bytes, again and again;
// or the same of the file beside it that holds what is not yet merged.
namespace heed::store {
namespace {

namespace files = std::filesystem;

struct Genuine {
  std::string folder;
  std::string file;
  std::string beside;  // what is not yet merged into it
};

std::string read(std::string const& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

Entry entry(UuidSource& ids, std::string const& revision, int number) {
  Entry made;
  made.at_us = 1'795'335'300'000'000 + number;
  made.id = ids.next(made.at_us);
  made.subject = "c-" + std::to_string(number % 3);
  made.revision = revision;
  made.case_json = "{\"number\":" + std::to_string(number) + "}";
  made.decision_json = "{}";
  made.marks.rules = {"first"};
  if (number % 4 == 0) {
    made.key = "key-" + std::to_string(number);
    made.request = std::string(32, 'r');
  }
  return made;
}

Genuine make() {
  bool const in_memory = ::access("/dev/shm", W_OK) == 0;
  std::string pattern = (in_memory ? "/dev/shm" : files::temp_directory_path().string()) +
                        std::string{"/heed_fuzz_XXXXXX"};
  Genuine genuine;
  genuine.folder = ::mkdtemp(pattern.data());
  std::string const path = genuine.folder + "/log.db";
  std::vector<SourceText> const sources{{"policy.heed", "policy p\n"}};
  auto const revision = revision_of(sources);
  UuidSource ids;
  auto log = Log::open({.path = path});
  ensure(log && log.value()->put_policy(revision, "p", sources));
  for (int number = 0; number < 300; ++number)
    ensure(static_cast<bool>(log.value()->append(entry(ids, revision, number), [](auto) {})));
  ensure(static_cast<bool>(log.value()->rotate_key(ids.next(1))));
  genuine.file = read(path);
  genuine.beside = read(path + "-wal");
  log.value().reset();
  if (genuine.file.size() < 100'000) genuine.file = read(path);
  for (char const* end : {"", "-wal", "-shm", ".key"}) files::remove(path + end);
  return genuine;
}

void change(std::string& file, std::string_view changes) {
  while (changes.size() > 5 && !file.empty()) {
    std::uint32_t at = 0;
    std::memcpy(&at, changes.data(), sizeof at);
    std::size_t const count = static_cast<unsigned char>(changes[4]);
    changes.remove_prefix(5);
    for (std::size_t place = 0; place < std::min(count, changes.size()); ++place)
      file[(at + place) % file.size()] = changes[place];
    changes.remove_prefix(std::min(count, changes.size()));
  }
}

void write(std::string const& path, std::string_view bytes) {
  std::ofstream{path, std::ios::binary} << bytes;
}

void examine(std::string const& path) {
  auto const opened = Reader::open({.path = path});
  if (!opened) {
    ensure(!opened.error().code.empty() && !opened.error().message.empty());
    return;
  }
  Reader& reader = *opened.value();
  std::size_t listed = 0;
  PageRequest page{.limit = 1'000};
  for (int pages = 0; pages < 10; ++pages) {
    auto const found = reader.list({.subject = "c-1"}, page);
    if (!found || found.value().next.empty()) break;
    listed += found.value().records.size();
    page.cursor = found.value().next;
  }
  (void)reader.find(1);
  (void)reader.find("01a2048c-0365-7542-b8b5-8cce25cfcdc6");
  (void)reader.counts();
  (void)reader.policies();
  (void)reader.subject("c-2", 100, {});
  (void)reader.find_events({.event = "contact", .until_us = 1, .limit = 100});
  if (auto const head = reader.head())
    (void)reader.tiles().root(std::min<std::int64_t>(head.value().sequence, 300));
  (void)witness(reader, {}, {});
  auto const verified = verify(reader, {});
  if (verified && verified.value().problem) ensure(!verified.value().problem->code.empty());
  ensure(listed <= 10'000);
}

}  // namespace
}  // namespace heed::store

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size == 0) return 0;
  static heed::store::Genuine const genuine = heed::store::make();
  static std::string const path = genuine.folder + "/fuzzed.db";
  std::string_view const rest{reinterpret_cast<char const*>(data) + 1, size - 1};
  std::string file = data[0] % 4 == 0 ? std::string{rest} : genuine.file;
  std::string beside = data[0] % 4 >= 2 ? genuine.beside : std::string{};
  if (data[0] % 4 == 1) heed::store::change(file, rest);
  if (data[0] % 4 >= 2) heed::store::change(data[0] % 4 == 2 ? beside : file, rest);
  for (char const* end : {"-wal", "-shm"}) std::filesystem::remove(path + end);
  heed::store::write(path, file);
  if (!beside.empty()) heed::store::write(path + "-wal", beside);
  heed::store::examine(path);
  return 0;
}
