#include <algorithm>
#include <set>

#include "engine/analyse/analyses.hpp"
#include "engine/analyse/meetings.hpp"
#include "engine/analyse/parts.hpp"
#include "engine/analyse/tell.hpp"
#include "engine/base/limits.hpp"

namespace heed::analyse {
namespace {

/// The situations of all rows of a table, and which row each belongs to.
struct Sheet {
  Table const& table;
  std::vector<Situations> rows;
  std::vector<Situation const*> situations;
  std::vector<std::size_t> row_of;
};

Sheet read(Reader& reader, Table const& table) {
  Sheet sheet{table, {}, {}, {}};
  for (auto const& row : table.rows) sheet.rows.push_back(reader.of_all(row.cells));
  for (std::size_t row = 0; row < sheet.rows.size(); ++row)
    for (auto const& situation : sheet.rows[row]) {
      sheet.situations.push_back(&situation);
      sheet.row_of.push_back(row);
    }
  return sheet;
}

std::string row_name(std::size_t row) {
  return "row " + std::to_string(row + 1);
}

void tell_contradictions(Sheet const& sheet, Reader& reader, Diagnostics& found) {
  for (std::size_t row = 0; row < sheet.rows.size(); ++row) {
    if (!sheet.rows[row].empty()) continue;
    auto const& cells = sheet.table.rows[row].cells;
    auto const alone = std::find_if(cells.begin(), cells.end(), [&](ExpressionPtr const& cell) {
      return reader.of(*cell).empty();
    });
    auto const where = alone == cells.end() ? sheet.table.rows[row].where : (*alone)->where;
    warn(found, where, "analysis.unreachable-row",
         row_name(row) + " of " + quoted(sheet.table.name) + " can never hold: " +
             (alone == cells.end() ? "its cells exclude each other"
                                   : quoted((*alone)->text) + " can never be true"),
         "mend its cells, or take the row out");
  }
}

/// Nothing in a situation is unknown: what is left open, too.
Situation known(Terms const& terms, Situation situation, std::set<TermId> const& ids) {
  for (auto const& limit : situation.limits)
    if (!is_empty(limit.values) && limit.values.unknown) return situation;
  Situation open;
  for (auto const id : ids) {
    auto values = terms[id].all;
    values.unknown = false;
    open.limits.push_back({id, std::move(values)});
  }
  auto const precise = situation.precise;
  situation = meet(situation, open);
  situation.precise = precise;
  return situation;
}

/// For each row the situations of earlier rows that it meets.
std::vector<std::vector<Situation const*>> find_earlier(Sheet const& sheet, std::size_t& effort) {
  std::vector<std::vector<Situation const*>> earlier(sheet.rows.size());
  each_meeting(sheet.situations, effort, [&](std::size_t one, std::size_t other) {
    auto const first = sheet.row_of[one], second = sheet.row_of[other];
    if (first < second && sheet.situations[one]->precise)
      earlier[second].push_back(sheet.situations[one]);
  });
  return earlier;
}

void tell_covered(Sheet const& sheet, Reader& reader, std::size_t& pairs, std::size_t& effort,
                  Diagnostics& found) {
  auto const earlier = find_earlier(sheet, pairs);
  auto const& terms = reader.terms();
  for (std::size_t row = 0; row < sheet.rows.size() && pairs > 0; ++row) {
    if (sheet.rows[row].empty() || earlier[row].empty()) continue;
    std::set<TermId> ids;
    for (auto const* situation : earlier[row])
      for (auto const& limit : situation->limits) ids.insert(limit.term);
    bool const is_covered = std::all_of(
        sheet.rows[row].begin(), sheet.rows[row].end(), [&](Situation const& situation) {
          return !find_uncovered(terms, known(terms, situation, ids), earlier[row], effort) &&
                 effort > 0;
        });
    if (is_covered)
      warn(found, sheet.table.rows[row].where, "analysis.unreachable-row",
           row_name(row) + " of " + quoted(sheet.table.name) +
               " is never reached: the rows above it take every case that it takes",
           "put it above them, or take it out");
  }
}

void tell_overlaps(Sheet const& sheet, Reader& reader, std::size_t& pairs, Diagnostics& found) {
  std::set<std::size_t> told;
  each_meeting(sheet.situations, pairs, [&](std::size_t one, std::size_t other) {
    auto const first = sheet.row_of[one], second = sheet.row_of[other];
    if (first >= second || told.contains(second)) return;
    auto const shared = meet(*sheet.situations[one], *sheet.situations[other]);
    if (!shared.precise || !are_independent(reader.terms(), terms_of(shared))) return;
    told.insert(second);
    warn(found, sheet.table.rows[second].where, "analysis.overlapping-rows",
         row_name(second) + " of the unique table " + quoted(sheet.table.name) + " overlaps " +
             row_name(first) + ": both hold where " + example_of(reader.terms(), shared),
         "make them exclude each other, or write `hit first`");
  });
}

/// Where no row speaks of less than nothing, nobody means a negative amount, time or count.
void leave_out_negatives(Sheet const& sheet, TermId id, Values& values) {
  for (auto const* situation : sheet.situations)
    for (auto const& limit : situation->limits)
      for (auto const& stretch : limit.values.stretches)
        if (limit.term == id && ((stretch.low && *stretch.low < Number{}) ||
                                 (stretch.high && *stretch.high < Number{})))
          return;
  values = meet(values, make_values({Number{}, {}, true, false}, values.whole));
}

bool is_measured(Type const& type) {
  return type.kind == Kind::whole || type.kind == Kind::number || type.kind == Kind::money ||
         type.kind == Kind::duration;
}

/// Everything that the columns of a table can be where nothing is unknown.
Situation universe_of(Sheet const& sheet, Terms const& terms) {
  std::set<TermId> ids;
  Situation universe;
  for (auto const* situation : sheet.situations)
    for (auto const& limit : situation->limits) {
      if (!ids.insert(limit.term).second) continue;
      auto values = terms[limit.term].all;
      values.unknown = false;
      if (!values.currency) values.currency = limit.values.currency;
      auto const none = values.none;
      if (is_measured(terms[limit.term].type)) leave_out_negatives(sheet, limit.term, values);
      values.none = none;
      universe.limits.push_back({limit.term, std::move(values)});
    }
  std::sort(universe.limits.begin(), universe.limits.end(),
            [](Limit const& one, Limit const& other) { return one.term < other.term; });
  return universe;
}

void tell_gap(Sheet const& sheet, Reader& reader, std::size_t& effort, Diagnostics& found) {
  if (sheet.situations.empty()) return;
  auto const universe = universe_of(sheet, reader.terms());
  if (!are_independent(reader.terms(), terms_of(universe))) return;
  auto const gap = find_uncovered(reader.terms(), universe, sheet.situations, effort);
  if (!gap) return;
  warn(found, sheet.table.where, "analysis.table-gap",
       "no row of " + quoted(sheet.table.name) + " holds where " + example_of(reader.terms(), *gap),
       "add a row for it, or a last row of `-` for all that is left");
}

}  // namespace

void find_table_faults(Reader& reader, Diagnostics& found) {
  std::size_t pairs = limits::analysed_pairs_max;
  std::size_t effort = limits::analysis_effort_max;
  for (auto const& table : reader.policy().tables) {
    auto const sheet = read(reader, table);
    tell_contradictions(sheet, reader, found);
    if (table.hit == Table::Hit::first) tell_covered(sheet, reader, pairs, effort, found);
    if (table.hit == Table::Hit::unique) tell_overlaps(sheet, reader, pairs, found);
    tell_gap(sheet, reader, effort, found);
  }
}

}  // namespace heed::analyse
