#include "server/seal/random.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <set>
#include <thread>
#include <vector>

namespace heed::seal {
namespace {

using Bytes = std::array<unsigned char, 24>;

Bytes next() {
  Bytes bytes{};
  fill_random(bytes);
  return bytes;
}

TEST(Random, never_comes_twice) {
  std::set<Bytes> seen;
  for (int i = 0; i < 1'000; ++i) EXPECT_TRUE(seen.insert(next()).second);
  std::vector<Bytes> others(100);
  std::thread{[&] {
    for (auto& bytes : others) bytes = next();
  }}.join();
  for (auto const& bytes : others) EXPECT_TRUE(seen.insert(bytes).second);
}

TEST(Random, fills_more_than_it_keeps) {
  std::vector<unsigned char> bytes(5'000);
  fill_random(bytes);
  EXPECT_GT(std::set(bytes.end() - 1'000, bytes.end()).size(), 200u);
}

TEST(Random, is_another_in_a_process_that_was_split_off) {
  next();
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  pid_t const child = fork();
  if (child == 0) {
    auto const bytes = next();
    _exit(write(ends[1], bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) ? 0 : 1);
  }
  auto const ours = next();
  Bytes theirs{};
  ASSERT_EQ(read(ends[0], theirs.data(), theirs.size()), static_cast<ssize_t>(theirs.size()));
  waitpid(child, nullptr, 0);
  close(ends[0]);
  close(ends[1]);
  EXPECT_NE(ours, theirs);
}

}  // namespace
}  // namespace heed::seal
