#pragma once
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/base/silenced.hpp"
#include "engine/base/source.hpp"
#include "engine/compare/words.hpp"
#include "engine/compile/rule_set.hpp"
#include "engine/compile/sealed.hpp"
#include "engine/run/case.hpp"
#include "engine/run/decision.hpp"
#include "engine/run/evaluator.hpp"
#include "engine/run/explanation.hpp"
#include "engine/run/history.hpp"
#include "engine/run/tests.hpp"
#include "engine/run/words.hpp"
#include "engine/search/nearest.hpp"

/// The engine as the rest of the program sees it: pure functions of what is handed in. No file,
/// socket, clock or logging. Everything may be called from any number of threads.
namespace heed {

struct Loaded {
  std::shared_ptr<RuleSet const> rules;  // null exactly where a diagnostic is an error
  Diagnostics diagnostics;               // errors and warnings of all files, in source order
  std::vector<Silenced> silenced;        // warnings that the policy silences; where analysed
};

/// Whether a policy is looked at for what is suspicious, too: for its author, not to decide.
enum class Analyses { leave_out, run };

/// Parses, checks and compiles a policy; its tables' files (is_sheet) are among its sources. The
/// order of `sources` changes nothing but FileIds. `revision` is the hash of the sources as the
/// caller computed it.
Loaded load(std::vector<SourceText> const& sources, std::string revision,
            Analyses analyses = Analyses::leave_out);

/// The same for what is to decide from now on: refuses files that have no `policy` line, such as
/// empty ones. `load` takes them, because what they once decided has to be computed again.
Loaded load_whole(std::vector<SourceText> const& sources, std::string revision,
                  Analyses analyses = Analyses::leave_out);

/// Whether there is anything that a decision by these rules could hold: a rule, or an answer that
/// reports what is computed. Without it each decision is empty, whatever the case.
bool decides_something(RuleSet const& rules);

/// Decides a case at `now`. The same arguments give the same decision on every machine.
Decision decide(RuleSet const& rules, Case const& subject, Instant now);

/// Decides, and says for every rule why it fired, waits or did not fire.
Explanation explain(RuleSet const& rules, Case const& subject, Instant now);

struct Formatted {
  std::string text;         // the one canonical shape; empty where a diagnostic is an error
  Diagnostics diagnostics;  // what keeps it from being formatted
};
/// The canonical shape of one file; a table's file is left as it is. The output is parsed again and
/// refused where its meaning is not that of the input (a bug of ours, told as
/// format.changed-meaning).
Formatted format(SourceText const& source);

/// What decisions are made with: engine version, tz database and CLDR release.
struct EngineVersion {
  std::string version, tz, cldr;
};
EngineVersion engine_version();

}  // namespace heed
