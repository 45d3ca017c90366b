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

constexpr std::array<std::string_view, 18> silenceable = {
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
    "check.term-language",
    "check.text-language",
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

/// Which of the allows silences a warning at a place; null where none does. One that found nothing
/// in its line is for the declaration around it: `heed fmt` may have moved it.
class Silencing {
 public:
  Silencing(std::vector<Allow>& allows, check::Checked const& checked)
      : allows_{allows}, tables_{find_table_files(checked)} {}

  Allow const* find(Diagnostic const& it) {
    return find(it, [](Allow const& allow) { return &allow.silences; });
  }
  /// After all have been looked for in their lines.
  Allow const* find_around(Diagnostic const& it) {
    auto const* allow = find(it, [this](Allow const& one) {
      return one.is_used && !late_.contains(&one) ? nullptr : &one.around;
    });
    if (allow) late_.insert(allow);
    return allow;
  }

 private:
  /// `span_of` answers where an allow silences, or null.
  template <class SpanOf>
  Allow const* find(Diagnostic const& it, SpanOf const& span_of) {
    auto const table = tables_.find(it.where.file);
    auto const where = table == tables_.end() ? it.where : table->second;
    if (it.severity != Severity::warning) return nullptr;
    for (auto& allow : allows_) {
      Span const* span = span_of(allow);
      if (!span || allow.code != it.code || allow.reason.empty() ||
          allow.where.file != where.file || where.span.begin < span->begin ||
          where.span.begin >= span->end)
        continue;
      allow.is_used = true;
      return &allow;
    }
    return nullptr;
  }

  std::vector<Allow>& allows_;
  std::map<FileId, Place> tables_;
  std::set<Allow const*> late_;  // used for what is around them
};

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
  Silencing silencing{allows, checked};
  std::vector<Allow const*> silenced_by;
  for (auto const& it : all) silenced_by.push_back(silencing.find(it));
  Findings findings;
  for (std::size_t at = 0; at < all.size(); ++at) {
    auto const* allow = silenced_by[at] ? silenced_by[at] : silencing.find_around(all[at]);
    if (allow)
      findings.silenced.push_back({std::move(all[at]), allow->reason});
    else
      findings.diagnostics.push_back(std::move(all[at]));
  }
  tell_allows(allows, checked.policy.has_value(), findings.diagnostics);
  sort(findings.diagnostics, sources);
  hold(findings.diagnostics);
  return findings;
}

}  // namespace heed::analyse
