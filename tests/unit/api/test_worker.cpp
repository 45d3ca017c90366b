#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <vector>

#include "server/api/worker.hpp"

namespace heed::api {
namespace {

TEST(Worker, runs_jobs_in_order_and_what_waits_before_it_ends) {
  std::vector<int> order;
  {
    Worker worker{100};
    for (int job = 0; job < 50; ++job)
      ASSERT_TRUE(worker.run([&order, job] { order.push_back(job); }));
  }
  ASSERT_EQ(order.size(), 50u);
  for (int job = 0; job < 50; ++job) EXPECT_EQ(order[static_cast<std::size_t>(job)], job);
}

TEST(Worker, refuses_what_is_too_much) {
  std::promise<void> gate, begun;
  Worker worker{2};
  worker.run([&] {
    begun.set_value();
    gate.get_future().wait();
  });
  begun.get_future().wait();
  EXPECT_TRUE(worker.run([] {}));
  EXPECT_TRUE(worker.run([] {}));
  EXPECT_FALSE(worker.run([] {}));
  gate.set_value();
}

TEST(Worker, serves_clients_in_turns_and_keeps_a_place_for_others) {
  std::promise<void> gate, begun;
  std::string order;
  {
    Worker worker{16};
    worker.run([&] {
      begun.set_value();
      gate.get_future().wait();
    });
    begun.get_future().wait();
    for (int job = 0; job < 4; ++job) EXPECT_TRUE(worker.run([&order] { order += 'g'; }, "greedy"));
    EXPECT_FALSE(worker.run([&order] { order += 'g'; }, "greedy"));
    EXPECT_TRUE(worker.run([&order] { order += 'a'; }, "another"));
    EXPECT_TRUE(worker.run([&order] { order += 'b'; }, "another"));
    EXPECT_TRUE(worker.run([&order] { order += 't'; }, "third"));
    gate.set_value();
  }
  EXPECT_EQ(order, "gatgbgg");
}

TEST(Worker, takes_jobs_from_many_threads) {
  std::atomic<int> done{0};
  {
    Worker worker{10'000};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
      threads.emplace_back([&] {
        for (int job = 0; job < 100; ++job) worker.run([&done] { ++done; });
      });
    for (auto& thread : threads) thread.join();
  }
  EXPECT_EQ(done, 800);
}

}  // namespace
}  // namespace heed::api
