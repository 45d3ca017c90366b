#include "engine/compile/history.hpp"

#include "engine/compile/reads.hpp"

namespace heed::compiling {
namespace {

std::optional<HistoryRead> find_read(Expression const& expression) {
  if (auto const* window = std::get_if<EventWindow>(&expression.form))
    return HistoryRead{window->event, window, nullptr};
  if (auto const* since = std::get_if<TimeSince>(&expression.form))
    return HistoryRead{since->event, nullptr, since};
  return std::nullopt;
}

}  // namespace

std::vector<HistoryRead> find_history(Policy const& policy) {
  std::vector<HistoryRead> found;
  if (policy.events.empty()) return found;
  for_each_expression(policy, [&found](Expression const& expression) {
    if (auto const read = find_read(expression)) found.push_back(*read);
  });
  return found;
}

std::vector<bool> find_events_read(Policy const& policy) {
  std::vector<bool> is_read(policy.events.size());
  if (is_read.empty()) return is_read;
  auto const note = [&is_read](Expression const& expression) {
    if (auto const read = find_read(expression)) is_read[index(read->event)] = true;
  };
  for_each_expression(policy, note);
  for (auto const& test : policy.tests) {
    for (auto const& expectation : test.expectations) {
      if (auto const* it = std::get_if<Expectation::Condition>(&expectation.form))
        for_each_within(*it->holds, note);
    }
  }
  return is_read;
}

}  // namespace heed::compiling
