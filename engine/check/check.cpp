#include "engine/check/check.hpp"

#include <algorithm>

#include "engine/base/limits.hpp"
#include "engine/check/authority.hpp"
#include "engine/check/calendars.hpp"
#include "engine/check/draft.hpp"
#include "engine/check/layers.hpp"
#include "engine/check/nameless.hpp"
#include "engine/check/payloads.hpp"
#include "engine/check/privacy.hpp"
#include "engine/check/refused.hpp"
#include "engine/check/rules.hpp"
#include "engine/check/settle.hpp"
#include "engine/check/tables.hpp"
#include "engine/check/tell.hpp"
#include "engine/check/terms.hpp"
#include "engine/check/tests.hpp"
#include "engine/check/vocabulary.hpp"

namespace heed::check {

namespace {

/// Leaves at most limits::diagnostics_max, errors told.
void hold(Draft& draft) {
  auto& all = draft.diagnostics;
  if (all.size() <= limits::diagnostics_max) return;
  auto const more = all.size() - limits::diagnostics_max;
  auto const failed = has_errors(all);
  auto const where = all[limits::diagnostics_max].where;
  all.resize(limits::diagnostics_max);
  all.push_back({where,
                 failed ? Severity::error : Severity::warning,
                 "check.more",
                 std::to_string(more) + " more findings are not shown",
                 "correct those above first",
                 {}});
}

void list_parameters(Draft& draft) {
  for (std::size_t at = 0; at < draft.parameters.size(); ++at) {
    auto const& [written, file, progress] = draft.parameters[at];
    auto const& known = draft.values[at];
    draft.policy.parameters.push_back(
        {written->name.text, known.type, known.value, {file, written->name.span}, known.is_read});
  }
}

}  // namespace

Checked check(std::vector<language::Document> const& documents,
              std::vector<SourceText> const& sources, Diagnostics found) {
  std::vector<language::Document const*> pointers;
  for (auto const& document : documents) pointers.push_back(&document);
  return check(pointers, sources, std::move(found));
}

Checked check(std::vector<language::Document const*> const& documents,
              std::vector<SourceText> const& sources, Diagnostics found) {
  Draft draft{.sources = sources, .diagnostics = std::move(found)};
  collect(draft, documents);
  name_parameters(draft);
  check_heading(draft);
  check_calendars(draft);
  check_roles(draft);
  settle_all(draft);
  check_vocabulary(draft);
  check_authorities(draft);
  check_tables(draft);
  check_rules(draft);
  check_payloads(draft);
  check_tests(draft);
  check_terms(draft);
  refuse_declarations(draft);
  check_layers(draft);
  check_privacy(draft);
  list_parameters(draft);
  sort(draft.diagnostics, sources);
  hold(draft);
  Checked checked;
  if (!has_errors(draft.diagnostics)) checked.policy = std::move(draft.policy);
  checked.diagnostics = std::move(draft.diagnostics);
  return checked;
}

}  // namespace heed::check
