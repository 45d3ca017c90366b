#include <algorithm>

#include "engine/base/ensure.hpp"
#include "tests/support/oracle_world.hpp"

/// Tables, by going through every way in which unsure rows may turn out.
namespace heed::oracle {

namespace {

struct RowFound {
  Kleene holds = Kleene::no;
  std::optional<Value> result;
};

std::vector<RowFound> rows_of(World const& world, Table const& table, std::uint32_t result) {
  std::vector<RowFound> found;
  for (auto const& row : table.rows) {
    found.push_back({row_holds(world, row), value_of(world, *row.results[result])});
  }
  return found;
}

/// The value where exactly these rows hold.
Computed<Value> join_rows(Table::Hit hit, std::vector<Value> const& results, Zone const& zone) {
  if (results.empty()) return Failed{"table.no-row"};
  switch (hit) {
    case Table::Hit::first:
      return results.front();
    case Table::Hit::unique:
      if (results.size() > 1) return Failed{"table.several-rows"};
      return results.front();
    case Table::Hit::largest:
      return extreme(true, results);
    case Table::Hit::smallest:
      return extreme(false, results);
    case Table::Hit::sum:
      break;
  }
  if (std::holds_alternative<None>(results.front())) return Failed{"computation.none"};
  Computed<Value> sum = results.front();
  for (std::size_t i = 1; i < results.size(); ++i) {
    auto const so_far = success(sum);
    if (so_far) sum = calculate(Operator::add, *so_far, results[i], zone);
  }
  return sum;
}

/// Calls with the results of the rows that hold, for every way in which the unsure ones may turn
/// out. False at once where one of these results is unknown.
template <class F>
bool for_each_outcome(Table const& table, std::vector<RowFound> const& rows, F const& call) {
  std::vector<RowFound> possible;
  for (auto const& row : rows) {
    if (row.holds == Kleene::no) continue;
    if (!row.result) return false;
    possible.push_back(row);
    if (row.holds == Kleene::yes && table.hit == Table::Hit::first) break;
  }
  auto const unsure = std::count_if(possible.begin(), possible.end(),
                                    [](auto const& row) { return row.holds == Kleene::unknown; });
  ensure(unsure < 20);
  for (std::uint32_t ways = 0; ways < (1u << unsure); ++ways) {
    std::vector<Value> results;
    std::uint32_t at = 0;
    for (auto const& row : possible) {
      if (row.holds == Kleene::yes || (ways >> at++ & 1u) != 0) results.push_back(*row.result);
    }
    call(results);
  }
  return true;
}

}  // namespace

Kleene row_holds(World const& world, Table::Row const& row) {
  std::vector<Kleene> cells;
  for (auto const& cell : row.cells) cells.push_back(holds(world, cell));
  return all_of(cells);
}

Outcome table_outcome(World const& world, Table const& table, std::uint32_t result) {
  std::vector<std::optional<Value>> found;
  bool const known =
      for_each_outcome(table, rows_of(world, table, result), [&](std::vector<Value> const& rows) {
        found.push_back(success(join_rows(table.hit, rows, world.policy.zone)));
      });
  if (!known || found.empty()) return nothing_known();
  bool const agree = std::all_of(found.begin(), found.end(), [&](auto const& value) {
    return value && *value == *found.front();
  });
  return found.front() && agree ? settled(*found.front()) : nothing_known();
}

std::optional<Failed> table_failure(World const& world, Table const& table, std::uint32_t result) {
  bool const collects = table.hit != Table::Hit::first && table.hit != Table::Hit::unique;
  std::vector<Value> results;
  bool unsure = false;
  for (auto const& row : rows_of(world, table, result)) {
    unsure = unsure || row.holds == Kleene::unknown;
    if (row.holds != Kleene::yes) continue;
    if (!row.result && collects) return std::nullopt;
    results.push_back(row.result.value_or(Value{None{}}));
  }
  bool const surely_fails = collects && !results.empty();  // whatever the unsure rows turn out
  if (unsure && !surely_fails) return std::nullopt;
  auto const joined = join_rows(table.hit, results, world.policy.zone);
  auto const* failed = std::get_if<Failed>(&joined);
  return failed ? std::optional{*failed} : std::nullopt;
}

}  // namespace heed::oracle
