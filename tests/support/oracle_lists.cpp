#include "tests/support/oracle_lists.hpp"

#include <algorithm>

namespace heed::oracle {

World looking_at(World world, Looked const& item) {
  world.looked.push_back(item);
  return world;
}

std::optional<std::vector<Looked>> items_of(World const& world, Expression const& list) {
  auto const value = value_of(world, list);
  if (!value) return std::nullopt;
  auto const* fact = std::get_if<FactValue>(&list.form);
  auto const* field = std::get_if<ItemField>(&list.form);
  auto const from = fact ? fact->fact : world.looked[world.looked.size() - 1 - field->up].from;
  std::vector<Looked> found;
  for (auto const& item : *std::get<ListValue>(*value).items) found.push_back({item, from});
  return found;
}

std::optional<std::vector<Kleene>> each_fits(World const& world, Expression const& list,
                                             ExpressionPtr const& condition) {
  auto const items = items_of(world, list);
  if (!items) return std::nullopt;
  std::vector<Kleene> found;
  for (auto const& item : *items) found.push_back(holds(looking_at(world, item), condition));
  return found;
}

Kleene item_test(World const& world, ItemTest const& test) {
  auto const found = each_fits(world, *test.list, test.has);
  if (!found) return Kleene::unknown;
  return test.every ? all_of(*found) : any_of(*found);
}

Outcome item_count(World const& world, Aggregate const& count) {
  auto const found = each_fits(world, *count.list, count.where);
  if (!found) return nothing_known();
  auto const sure = std::count(found->begin(), found->end(), Kleene::yes);
  auto const open = std::count(found->begin(), found->end(), Kleene::unknown);
  return from_bounds(Value{Number{sure}}, Value{Number{sure + open}});
}

namespace {

/// The values of the items that count; nothing where that is not sure.
std::optional<std::vector<Value>> taken_in(World const& world, Aggregate const& aggregate) {
  auto const items = items_of(world, *aggregate.list);
  if (!items) return std::nullopt;
  std::vector<Value> values;
  for (auto const& item : *items) {
    auto const inside = looking_at(world, item);
    auto const counts = holds(inside, aggregate.where);
    if (counts == Kleene::no) continue;
    auto const value = value_of(inside, *aggregate.of);
    if (counts == Kleene::unknown || !value) return std::nullopt;
    values.push_back(*value);
  }
  return values;
}

Value nothing_of(Type const& type) {
  switch (type.kind) {
    case Kind::money:
      return Money{Number{}, type.currency ? *type.currency : no_currency};
    case Kind::duration:
      return Duration{};
    default:
      return Number{};
  }
}

}  // namespace

std::optional<Computed<Value>> aggregated(World const& world, Aggregate const& aggregate) {
  auto const values = taken_in(world, aggregate);
  if (!values) return std::nullopt;
  bool const adds = aggregate.how == Aggregate::How::sum;
  if (!adds && values->empty()) return Failed{"computation.smallest-of-nothing"};
  if (!adds) return extreme(aggregate.how == Aggregate::How::largest, *values);
  Computed<Value> sum = nothing_of(aggregate.of->type);
  for (auto const& value : *values) {
    auto const so_far = success(sum);
    if (so_far) sum = calculate(Operator::add, *so_far, value, world.policy.zone);
  }
  return sum;
}

Kleene does(World const& world, Do const& what) {
  if (!what.for_each) return Kleene::yes;
  auto const found = each_fits(world, *what.for_each->list, what.for_each->where);
  return found ? any_of(*found) : Kleene::unknown;
}

}  // namespace heed::oracle
