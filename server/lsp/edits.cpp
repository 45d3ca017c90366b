#include <algorithm>

#include "server/lsp/state.hpp"

namespace heed::lsp {

namespace {

Failure<Refusal> no_file() {
  return {{invalid_params, "no open file is named, or no place in it"}};
}

std::uint32_t begin_of_line(std::string_view text, std::size_t at) {
  auto const end = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  return end == std::string_view::npos ? 0 : static_cast<std::uint32_t>(end) + 1;
}

/// The one edit that makes `after` of `before`: of the lines between the first and the last that
/// differ, so that cursors in the others stay.
author::Edit difference(FileId file, std::string_view before, std::string_view after) {
  auto const least = std::min(before.size(), after.size());
  std::size_t same = 0;
  while (same < least && before[same] == after[same]) ++same;
  auto const begin = begin_of_line(before, same);
  std::size_t tail = 0;
  while (tail < least - begin && before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
    ++tail;
  while (tail > 0 && before[before.size() - tail - 1] != '\n') --tail;
  auto const end = static_cast<std::uint32_t>(before.size() - tail);
  return {{file, {begin, end}}, std::string{after.substr(begin, after.size() - tail - begin)}};
}

Json result_of(TestResult const& test) {
  Json expectations = Json::array();
  for (auto const& expectation : test.expectations)
    expectations.push_back(
        {{"text", expectation.text}, {"holds", expectation.holds}, {"found", expectation.found}});
  return {{"test", test.name},
          {"passed", test.passed},
          {"expectations", expectations},
          {"fired", test.fired}};
}

void tell(State& state, TestResult const& test) {
  std::string text = "test \"" + test.name + "\" " + (test.passed ? "passed" : "failed");
  for (auto const& expectation : test.expectations)
    if (!expectation.holds)
      text += "\nexpected " + expectation.text +
              (expectation.found.empty() ? "" : ", found " + expectation.found);
  notify(state, "window/showMessage", {{"type", test.passed ? 3 : 1}, {"message", text}});
}

}  // namespace

Answer prepare_rename(State& state, Json const& params) {
  auto const asked = find_asked(state, params);
  auto const at = asked ? find_position(*asked, params) : std::nullopt;
  if (!at) return no_file();
  auto const found = author::find_renamable(asked->manuscript, *at);
  if (!found) return Json{};
  return Json{{"range", to_json(asked->lines.range(found->span))}, {"placeholder", found->name}};
}

Answer rename(State& state, Json const& params) {
  auto const asked = find_asked(state, params);
  auto const at = asked ? find_position(*asked, params) : std::nullopt;
  if (!at || !member(params, "/newName").is_string()) return no_file();
  auto const edits = author::rename(asked->manuscript, *at, text_of(params, "/newName"));
  if (!edits) {
    auto const& error = edits.error();
    return Failure<Refusal>{{request_failed, error.message + "; " + error.help}};
  }
  return Places{state, asked->folder}.workspace_edit(edits.value());
}

Answer format(State& state, Json const& params) {
  auto const asked = find_asked(state, params);
  if (!asked) return no_file();
  auto const& source = asked->folder.sources[static_cast<std::size_t>(asked->file)];
  auto const formatted = heed::format(source);
  if (has_errors(formatted.diagnostics)) return Json{};
  if (formatted.text == source.text) return Json::array();
  auto const edit = difference(asked->file, source.text, formatted.text);
  return Json::array(
      {{{"range", to_json(asked->lines.range(edit.where.span))}, {"newText", edit.text}}});
}

Answer code_actions(State& state, Json const& params) {
  auto const asked = find_asked(state, params);
  auto const range = read_range(member(params, "/range"));
  if (!asked || !range) return no_file();
  auto const& only = member(params, "/context/only");
  auto const is_wanted = [&](std::string_view kind) {
    auto const is_kind = [&](Json const& it) {
      return it.is_string() && kind.starts_with(it.get_ref<std::string const&>());
    };
    return !only.is_array() || std::ranges::any_of(only, is_kind);
  };
  if (!asked->folder.is_checked) check(asked->folder);
  auto const& diagnostics = asked->folder.diagnostics;
  Place const where{asked->file, asked->lines.span(*range)};
  Places places{state, asked->folder};
  Json actions = Json::array();
  for (auto const& fix : author::find_fixes(asked->manuscript, diagnostics, where)) {
    std::string_view const kind = fix.diagnostic ? "quickfix" : "refactor.rewrite";
    if (!is_wanted(kind)) continue;
    Json action = {{"title", fix.title},
                   {"kind", kind},
                   {"isPreferred", fix.is_likeliest},
                   {"edit", places.workspace_edit(fix.edits)}};
    if (fix.diagnostic)
      action["diagnostics"] = Json::array({to_json(diagnostics[*fix.diagnostic], asked->lines)});
    actions.push_back(std::move(action));
  }
  return actions;
}

Answer execute_command(State& state, Json const& params) {
  auto const& arguments = member(params, "/arguments");
  bool const is_known = text_of(params, "/command") == "heed.runTest" && arguments.is_array() &&
                        arguments.size() == 2 && arguments[0].is_string() &&
                        arguments[1].is_string();
  if (!is_known)
    return Failure<Refusal>{
        {invalid_params, "the command is `heed.runTest` with a URI and a test"}};
  auto const asked = find_asked(state, {{"textDocument", {{"uri", arguments[0]}}}});
  if (!asked) return no_file();
  auto const name = arguments[1].get<std::string>();
  if (!asked->folder.is_checked) check(asked->folder);
  if (has_errors(asked->folder.diagnostics))
    return Failure<Refusal>{{request_failed, "the policy has mistakes: correct them first"}};
  if (!asked->folder.is_tested) test(asked->folder);
  publish(state, asked->folder);
  auto const* result = find_result(asked->folder, name);
  if (result == nullptr)
    return Failure<Refusal>{{request_failed, "no test is named `" + name + "`"}};
  tell(state, *result);
  return result_of(*result);
}

}  // namespace heed::lsp
