#include "engine/analyse/examine.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <string>

#include "engine/analyse/allows.hpp"
#include "engine/analyse/analyse.hpp"
#include "engine/analyse/parts.hpp"
#include "engine/analyse/tell.hpp"
#include "engine/base/limits.hpp"

namespace heed::analyse {
namespace {

constexpr std::array<std::string_view, 16> silenceable = {
    "analysis.always-overridden",
    "analysis.condition-never-holds",
    "analysis.contradicting-parameters",
    "analysis.deadline-in-closed-time",
    "analysis.denial-without-alternative",
    "analysis.escalation-ladder",
    "analysis.no-authority",
    "analysis.overlapping-rows",
    "analysis.reads-nothing",
    "analysis.requires-never-holds",
    "analysis.rule-never-fires",
    "analysis.table-gap",
    "analysis.unreachable-row",
    "analysis.unrestored-need",
    "analysis.unused",
    "check.word-clash",
};

/// The calendars that no duration of the policy is counted in.
void find_unused_calendars(Policy const& policy,
                           std::vector<language::Document const*> const& documents,
                           Diagnostics& found) {
  std::set<std::string> used;
  auto const note = [&](Value const& value) {
    auto const* duration = std::get_if<Duration>(&value);
    if (duration && duration->calendar) used.insert(duration->calendar->name);
  };
  each_outright(policy, [&](Expression const& whole) {
    each_within(whole, [&](Expression const& part) {
      if (auto const* constant = std::get_if<Constant>(&part.form)) note(constant->value);
    });
  });
  for (auto const& parameter : policy.parameters) note(parameter.value);
  for (auto const* document : documents)
    for (auto const& declaration : document->declarations) {
      auto const* calendar = std::get_if<language::Calendar>(&declaration.form);
      if (!calendar || used.contains(calendar->name.text)) continue;
      warn(found, {document->file, calendar->name.span}, "analysis.unused",
           "the calendar " + quoted(calendar->name.text) +
               " is never used: no working time is counted in it",
           "write deadlines in it, such as `4 working hours`, or take it out");
    }
}

/// Where the declarations stand whose rows are in files of their own: no comment can stand there.
std::map<FileId, Place> find_table_files(check::Checked const& checked) {
  std::map<FileId, Place> tables;
  if (!checked.policy) return tables;
  for (auto const& table : checked.policy->tables)
    for (auto const& row : table.rows)
      if (row.where.file != table.where.file) tables.emplace(row.where.file, table.where);
  return tables;
}

Allow* find_allow(std::vector<Allow>& allows, std::string_view code, Place where) {
  for (auto& allow : allows)
    if (allow.code == code && !allow.reason.empty() && allow.where.file == where.file &&
        where.span.begin >= allow.silences.begin && where.span.begin < allow.silences.end)
      return &allow;
  return nullptr;
}

/// Leaves at most limits::diagnostics_max, and says how many more there are.
void hold(Diagnostics& all) {
  if (all.size() <= limits::diagnostics_max) return;
  auto more = all.size() - limits::diagnostics_max;
  auto last = all[limits::diagnostics_max];
  if (all.back().code == "check.more") return;  // the checker has said it, with errors
  all.resize(limits::diagnostics_max);
  last.severity = Severity::warning;
  last.code = "check.more";
  last.message = std::to_string(more) + " more findings are not shown";
  last.help = "correct those above first";
  last.replacement.clear();
  all.push_back(std::move(last));
}

}  // namespace

std::span<std::string_view const> codes() {
  return silenceable;
}

Findings examine(check::Checked const& checked,
                 std::vector<language::Document const*> const& documents,
                 std::vector<SourceText> const& sources) {
  auto all = checked.diagnostics;
  if (checked.policy) {
    std::ranges::move(analyse(*checked.policy), std::back_inserter(all));
    find_unused_calendars(*checked.policy, documents, all);
  }
  sort(all, sources);
  std::vector<Allow> allows;
  for (auto const* document : documents)
    std::ranges::move(
        find_allows(*document, sources[static_cast<std::size_t>(document->file)].text),
        std::back_inserter(allows));
  auto const tables = find_table_files(checked);
  Findings findings;
  for (auto& diagnostic : all) {
    auto const table = tables.find(diagnostic.where.file);
    auto const where = table == tables.end() ? diagnostic.where : table->second;
    auto* allow = diagnostic.severity == Severity::warning
                      ? find_allow(allows, diagnostic.code, where)
                      : nullptr;
    if (!allow) {
      findings.diagnostics.push_back(std::move(diagnostic));
      continue;
    }
    allow->is_used = true;
    findings.silenced.push_back({std::move(diagnostic), allow->reason});
  }
  tell_allows(allows, checked.policy.has_value(), findings.diagnostics);
  sort(findings.diagnostics, sources);
  hold(findings.diagnostics);
  return findings;
}

}  // namespace heed::analyse
