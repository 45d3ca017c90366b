#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>

#include "engine/advisor.hpp"

// What windows over a customer's history cost a decision: 10,000 events over five years, and rules
// that each look at a window of their own. The first decision of a case sorts the events; a window
// then finds its beginning by binary search and looks at the events within, no others.

namespace {

using namespace heed;

constexpr int events_count = 10'000;
constexpr int windows_count = 200;

/// As many rules as there are windows, each a minute longer than the one before.
std::string policy_text(int windows, int days, std::string const& before,
                        std::string const& after) {
  std::string text =
      "policy bench\nneed functional n\nevent contact\n  channel is one of phone, web\n";
  for (int i = 0; i < windows; ++i)
    text += "rule r" + std::to_string(i) + "\n  when " + before + std::to_string(days * 1'440 + i) +
            " minutes" + after + "\n  then n is violated\n";
  return text;
}

Case make_subject(RuleSet const& rules, Instant now) {
  auto subject = make_case(rules);
  constexpr std::int64_t five_years_us = std::int64_t{5} * 365 * 86'400 * 1'000'000;
  for (int i = 0; i < events_count; ++i) {
    auto const nth = i * std::int64_t{7'919} % events_count;  // in no order
    Instant const at{now.micros - five_years_us / events_count * nth};
    subject.history.push_back({EventId{0}, at, {{0, Chosen{static_cast<std::uint32_t>(i % 2)}}}});
  }
  subject.history_given = true;
  return subject;
}

struct Asked {
  int days;
  std::string before, after;
};

/// Microseconds a decision; the least of several runs.
double measure(int windows, Asked const& asked) {
  auto const rules =
      load({{"bench.heed", policy_text(windows, asked.days, asked.before, asked.after)}}, "r")
          .rules;
  auto const now = *Zone::utc().parse("2026-11-22T10:00:00Z");
  auto const subject = make_subject(*rules, now);
  double least = 1e12;
  std::size_t fired = 0;  // so that nothing is left out
  for (int run = 0; run < 20; ++run) {
    auto const begin = std::chrono::steady_clock::now();
    fired += decide(*rules, subject, now).fired.size();
    std::chrono::duration<double, std::micro> const passed =
        std::chrono::steady_clock::now() - begin;
    least = std::min(least, passed.count());
  }
  return fired == 1 ? 0 : least;
}

void print(char const* what, double each) {
  std::printf("%-52s %9.2f us\n", what, each);
}

}  // namespace

int main() {
  Asked const plain{30, "count of contact in last ", " >= 1000"};
  Asked const filtered{30, "count of contact in last ", " where (channel is phone) >= 1000"};
  Asked const since{30, "time since last contact where (channel is phone) > ", ""};
  Asked const all{1'826, "count of contact in last ", " where (channel is phone) >= 9000"};
  print("a decision: 10,000 events sorted, one window", measure(1, plain));
  auto const further = [](char const* what, Asked const& asked) {
    print(what, (measure(windows_count + 1, asked) - measure(1, asked)) / windows_count);
  };
  further("each further window of 30 days", plain);
  further("  with `where (…)`: 164 events", filtered);
  further("each further `time since last … where (…)`", since);
  further("each further window of five years, `where (…)`", all);
}
