#include "engine/run/deadlines.hpp"

#include <tuple>
#include <utility>

#include "engine/base/time_text.hpp"
#include "engine/run/deeds.hpp"
#include "engine/run/evaluate.hpp"

namespace heed::run {
namespace {

/// How working time was counted is told where it lies ahead.
Due count_from(Frame& frame, Instant from, Duration const& duration) {
  if (!duration.calendar || duration.days < 0 || duration.seconds < Number{0}) {
    auto const at = add(from, duration, frame.policy().zone);
    return {at, nullptr, at ? std::nullopt : std::optional{find_flaw_of_moving(duration)}};
  }
  Counted counted;
  auto const at = count(from, duration, &counted);
  if (!at || !can_write(*at, frame.policy().zone))
    return {std::nullopt, nullptr, find_flaw_of_moving(duration)};
  return {at, frame.own(std::move(counted)), std::nullopt};
}

/// Those that end earlier first; of those that end at once the counted ones.
bool comes_before(Due const& one, Due const& other) {
  if (one.at != other.at) return one.at < other.at;
  if (one.counted == nullptr || other.counted == nullptr)
    return one.counted != nullptr && other.counted == nullptr;
  auto const order = [](Counted const& counted) {
    return std::tie(counted.calendar, counted.from, counted.intervals, counted.skipped);
  };
  return order(*one.counted) < order(*other.counted);
}

}  // namespace

Due due_after(Frame& frame, std::optional<Instant> from, Expression const& duration) {
  auto const* value = settled_value_of(frame, duration);
  auto const* known = value == nullptr ? nullptr : std::get_if<Duration>(value);
  return from && known != nullptr ? count_from(frame, *from, *known) : Due{};
}

Due due_of(Frame& frame, Deadline const& deadline) {
  auto const* of = deadline.of ? settled_value_of(frame, *deadline.of) : &frame.inputs.now_value;
  auto const* from = of == nullptr ? nullptr : std::get_if<Instant>(of);
  return due_after(frame, from == nullptr ? std::nullopt : std::optional{*from}, *deadline.within);
}

List<Due> dues_of_steps(Frame& frame, Escalate const& form, Due const& first) {
  Growing<Due> dues{frame.room};
  auto from = form.within ? first.at : std::optional{frame.inputs.now};
  for (auto const& step : form.then) {
    dues.push_back(due_after(frame, from, *step.after));
    from = dues.back().at;
  }
  return dues.list();
}

void keep_earlier(Due& due, Due const& other) {
  if (!other.at) return;
  if (!due.at || comes_before(other, due)) due = other;
}

List<NamedDue> list_dues(Frame& frame, RuleId id) {
  auto const& rule = frame.policy().rules[index(id)];
  Growing<NamedDue> dues{frame.room};
  auto const add = [&](std::optional<Deadline> const& deadline) {
    if (deadline) dues.push_back({deadline->within.get(), due_of(frame, *deadline)});
    return deadline ? dues.back().due : Due{};
  };
  auto const add_deed = [&](Do const& what) {
    add(what.within);
    auto const* expires = what.expires_after.get();
    if (expires != nullptr) dues.push_back({expires, due_after(frame, frame.inputs.now, *expires)});
  };
  for (std::uint32_t number = 0; number < rule.then.size(); ++number) {
    auto const& consequence = rule.then[number];
    if (std::holds_alternative<Do>(consequence) || std::holds_alternative<Instead>(consequence)) {
      Writing const writing{id, number};
      for_each_deed(frame, writing, [&](Truth sure) {
        if (sure == Truth::yes) add_deed(what_is_done(frame, writing));
      });
    }
    if (auto const* alert = std::get_if<Alert>(&consequence)) add(alert->within);
    auto const* escalate = std::get_if<Escalate>(&consequence);
    if (escalate == nullptr) continue;
    auto const steps = dues_of_steps(frame, *escalate, add(escalate->within));
    for (std::size_t at = 0; at < steps.size(); ++at)
      dues.push_back({escalate->then[at].after.get(), steps[at]});
  }
  return dues.list();
}

std::vector<Warning> find_missed_dues(Frame& frame, RuleId rule) {
  std::vector<Warning> warnings;
  for (auto const& [duration, due] : list_dues(frame, rule)) {
    if (due.flaw)
      warnings.push_back({std::string{code_of(*due.flaw)}, frame.policy().rules[index(rule)].name,
                          "`" + duration->text + "` " + std::string{words_of(*due.flaw)}});
  }
  return warnings;
}

}  // namespace heed::run
