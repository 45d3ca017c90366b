#include <gtest/gtest.h>

#include "server/json/diagnostics.hpp"

namespace heed::json {
namespace {

std::vector<SourceText> sources() {
  return {{"vocabulary.heed", "fact a is text\n"},
          {"כללים/respect.heed", "# שלום\n  when \"א\" days_waitting >= 3\n"}};
}

Diagnostics findings() {
  Diagnostic misspelt;
  misspelt.where = {FileId{1}, {23, 36}};
  misspelt.code = "check.unknown-name";
  misspelt.message = "no fact is named `days_waitting`";
  misspelt.help = "did you mean `days_waiting`?";
  misspelt.replacement = "days_waiting";
  Diagnostic warning;
  warning.where = {FileId{0}, {5, 6}};
  warning.severity = Severity::warning;
  warning.code = "check.never-read";
  warning.message = "no rule reads `a`";
  Diagnostic nowhere;
  nowhere.where.file = FileId{7};
  nowhere.code = "load.no-files";
  nowhere.message = "the policy has no files";
  return {misspelt, warning, nowhere};
}

TEST(WriteDiagnostics, tells_places_in_code_points) {
  std::string out;
  write_diagnostics(out, findings(), sources());
  EXPECT_EQ(out,
            R"({"errors":2,"warnings":1,"diagnostics":[)"
            R"({"file":"כללים/respect.heed","line":2,"column":12,"end":{"line":2,"column":25},)"
            R"("severity":"error","code":"check.unknown-name",)"
            R"("message":"no fact is named `days_waitting`","help":"did you mean `days_waiting`?",)"
            R"("replacement":"days_waiting"},)"
            R"({"file":"vocabulary.heed","line":1,"column":6,"end":{"line":1,"column":7},)"
            R"("severity":"warning","code":"check.never-read","message":"no rule reads `a`",)"
            R"("help":null,"replacement":null},)"
            R"({"file":null,"line":null,"column":null,"end":null,"severity":"error",)"
            R"("code":"load.no-files","message":"the policy has no files","help":null,)"
            R"("replacement":null}],"silenced":[]})");
}

std::vector<Silenced> silenced() {
  Diagnostic unused;
  unused.where = {FileId{0}, {5, 6}};
  unused.severity = Severity::warning;
  unused.code = "analysis.unused";
  unused.message = "the fact `a` is never used";
  return {{unused, "the \"shop\" sends it"}};
}

TEST(WriteDiagnostics, tells_what_is_silenced_and_why) {
  std::string out;
  write_diagnostics(out, {}, sources(), silenced());
  EXPECT_EQ(out, R"({"errors":0,"warnings":0,"diagnostics":[],"silenced":[)"
                 R"({"file":"vocabulary.heed","line":1,"column":6,"end":{"line":1,"column":7},)"
                 R"("severity":"warning","code":"analysis.unused",)"
                 R"("message":"the fact `a` is never used","help":null,"replacement":null,)"
                 R"("reason":"the \"shop\" sends it"}]})");
}

TEST(WriteSarif, suppresses_what_is_silenced) {
  std::string out;
  write_sarif(out, {}, sources(), "0.1.0", silenced());
  EXPECT_NE(out.find(R"("rules":[{"id":"analysis.unused"}])"), std::string::npos) << out;
  EXPECT_NE(out.find(R"("suppressions":[{"kind":"inSource",)"
                     R"("justification":"the \"shop\" sends it"}]}]}]})"),
            std::string::npos)
      << out;
}

TEST(WriteSarif, names_each_code_once_and_offers_the_replacement_as_a_fix) {
  std::string out;
  write_sarif(out, findings(), sources(), "0.1.0");
  EXPECT_EQ(out,
            R"({"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0",)"
            R"("runs":[{"tool":{"driver":{"name":"heed","version":"0.1.0","rules":[)"
            R"({"id":"check.never-read"},{"id":"check.unknown-name"},{"id":"load.no-files"}]}},)"
            R"("columnKind":"unicodeCodePoints","results":[)"
            R"({"ruleId":"check.unknown-name","ruleIndex":1,"level":"error","message":)"
            R"({"text":"no fact is named `days_waitting`\nhelp: did you mean `days_waiting`?"},)"
            R"("locations":[{"physicalLocation":{"artifactLocation":)"
            R"({"uri":"%D7%9B%D7%9C%D7%9C%D7%99%D7%9D/respect.heed"},)"
            R"("region":{"startLine":2,"startColumn":12,"endLine":2,"endColumn":25}}}],)"
            R"("fixes":[{"description":{"text":"write `days_waiting`"},"artifactChanges":[)"
            R"({"artifactLocation":{"uri":"%D7%9B%D7%9C%D7%9C%D7%99%D7%9D/respect.heed"},)"
            R"("replacements":[{"deletedRegion":)"
            R"({"startLine":2,"startColumn":12,"endLine":2,"endColumn":25},)"
            R"("insertedContent":{"text":"days_waiting"}}]}]}]},)"
            R"({"ruleId":"check.never-read","ruleIndex":0,"level":"warning",)"
            R"("message":{"text":"no rule reads `a`"},"locations":[{"physicalLocation":)"
            R"({"artifactLocation":{"uri":"vocabulary.heed"},)"
            R"("region":{"startLine":1,"startColumn":6,"endLine":1,"endColumn":7}}}]},)"
            R"({"ruleId":"load.no-files","ruleIndex":2,"level":"error",)"
            R"("message":{"text":"the policy has no files"}}]}]})");
}

}  // namespace
}  // namespace heed::json
