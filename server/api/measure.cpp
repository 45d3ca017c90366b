#include "server/api/measure.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <limits>
#include <numeric>
#include <thread>

#include "server/api/service.hpp"
#include "server/json/case_reader.hpp"
#include "server/json/decision.hpp"
#include "server/json/source.hpp"

namespace heed::api {
namespace {

constexpr std::size_t timed_max = 8'000'000;  // 32 MB of times
constexpr std::size_t dearest_max = 10;
constexpr std::uint64_t clock_gap = 32;  // decisions between two looks at the clock

std::int64_t now_ns() {
  using namespace std::chrono;
  return duration_cast<nanoseconds>(steady_clock::now().time_since_epoch()).count();
}

double processor_us() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  auto const us = [](timeval const& time) {
    return 1e6 * static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec);
  };
  return us(used.ru_utime) + us(used.ru_stime);
}

Expected<Case, json::CaseMistakes> read(Workload const& workload, std::string const& line) {
  return workload.source == nullptr ? json::read_case(workload.rules, line)
                                    : json::read_payload(workload.rules, *workload.source, line);
}

Instant moment_of(Workload const& workload, Case const& subject) {
  return workload.at ? *workload.at : subject.at.value_or(system_now());
}

/// Decides lines in turn, as `heed decide --lines` does.
class Deciding {
 public:
  Deciding(Workload const& workload, std::size_t first)
      : workload_{workload},
        reader_{workload.rules},
        evaluator_{workload.rules},
        next_{first % workload.lines.size()} {}

  void decide_next() {
    auto const& decision = decide(read());
    write(decision);
  }
  /// The same, and what each step took.
  void decide_next(std::int64_t (&moments)[4]) {
    moments[0] = now_ns();
    auto const& subject = read();
    moments[1] = now_ns();
    auto const& decision = decide(subject);
    moments[2] = now_ns();
    write(decision);
    moments[3] = now_ns();
  }
  std::size_t answer_bytes() const { return answer_.size(); }

 private:
  Case const& read() {
    auto const& line = workload_.lines[next_];
    if (++next_ == workload_.lines.size()) next_ = 0;
    if (workload_.source == nullptr) return *reader_.read(line).value();
    return payload_ = api::read(workload_, line).value();
  }
  lent::Decision const& decide(Case const& subject) {
    return evaluator_.decide(subject, moment_of(workload_, subject));
  }
  void write(lent::Decision const& decision) {
    answer_.clear();
    json::write_decision(answer_, decision, workload_.engine);
  }

  Workload const& workload_;
  json::CaseReader reader_;
  Evaluator evaluator_;
  std::size_t next_;
  Case payload_;
  std::string answer_;
};

std::int64_t to_ns(double seconds) {
  return static_cast<std::int64_t>(seconds * 1e9);
}

/// Decides until the time is over, and every case once.
std::uint64_t decide_until(std::int64_t end_ns, Deciding& deciding, std::size_t cases) {
  std::uint64_t decided = 0;
  while (decided < cases || now_ns() < end_ns)
    for (std::uint64_t nth = 0; nth < clock_gap; ++nth, ++decided) deciding.decide_next();
  return decided;
}

Rate measure_rate(Workload const& workload, double seconds, unsigned threads) {
  Rate rate{.threads = threads};
  std::atomic<std::uint64_t> decisions{0};
  auto const computed = processor_us();
  auto const begun = now_ns();
  auto const work = [&](unsigned nth) {
    Deciding deciding{workload, nth * workload.lines.size() / threads};
    decisions += decide_until(begun + to_ns(seconds), deciding, workload.lines.size());
  };
  std::vector<std::thread> others;
  for (unsigned nth = 1; nth < threads; ++nth) others.emplace_back(work, nth);
  work(0);
  for (auto& other : others) other.join();
  rate.seconds = static_cast<double>(now_ns() - begun) / 1e9;
  rate.decisions = decisions;
  rate.processor_us = (processor_us() - computed) / static_cast<double>(rate.decisions);
  return rate;
}

Times measure_times(Workload const& workload, double seconds) {
  Deciding deciding{workload, 0};
  std::vector<std::uint32_t> taken;
  std::int64_t steps[3] = {};
  std::int64_t moments[4];
  auto const end = now_ns() + to_ns(seconds);
  do {
    deciding.decide_next(moments);
    for (std::size_t step = 0; step < 3; ++step) steps[step] += moments[step + 1] - moments[step];
    constexpr std::int64_t most = std::numeric_limits<std::uint32_t>::max();  // 4.3 s
    taken.push_back(static_cast<std::uint32_t>(std::min(moments[3] - moments[0], most)));
  } while (taken.size() < workload.lines.size() || (moments[3] < end && taken.size() < timed_max));
  std::ranges::sort(taken);
  auto const at = [&taken](double part) { return percentile(taken, part) / 1e3; };
  auto const mean = [&](std::int64_t sum) {
    return static_cast<double>(sum) / 1e3 / static_cast<double>(taken.size());
  };
  return {taken.size(), at(0.5),        at(0.95),       at(0.99),
          at(1),        mean(steps[0]), mean(steps[1]), mean(steps[2])};
}

/// A step that leads through all of so many, in an order that is everywhere at once.
std::size_t find_stride(std::size_t count) {
  auto stride = std::max<std::size_t>(1, count * 618 / 1'000);
  while (std::gcd(stride, count) != 1) ++stride;
  return stride;
}

/// As many cases as there is time for, from all over the file.
DearRules measure_rules(Workload const& workload, double seconds) {
  RuleCosts costs{workload.rules, now_ns};
  DearRules dear;
  auto const end = now_ns() + to_ns(seconds);
  auto const count = workload.lines.size();
  auto const stride = find_stride(count);
  for (std::size_t nth = 0; nth < count; ++nth) {
    auto const subject = read(workload, workload.lines[nth * stride % count]);
    costs.add(subject.value(), moment_of(workload, subject.value()));
    ++dear.cases;
    if (now_ns() >= end) break;
  }
  dear.decide_us = costs.decide_ns() / 1e3;
  dear.rules = find_dearest(costs.costs(), dearest_max);
  return dear;
}

}  // namespace

double percentile(std::span<std::uint32_t const> ascending, double part) {
  if (ascending.empty()) return 0;
  auto const rank = std::ceil(part * static_cast<double>(ascending.size()));
  return ascending[std::max<std::size_t>(1, static_cast<std::size_t>(rank)) - 1];
}

std::vector<RuleCost> find_dearest(std::vector<RuleCost> costs, std::size_t at_most) {
  std::erase_if(costs, [](RuleCost const& cost) { return cost.ns <= 0; });
  std::ranges::stable_sort(costs, std::ranges::greater{}, &RuleCost::ns);
  if (costs.size() > at_most) costs.resize(at_most);
  return costs;
}

Measured measure(Workload const& workload, MeasureOptions const& options) {
  Measured measured;
  Deciding warm{workload, 0};
  std::uint64_t bytes = 0;
  for (std::size_t nth = 0; nth < workload.lines.size(); ++nth) {
    warm.decide_next();
    bytes += warm.answer_bytes();
  }
  measured.answer_bytes = static_cast<double>(bytes) / static_cast<double>(workload.lines.size());
  decide_until(now_ns() + to_ns(options.seconds / 4), warm, 0);
  measured.one = measure_rate(workload, options.seconds, 1);
  if (options.jobs > 1) measured.all = measure_rate(workload, options.seconds, options.jobs);
  measured.times = measure_times(workload, options.seconds);
  measured.dear = measure_rules(workload, options.seconds);
  return measured;
}

}  // namespace heed::api
