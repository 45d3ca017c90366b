#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/lsp/editor.hpp"

namespace heed::lsp {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr auto policy = "fact contacts is number, default 0\naction call\n";

Json range(int line, int from, int to) {
  return {{"start", {{"line", line}, {"character", from}}},
          {"end", {{"line", line}, {"character", to}}}};
}

TEST(Session, refuses_what_comes_before_initialize_and_after_shutdown) {
  Session fresh{{}};
  fresh.handle(R"({"jsonrpc":"2.0","id":1,"method":"textDocument/hover","params":{}})");
  EXPECT_EQ(Json::parse(fresh.take_output().at(0))["error"]["code"], -32002);
  TestEditor editor;
  EXPECT_TRUE(editor.request("shutdown", {}).contains("result"));
  EXPECT_EQ(editor.request("textDocument/hover", {})["error"]["code"], -32600);
  editor.notify("exit", {});
  EXPECT_EQ(editor.session.exit_status(), 0);
}

TEST(Session, exit_without_shutdown_is_a_failure) {
  TestEditor editor;
  editor.notify("exit", {});
  EXPECT_EQ(editor.session.exit_status(), 1);
}

TEST(Session, goes_on_whatever_it_is_sent) {
  TestEditor editor;
  for (std::string const text :
       {"",
        "{",
        "[]",
        "[1,2]",
        "null",
        "7",
        "\"x\"",
        "{}",
        R"({"id":{}})",
        R"({"id":1})",
        R"({"method":7})",
        R"({"id":1,"method":"initialize"})",
        "\xff\xfe",
        R"({"id":1,"method":"textDocument/hover"})",
        R"({"id":1,"method":"textDocument/hover","params":[1]})",
        R"({"id":1,"method":"textDocument/hover","params":{"textDocument":{"uri":7}}})",
        R"({"method":"textDocument/didOpen","params":{}})",
        R"({"method":"textDocument/didOpen","params":{"textDocument":{"uri":"x:y","text":9}}})",
        R"({"method":"textDocument/didChange","params":{"textDocument":{"uri":"x:y"},)"
        R"("contentChanges":[7,{"range":{},"text":"a"}]}})",
        R"({"method":"textDocument/didChange","params":{"contentChanges":{}}})",
        R"({"id":1,"method":"workspace/executeCommand","params":{"command":"rm"}})",
        R"({"id":1,"method":"textDocument/rename","params":{"textDocument":{"uri":"x:y"},)"
        R"("position":{"line":-1,"character":1e99},"newName":1}})"})
    editor.session.handle(text);
  editor.session.handle(std::string(100'000, '['));
  editor.settle();
  editor.open("a.heed", std::string{policy} + "rule r\n  when contacts > 1\n  then do call\n");
  editor.settle();
  EXPECT_THAT(editor.diagnostics("a.heed"), IsEmpty());
}

TEST(Session, an_unknown_request_is_answered_and_an_unknown_notification_is_not) {
  TestEditor editor;
  EXPECT_EQ(editor.request("textDocument/nothing", {})["error"]["code"], -32601);
  editor.notify("$/nothing", {});
  EXPECT_THAT(editor.session.take_output(), IsEmpty());
}

TEST(Session, a_request_that_was_cancelled_is_answered_with_an_error) {
  TestEditor editor;
  editor.session.cancel(R"({"method":"$/cancelRequest","params":{"id":77}})");
  editor.session.handle(R"({"id":77,"method":"workspace/symbol","params":{"query":""}})");
  EXPECT_EQ(Json::parse(editor.session.take_output().at(0))["error"]["code"], -32800);
}

TEST(Session, tells_mistakes_of_all_files_of_the_folder) {
  TestEditor editor;
  editor.disk = {{"a.heed", policy}, {"b.heed", "rule b\n  when contcts > 1\n  then do call\n"}};
  editor.open("a.heed", policy);
  editor.settle();
  EXPECT_THAT(editor.diagnostics("a.heed"), IsEmpty());
  EXPECT_THAT(editor.diagnostics("b.heed"), ElementsAre(HasSubstr("did you mean `contacts`")));
  editor.open("b.heed", "rule b\n  when contacts > 1\n  then do call\n");
  editor.settle();
  EXPECT_THAT(editor.diagnostics("b.heed"), IsEmpty());
}

TEST(Session, tells_mistakes_while_typing) {
  TestEditor editor;
  editor.open("a.heed", std::string{policy} + "rule r\n  when contacts > 1\n  then do call\n");
  editor.settle();
  EXPECT_THAT(editor.diagnostics("a.heed"), IsEmpty());
  editor.change("a.heed", {{{"range", range(3, 7, 15)}, {"text", "contcts"}}});
  editor.settle();
  EXPECT_THAT(editor.diagnostics("a.heed"), ElementsAre(HasSubstr("nothing is named `contcts`")));
  EXPECT_EQ(editor.published("a.heed")["diagnostics"][0]["range"], range(3, 7, 14));
  EXPECT_EQ(editor.published("a.heed")["version"], 2);
  editor.change("a.heed", {{{"range", range(3, 11, 11)}, {"text", "a"}}});
  editor.settle();
  EXPECT_THAT(editor.diagnostics("a.heed"), IsEmpty());
}

TEST(Session, several_changes_apply_one_after_the_other) {
  TestEditor editor;
  editor.open("a.heed", "x\n");
  editor.change("a.heed", {{{"range", range(0, 0, 1)}, {"text", "action"}},
                           {{"range", range(0, 6, 6)}, {"text", " call"}}});
  editor.settle();
  EXPECT_THAT(editor.diagnostics("a.heed"),
              ElementsAre(HasSubstr("the action `call` is never used")));
  editor.change("a.heed", {{{"text", "action\n"}}});
  editor.settle();
  EXPECT_THAT(editor.diagnostics("a.heed"), ElementsAre(HasSubstr("expected")));
}

TEST(Session, places_in_hebrew_are_counted_as_agreed) {
  std::string const text =
      "fact לקוח.דרגה is number, default 0\naction call\nrule r\n  when לקוח.דרגה > 1 and חסר > 2\n"
      "  then do call\n";
  struct Case {
    std::vector<std::string> encodings;
    int begin, end;
  };
  Case const cases[] = {{{"utf-8"}, 33, 39}, {{}, 25, 28}, {{"utf-32", "utf-16"}, 25, 28}};
  for (auto const& [encodings, begin, end] : cases) {
    TestEditor editor{encodings};
    editor.open("a.heed", text);
    editor.settle();
    ASSERT_EQ(editor.diagnostics("a.heed").size(), 1u);
    EXPECT_EQ(editor.published("a.heed")["diagnostics"][0]["range"], range(3, begin, end));
  }
}

TEST(Session, a_hebrew_name_is_renamed_in_all_files) {
  TestEditor editor{{"utf-16"}};
  editor.disk = {{"b.heed", "rule r\n  when דרגה > 1\n  then do call\n"}};
  editor.open("a.heed", "fact דרגה is number\naction call\n");
  auto params = TestEditor::at("a.heed", 0, 6);
  params["newName"] = "ותק";
  auto const edit = editor.result("textDocument/rename", params);
  EXPECT_EQ(edit["changes"][TestEditor::uri("a.heed")][0]["range"], range(0, 5, 9));
  EXPECT_EQ(edit["changes"][TestEditor::uri("b.heed")][0]["range"], range(1, 7, 11));
  params["newName"] = "when";
  EXPECT_THAT(editor.request("textDocument/rename", params)["error"]["message"],
              HasSubstr("word of the language"));
}

TEST(Session, files_that_come_to_disk_are_read) {
  TestEditor editor;
  editor.open("a.heed", "rule r\n  then do call\n");
  editor.settle();
  EXPECT_EQ(editor.diagnostics("a.heed").size(), 1u);
  editor.disk["b.heed"] = "action call\n";
  editor.notify("workspace/didChangeWatchedFiles", {{"changes", Json::array()}});
  editor.settle();
  EXPECT_THAT(editor.diagnostics("a.heed"), IsEmpty());
}

TEST(Session, closing_the_last_file_takes_its_diagnostics_back) {
  TestEditor editor;
  editor.open("a.heed", "rule r\n");
  editor.settle();
  EXPECT_EQ(editor.diagnostics("a.heed").size(), 1u);
  editor.notify("textDocument/didClose", {{"textDocument", {{"uri", TestEditor::uri("a.heed")}}}});
  EXPECT_THAT(editor.diagnostics("a.heed"), IsEmpty());
}

TEST(Session, a_test_that_fails_is_told_at_its_expectation_and_on_hover) {
  TestEditor editor;
  editor.open("a.heed", std::string{policy} +
                            "rule r\n  when contacts > 1\n  then do call\n"
                            "test \"one\"\n  given contacts is 1\n  expect do call\n");
  editor.settle();
  ASSERT_EQ(editor.diagnostics("a.heed").size(), 1u);
  EXPECT_EQ(editor.published("a.heed")["diagnostics"][0]["code"], "test.failed");
  auto const hover = editor.result("textDocument/hover", TestEditor::at("a.heed", 5, 7));
  EXPECT_THAT(hover["contents"]["value"], HasSubstr("**failed**"));
  auto const lenses = editor.result("textDocument/codeLens", TestEditor::at("a.heed", 0, 0));
  EXPECT_EQ(lenses.back()["command"]["title"], "Run test (failed)");
  editor.change("a.heed", {{{"range", range(6, 20, 21)}, {"text", "2"}}});
  auto const run = editor.result("workspace/executeCommand", lenses.back()["command"]);
  EXPECT_EQ(run["passed"], true);
  EXPECT_THAT(editor.shown.back()["message"], HasSubstr("passed"));
  EXPECT_THAT(editor.diagnostics("a.heed"), IsEmpty());
}

TEST(Session, references_are_counted_where_their_lens_is_seen) {
  TestEditor editor{{"utf-8"}, {{"showReferences", true}}};
  editor.open("a.heed", std::string{policy} + "rule r\n  when contacts > 1\n  then do call\n");
  auto const lenses = editor.result("textDocument/codeLens", TestEditor::at("a.heed", 0, 0));
  auto const lens = editor.result("codeLens/resolve", lenses[0]);
  EXPECT_EQ(lens["command"]["title"], "1 reference");
  EXPECT_EQ(lens["command"]["command"], "heed.showReferences");
  EXPECT_EQ(lens["command"]["arguments"][2][0]["range"], range(3, 7, 15));
}

TEST(Session, completion_replaces_what_is_there_and_has_patterns_where_they_are_known) {
  TestEditor editor;
  editor.open("a.heed", std::string{policy} + "rule r\n  when cont");
  auto const all =
      editor.result("textDocument/completion", TestEditor::at("a.heed", 3, 11))["items"];
  auto const found = std::find_if(all.begin(), all.end(),
                                  [](Json const& item) { return item["label"] == "contacts"; });
  ASSERT_NE(found, all.end());
  EXPECT_EQ((*found)["textEdit"]["range"], range(3, 7, 11));
  EXPECT_THAT((*found)["detail"], HasSubstr("fact: number"));
}

TEST(Session, a_quick_fix_writes_what_was_meant) {
  TestEditor editor;
  editor.open("a.heed", std::string{policy} + "rule r\n  when contcts > 1\n  then do call\n");
  auto params = TestEditor::at("a.heed", 0, 0);
  params["range"] = range(3, 8, 8);
  params["context"] = {{"diagnostics", Json::array()}};
  auto const actions = editor.result("textDocument/codeAction", params);
  ASSERT_GE(actions.size(), 1u);
  EXPECT_EQ(actions[0]["edit"]["changes"][TestEditor::uri("a.heed")][0]["newText"], "contacts");
  EXPECT_EQ(actions[0]["isPreferred"], true);
}

TEST(Session, a_warning_is_silenced_by_a_quick_fix_and_then_by_its_comment) {
  TestEditor editor;
  editor.open("a.heed", std::string{policy} +
                            "rule r\n  when contacts > 3 and contacts < 2\n"
                            "  then do call\n");
  editor.settle();
  EXPECT_THAT(editor.diagnostics("a.heed"), ElementsAre(HasSubstr("can never fire")));
  auto params = TestEditor::at("a.heed", 0, 0);
  params["range"] = range(3, 24, 24);
  params["context"] = {{"diagnostics", Json::array()}};
  auto const actions = editor.result("textDocument/codeAction", params);
  ASSERT_EQ(actions.size(), 1u);
  EXPECT_FALSE(actions[0].value("isPreferred", false));
  auto const edit = actions[0]["edit"]["changes"][TestEditor::uri("a.heed")][0];
  EXPECT_EQ(edit["newText"], "# allow analysis.rule-never-fires: it is meant so\n");
  editor.change("a.heed", {{{"range", edit["range"]}, {"text", edit["newText"]}}});
  editor.settle();
  EXPECT_THAT(editor.diagnostics("a.heed"), IsEmpty());
  editor.change("a.heed", {{{"range", range(4, 18, 19)}, {"text", "0"}}});
  editor.settle();
  EXPECT_THAT(editor.diagnostics("a.heed"), ElementsAre(HasSubstr("here to be silenced")));
}

TEST(Session, formatting_changes_only_the_lines_that_differ) {
  TestEditor editor;
  editor.open(
      "a.heed",
      "action call\nrule r\n    when  contacts > 1\n  then do call\nfact contacts is number\n");
  auto const edits = editor.result("textDocument/formatting", TestEditor::at("a.heed", 0, 0));
  ASSERT_EQ(edits.size(), 1u);
  EXPECT_GE(edits[0]["range"]["start"]["line"], 1);
  editor.change("a.heed", {{{"range", edits[0]["range"]}, {"text", edits[0]["newText"]}}});
  EXPECT_EQ(editor.result("textDocument/formatting", TestEditor::at("a.heed", 0, 0)),
            Json::array());
}

TEST(Session, tokens_are_in_order_and_outline_and_folds_are_given) {
  TestEditor editor;
  editor.open("a.heed",
              std::string{policy} + "rule r \"Title\"\n  when contacts > 1\n  then do call\n");
  auto const at = TestEditor::at("a.heed", 0, 0);
  auto const data = editor.result("textDocument/semanticTokens/full", at)["data"];
  EXPECT_EQ(data.size() % 5, 0u);
  EXPECT_GT(data.size(), 50u);
  for (auto const& number : data) EXPECT_GE(number.get<int>(), 0);
  auto const outline = editor.result("textDocument/documentSymbol", at);
  EXPECT_EQ(outline.size(), 3u);
  EXPECT_EQ(outline[2]["detail"], "Title");
  EXPECT_EQ(editor.result("textDocument/foldingRange", at).size(), 1u);
}

}  // namespace
}  // namespace heed::lsp
