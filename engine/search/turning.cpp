#include "engine/search/turning.hpp"

#include <algorithm>
#include <cstdlib>

#include "engine/run/evaluate.hpp"
#include "engine/search/distance.hpp"

namespace heed::search {
namespace {

using Sides = std::pair<Expression const*, Expression const*>;

constexpr std::int64_t day_seconds = 86'400;
constexpr std::int64_t micros_per_second = 1'000'000;

/// The pairs of expressions whose being equal a test turns on.
std::vector<Sides> sides_of(Expression const& test) {
  std::vector<Sides> sides;
  if (auto const* comparison = std::get_if<Comparison>(&test.form))
    sides.emplace_back(comparison->left.get(), comparison->right.get());
  if (auto const* membership = std::get_if<Membership>(&test.form))
    for (auto const& value : membership->values)
      sides.emplace_back(membership->subject.get(), value.get());
  return sides;
}

Number floor_of(Number const& number) {
  auto const whole = number.numerator() / number.denominator();
  auto const is_exact = number.is_whole() || number.numerator() >= 0;
  return Number{is_exact ? whole : whole - 1};
}

/// `number` down to a multiple of 1/`parts`.
std::optional<Number> floor_to(Number const& number, std::int64_t parts) {
  auto const scaled = multiply(number, Number{parts});
  return scaled ? divide(floor_of(*scaled), Number{parts}) : std::nullopt;
}

std::int64_t parts_of_minor_unit(Currency currency) {
  std::int64_t parts = 1;
  for (int places = minor_places_of(currency); places > 0; --places) parts *= 10;
  return parts;
}

/// A value like `like` that counts `number`.
std::optional<Value> value_like(Value const& like, Number const& number) {
  if (std::holds_alternative<Number>(like)) return number;
  if (auto const* money = std::get_if<Money>(&like)) return Money{number, money->currency};
  if (std::holds_alternative<Duration>(like)) return Duration{0, number};
  auto const whole = floor_of(number).numerator();
  if (std::holds_alternative<Instant>(like)) return Instant{whole};
  if (std::abs(whole) > 4'000'000) return std::nullopt;  // days: far beyond the year 9999
  return Date{static_cast<std::int32_t>(whole)};
}

/// What a measured fact that has no value is taken to be while a difference is measured.
std::optional<Value> stand_in(Type const& type, run::Inputs const& inputs) {
  switch (type.kind) {
    case Kind::whole:
    case Kind::number:
      return Number{1};
    case Kind::money:
      if (type.currency) return Money{Number{1}, *type.currency};
      return std::nullopt;
    case Kind::duration:
      return Duration{0, Number{3'600}};
    case Kind::date:
      return inputs.today;
    case Kind::time:
      return inputs.now;
    default:
      return std::nullopt;
  }
}

/// Finds where two sides are equal, as one fact changes.
class Equalling {
 public:
  Equalling(Trial& trial, FactId fact) : trial_{trial}, fact_{fact} {}

  std::optional<Value> find(Sides const& sides, bool reads_targets) {
    reads_targets_ = reads_targets;
    if (auto const direct = find_other(*sides.first, *sides.second)) return direct;
    if (auto const direct = find_other(*sides.second, *sides.first)) return direct;
    return is_named(*sides.first) || is_named(*sides.second) ? std::nullopt : solve(sides);
  }

 private:
  Type const& type() const { return trial_.rules().policy.facts[index(fact_)].type; }
  bool is_named(Expression const& side) const {
    auto const* fact = std::get_if<FactValue>(&side.form);
    return fact != nullptr && fact->fact == fact_;
  }

  /// The value of the other side, where one side is the fact itself.
  std::optional<Value> find_other(Expression const& side, Expression const& other) {
    if (!is_named(side) || facts_in(trial_.rules().policy, other).contains(fact_))
      return std::nullopt;
    auto const* value = run::settled_value_of(trial_.unchanged_frame(), other);
    return value == nullptr ? std::nullopt : std::optional{*value};
  }

  std::optional<Number> measure(Sides const& sides, Value const& value) {
    Candidate const candidate{value, 0, {}};
    trial_.change(fact_, candidate);
    auto frame = trial_.look(run::Reading::plain);
    if (reads_targets_) trial_.settle(frame);
    auto const* left = run::settled_value_of(frame, *sides.first);
    auto const* right = run::settled_value_of(frame, *sides.second);
    std::optional<Number> difference;
    if (left != nullptr && right != nullptr && left->index() == right->index()) {
      auto const less = number_of(*left);
      auto const more = number_of(*right);
      if (less && more) difference = subtract(*less, *more);
    }
    trial_.restore(fact_);
    return difference;
  }

  /// From the difference of the sides at two values: exact where it is linear between them.
  std::optional<Value> solve(Sides const& sides) {
    auto const& inputs = trial_.unchanged();
    auto const* known = inputs.facts[index(fact_)];
    auto const from = known != nullptr ? std::optional{*known} : stand_in(type(), inputs);
    auto const start = from ? number_of(*from) : std::nullopt;
    if (!start) return std::nullopt;
    Number const stride{std::holds_alternative<Instant>(*from)    ? day_seconds * micros_per_second
                        : std::holds_alternative<Duration>(*from) ? day_seconds
                                                                  : 1};
    auto const next = add(*start, stride);
    auto const to = next ? value_like(*from, *next) : std::nullopt;
    if (!to) return std::nullopt;
    auto const first = measure(sides, *from);
    auto const second = first ? measure(sides, *to) : std::nullopt;
    if (!second) return std::nullopt;
    auto const slope = subtract(*first, *second);
    auto const strides = slope && *slope != Number{} ? divide(*first, *slope) : std::nullopt;
    auto const way = strides ? multiply(*strides, stride) : std::nullopt;
    auto const end = way ? add(*start, *way) : std::nullopt;
    return end ? value_like(*from, *end) : std::nullopt;
  }

  Trial& trial_;
  FactId fact_;
  bool reads_targets_ = true;
};

/// The least step that one would name beside this value, as number_of counts.
Number step_of(Type const& type, Value const& value) {
  if (auto const* money = std::get_if<Money>(&value))
    return divide(Number{1}, Number{parts_of_minor_unit(money->currency)}).value_or(Number{1});
  if (auto const* duration = std::get_if<Duration>(&value)) {
    auto const minutes = divide(duration->seconds, Number{60});
    return Number{minutes && minutes->is_whole() ? 60 : 1};
  }
  if (auto const* time = std::get_if<Instant>(&value)) {
    constexpr std::int64_t minute = 60 * micros_per_second;
    return Number{time->micros % minute == 0 ? minute : micros_per_second};
  }
  if (type.kind != Kind::number) return Number{1};
  auto const* number = std::get_if<Number>(&value);
  auto const hundredths = number == nullptr ? std::nullopt : multiply(*number, Number{100});
  auto const parts = hundredths && hundredths->is_whole() ? 100 : 1'000'000;
  return divide(Number{1}, Number{parts}).value_or(Number{1});
}

/// The value rounded down to what the type holds.
std::optional<Number> round_down(Type const& type, Value const& value, Number const& number) {
  if (auto const* money = std::get_if<Money>(&value))
    return floor_to(number, parts_of_minor_unit(money->currency));
  if (type.kind == Kind::whole) return floor_of(number);
  return floor_to(number, type.kind == Kind::time ? 1 : micros_per_second);
}

}  // namespace

bool is_measured(Kind kind) {
  return kind == Kind::whole || kind == Kind::number || kind == Kind::money ||
         kind == Kind::duration || kind == Kind::date || kind == Kind::time;
}

std::vector<Value> find_turning_points(Trial& trial, FactId fact) {
  std::vector<Value> points;
  Equalling equalling{trial, fact};
  for (auto const& test : trial.cone().tests) {
    if (trial.is_over() || !std::ranges::binary_search(test.facts, fact)) continue;
    for (auto const& sides : sides_of(*test.expression)) {
      auto point = equalling.find(sides, test.reads_targets);
      if (point && number_of(*point)) points.push_back(*std::move(point));
    }
  }
  auto const before = [](Value const& left, Value const& right) {
    return comes_before(left, right);
  };
  std::ranges::sort(points, before);
  points.erase(std::unique(points.begin(), points.end()), points.end());
  return points;
}

std::vector<Value> with_neighbours(Type const& type, Value const& value) {
  auto const number = number_of(value);
  auto const exact = number ? round_down(type, value, *number) : std::nullopt;
  if (!exact) return {};
  auto const step = step_of(type, value);
  std::vector<Value> values;
  for (auto const& near : {exact, subtract(*exact, step), add(*exact, step)})
    if (near)
      if (auto found = value_like(value, *near)) values.push_back(*std::move(found));
  return values;
}

}  // namespace heed::search
