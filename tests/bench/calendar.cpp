#include <chrono>
#include <cstdio>

#include "engine/base/calendar.hpp"
#include "engine/base/holidays.hpp"

// How long it takes to count working time, and to find the days of a holiday: what one deadline
// costs a decision, and one name costs a policy when it is read.

namespace {

using namespace heed;

double micros_each(int times, auto const& run) {
  auto const begin = std::chrono::steady_clock::now();
  for (int i = 0; i < times; ++i) run(i);
  std::chrono::duration<double, std::micro> const passed = std::chrono::steady_clock::now() - begin;
  return passed.count() / times;
}

std::shared_ptr<Calendar const> make_office() {
  auto office = std::make_shared<Calendar>();
  office->name = "office";
  office->zone = *Zone::find("Asia/Jerusalem");
  for (std::size_t day = 0; day < 5; ++day) office->open[day] = {{9 * 3600, 18 * 3600}};
  office->open[5] = {{9 * 3600, 13 * 3600}};
  for (auto const day : *find_holiday("pesach")) office->closed.push_back({day, {}});
  return office;
}

}  // namespace

int main() {
  auto const office = make_office();
  auto const start = office->zone.parse("2026-11-22T10:15")->micros;
  std::int64_t sum = 0;  // so that nothing is left out
  auto const measure = [&](char const* what, Duration const& duration, bool explained) {
    auto const each = micros_each(200'000, [&](int i) {
      Counted counted;
      Instant const from{start + i % 10'000 * std::int64_t{60'000'000}};
      sum += count(from, duration, explained ? &counted : nullptr)->micros & 1;
    });
    std::printf("%-40s %8.2f us\n", what, each);
  };
  auto const hours = [&](std::int64_t count) { return Duration{0, Number{count * 3600}, office}; };
  auto const days = [&](std::int64_t count) { return Duration{0, Number{}, office, count}; };
  measure("4 working hours", hours(4), false);
  measure("4 working hours, and how", hours(4), true);
  measure("40 working hours", hours(40), false);
  measure("1 working day", days(1), false);
  measure("10 working days", days(10), false);
  auto const each = micros_each(200, [&](int) { sum += find_holiday("pesach")->front().days & 1; });
  std::printf("%-40s %8.2f us\n", "the days of a holiday, 131 years", each);
  return sum == -1 ? 1 : 0;
}
