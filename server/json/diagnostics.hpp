#pragma once
#include <string>
#include <vector>

#include "engine/advisor.hpp"

/// Findings about policy text, for editors and other programs.
namespace heed::json {

/// Appends our own shape. Lines and columns count from 1, columns in code points; `end` is the
/// place after the last letter. `help` and `replacement` are null where there are none, the place
/// where the finding is about no file.
///
///     {"errors":1,"warnings":0,"diagnostics":[{"file":"respect.heed","line":14,"column":22,
///      "end":{"line":14,"column":35},"severity":"error","code":"check.unknown-name",
///      "message":"…","help":"…","replacement":"days_waiting"}],"silenced":[]}
///
/// What the policy silences stands under `silenced`, likewise, with a `reason` each.
void write_diagnostics(std::string& out, Diagnostics const& diagnostics,
                       std::vector<SourceText> const& sources,
                       std::vector<Silenced> const& silenced = {});

/// Appends a SARIF 2.1.0 log with one run: each code once as a rule, columns in code points, and a
/// fix where there is a replacement. What is silenced is a result that is suppressed.
void write_sarif(std::string& out, Diagnostics const& diagnostics,
                 std::vector<SourceText> const& sources, std::string_view version,
                 std::vector<Silenced> const& silenced = {});

}  // namespace heed::json
