#include <algorithm>

#include "engine/run/evaluate.hpp"
#include "engine/run/kleene.hpp"

namespace heed::run {
namespace {

using Rows = std::vector<Table::Row const*>;

/// The rows that are sure, and those that are neither sure nor surely not.
struct Hits {
  Rows sure, open;
};

/// Under `hit first` only those up to the first that is sure.
Hits find_hits(Frame& frame, Table const& table) {
  Hits hits;
  for (auto const& row : table.rows) {
    auto const truth = truth_of(frame, row);
    if (truth == Truth::unknown) hits.open.push_back(&row);
    if (truth != Truth::yes) continue;
    hits.sure.push_back(&row);
    if (table.hit == Table::Hit::first) break;
  }
  return hits;
}

/// The value on which all these rows agree, or unknown.
Outcome find_agreed(Frame& frame, Rows const& sure, Rows const& open, std::size_t result) {
  auto const* agreed = settled_value_of(frame, *sure.front()->results[result]);
  if (agreed == nullptr) return {};
  for (auto const* row : open) {
    auto const* value = settled_value_of(frame, *row->results[result]);
    if (value == nullptr || *value != *agreed) return {};
  }
  return make_known(agreed);
}

/// Sums money and numbers, or finds the extreme of anything ordered.
Expected<Value const*, Flaw> join(Frame& frame, Table::Hit hit,
                                  std::vector<Value const*> const& values) {
  if (hit != Table::Hit::sum) return find_extreme(hit == Table::Hit::largest, values);
  Value sum = *values.front();
  if (std::holds_alternative<None>(sum)) return Failure{Flaw::none};
  for (std::size_t at = 1; at < values.size(); ++at) {
    auto const result = compute(Operator::add, sum, *values[at], frame.policy().zone);
    if (!result) return Failure{result.error()};
    sum = result.value();
  }
  return frame.keep(std::move(sum));
}

Outcome collect(Frame& frame, Table::Hit hit, Hits const& hits, std::size_t result) {
  std::vector<Value const*> values;
  for (auto const* row : hits.sure) {
    values.push_back(settled_value_of(frame, *row->results[result]));
    if (values.back() == nullptr) return {};
  }
  auto const joined = join(frame, hit, values);
  if (!joined) return {};
  for (auto const* row : hits.open) {
    auto const* value = settled_value_of(frame, *row->results[result]);
    if (value == nullptr) return {};
    auto const with_it = join(frame, hit, {joined.value(), value});
    if (!with_it || *with_it.value() != *joined.value()) return {};
    values.push_back(value);
  }
  if (!join(frame, hit, values)) return {};
  return make_known(joined.value());
}

TableResult compute_result(Frame& frame, Table const& table) {
  TableResult result;
  result.results.resize(table.results.size());
  auto const hits = find_hits(frame, table);
  auto const is_unique = table.hit == Table::Hit::unique;
  if (hits.sure.empty()) {
    if (hits.open.empty()) result.trouble = TableResult::Trouble::no_row;
    return result;
  }
  if (is_unique && hits.sure.size() + hits.open.size() > 1) {
    if (hits.open.empty()) result.trouble = TableResult::Trouble::several_rows;
    return result;
  }
  auto const agrees = is_unique || table.hit == Table::Hit::first;
  for (std::size_t at = 0; at < table.results.size(); ++at) {
    result.results[at] =
        agrees ? find_agreed(frame, hits.sure, hits.open, at) : collect(frame, table.hit, hits, at);
  }
  return result;
}

}  // namespace

Truth truth_of(Frame& frame, Table::Row const& row) {
  auto truth = Truth::yes;
  for (auto const& cell : row.cells) {
    truth = both(truth, truth_of(frame, *cell));
    if (truth == Truth::no) break;
  }
  return truth;
}

TableResult const& result_of(Frame& frame, TableId table) {
  if (auto const* memo = frame.tables.find(index(table))) return *memo;
  return frame.tables.keep(index(table),
                           compute_result(frame, frame.policy().tables[index(table)]));
}

std::optional<Flaw> find_flaw_of(Frame& frame, TableId id, std::uint32_t result) {
  auto const& table = frame.policy().tables[index(id)];
  if (table.hit == Table::Hit::first || table.hit == Table::Hit::unique) return std::nullopt;
  auto const hits = find_hits(frame, table);
  std::vector<Value const*> values;
  for (auto const* row : hits.sure) {
    values.push_back(settled_value_of(frame, *row->results[result]));
    if (values.back() == nullptr) return std::nullopt;
  }
  if (values.empty()) return std::nullopt;
  auto const joined = join(frame, table.hit, values);
  return joined ? std::nullopt : std::optional{joined.error()};
}

}  // namespace heed::run
