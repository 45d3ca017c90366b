#include "tests/support/oracle_history.hpp"

#include <algorithm>

namespace heed::oracle {

namespace {

struct AtTime {
  Looked event;
  Instant at;
};

/// Events of this kind that have happened: the case's own, and across customers those of others.
std::vector<AtTime> events_so_far(World const& world, EventId event, bool across_customers) {
  std::vector<AtTime> found;
  auto const take = [&](std::vector<Happened> const& from) {
    for (auto const& one : from) {
      if (one.event != event || one.at > world.now) continue;
      Item item;
      item.fields.resize(world.policy.events[index(event)].fields.size());
      for (auto const& [field, value] : one.fields) item.fields[field] = value;
      found.push_back({{item, std::nullopt}, one.at});
    }
  };
  if (!world.past) return found;
  take(world.past->own);
  if (across_customers) take(world.past->others);
  return found;
}

/// The instant after which events count; nothing where the length is unknown.
std::optional<Computed<Value>> begin_of(World const& world, EventWindow const& it) {
  auto const length = value_of(world, *it.last);
  if (!length) return std::nullopt;
  auto const* duration = std::get_if<Duration>(&*length);
  if (!duration) return Failed{"computation.none"};
  return calculate(Operator::subtract, world.now, *length, world.policy.zone);
}

std::optional<std::vector<AtTime>> events_within(World const& world, EventWindow const& it) {
  auto const computed = begin_of(world, it);
  auto const begin = computed ? success(*computed) : std::nullopt;
  if (!begin) return std::nullopt;
  std::vector<AtTime> found;
  for (auto const& one : events_so_far(world, it.event, it.across_customers)) {
    if (one.at > std::get<Instant>(*begin)) found.push_back(one);
  }
  return found;
}

Kleene counts(World const& world, AtTime const& event, ExpressionPtr const& where) {
  return holds(looking_at(world, event.event), where);
}

Value since(World const& world, std::optional<Instant> at) {
  return at ? between(*at, world.now) : never;
}

/// When the last one was that surely counts.
std::optional<Instant> last_sure(World const& world, std::vector<AtTime> const& events,
                                 ExpressionPtr const& where) {
  std::optional<Instant> last;
  for (auto const& one : events) {
    if (counts(world, one, where) == Kleene::yes && (!last || one.at > *last)) last = one.at;
  }
  return last;
}

bool has_item(ExpressionPtr const& expression) {
  if (std::holds_alternative<ItemField>(expression->form)) return true;
  auto const parts = parts_of(*expression);
  return std::any_of(parts.begin(), parts.end(), has_item);
}

}  // namespace

Outcome window(World const& world, EventWindow const& it) {
  auto const events = events_within(world, it);
  if (!events) return nothing_known();
  std::vector<Kleene> each;
  for (auto const& one : *events) each.push_back(counts(world, one, it.where));
  if (!it.count) return from_truth(any_of(each));
  auto const sure = std::count(each.begin(), each.end(), Kleene::yes);
  auto const open = std::count(each.begin(), each.end(), Kleene::unknown);
  return from_bounds(Value{Number{sure}}, Value{Number{sure + open}});
}

Outcome time_since(World const& world, TimeSince const& it) {
  auto const events = events_so_far(world, it.event, it.across_customers);
  auto const sure = last_sure(world, events, it.where);
  auto possible = sure;
  for (auto const& one : events) {
    if (counts(world, one, it.where) != Kleene::no && (!possible || one.at > *possible))
      possible = one.at;
  }
  return from_bounds(since(world, possible), since(world, sure));
}

std::optional<Failed> window_failure(World const& world, EventWindow const& it) {
  auto const begin = begin_of(world, it);
  auto const* failed = begin ? std::get_if<Failed>(&*begin) : nullptr;
  return failed ? std::optional{*failed} : std::nullopt;
}

std::vector<Looked> events_that_matter(World const& world, EventWindow const& it) {
  std::vector<Looked> found;
  for (auto const& one : events_within(world, it).value_or(std::vector<AtTime>{}))
    found.push_back(one.event);
  return found;
}

std::vector<Looked> events_that_matter(World const& world, TimeSince const& it) {
  auto const events = events_so_far(world, it.event, false);
  auto const sure = last_sure(world, events, it.where);
  std::vector<Looked> found;
  for (auto const& one : events) {
    if (!sure || one.at > *sure) found.push_back(one.event);
  }
  return found;
}

Outcome beside_time_since(World const& world, Outcome outcome) {
  auto const counted = [&](std::optional<Value>& value) {
    auto const* length = value ? std::get_if<Duration>(&*value) : nullptr;
    if (!length || *length == never || (length->months == 0 && !length->calendar)) return;
    auto const begin = calculate(Operator::subtract, world.now, *length, world.policy.zone);
    auto const at = success(begin);
    if (!at && length->calendar) return;
    auto const beyond =
        Duration{0, Number{length->months > 0 ? 315'576'000'000 : -315'576'000'000}};
    value = at ? between(std::get<Instant>(*at), world.now) : beyond;
  };
  counted(outcome.known);
  if (outcome.between) counted(outcome.between->least);
  if (outcome.between) counted(outcome.between->most);
  return outcome;
}

bool is_time_since(World const& world, Expression const& expression) {
  if (auto const* define = std::get_if<DefineValue>(&expression.form))
    return is_time_since(world, *world.policy.defines[index(define->define)].value);
  return std::holds_alternative<TimeSince>(expression.form);
}

std::vector<ExpressionPtr> parts_beside_items(ExpressionPtr const& condition) {
  if (!condition) return {};
  if (!has_item(condition)) return {condition};
  std::vector<ExpressionPtr> found;
  for (auto const& part : parts_of(*condition)) {
    for (auto const& one : parts_beside_items(part)) found.push_back(one);
  }
  return found;
}

}  // namespace heed::oracle
