#include <algorithm>

#include "server/lsp/state.hpp"

namespace heed::lsp {

namespace {

Failure<Refusal> no_file() {
  return {{invalid_params, "no open file is named, or no place in it"}};
}

int completion_kind(author::Kind kind) {
  using author::Kind;
  switch (kind) {
    case Kind::policy:
    case Kind::source:
      return 9;  // Module
    case Kind::parameter:
      return 21;  // Constant
    case Kind::fact:
    case Kind::score:
      return 6;  // Variable
    case Kind::answer:
      return 10;  // Property
    case Kind::need:
      return 7;  // Class
    case Kind::role:
      return 8;  // Interface
    case Kind::phase:
    case Kind::value:
    case Kind::department:
      return 20;  // EnumMember
    case Kind::action:
    case Kind::rule:
    case Kind::test:
    case Kind::guarantee:
      return 3;  // Function
    case Kind::define:
      return 12;  // Value
    case Kind::phrases:
    case Kind::script:
    case Kind::term:
    case Kind::text:
      return 1;  // Text
    case Kind::event:
      return 23;  // Event
    case Kind::table:
    case Kind::calendar:
      return 22;  // Struct
    case Kind::field:
      return 5;  // Field
    case Kind::keyword:
      return 14;  // Keyword
  }
  return 1;
}

/// The pattern with its places as plain text: `${1:name}` is `name`, `${1|a,b|}` the first of them.
std::string plain(std::string const& pattern) {
  std::string text;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (pattern.compare(at, 2, "${") != 0) {
      text += pattern[at];
      continue;
    }
    auto const end = pattern.find('}', at);
    auto place = pattern.substr(at + 2, end - at - 2);
    auto const mark = place.find_first_of(":|");
    place = mark == std::string::npos ? "" : place.substr(mark + 1);
    if (mark != std::string::npos && pattern[at + 2 + mark] == '|')
      place = place.substr(0, place.find_first_of(",|"));
    text += place;
    at = end;
  }
  return text;
}

std::string in_order(std::size_t at) {
  auto const number = std::to_string(at);
  return std::string(6 - std::min<std::size_t>(6, number.size()), '0') + number;
}

std::string result_line(TestResult const& result) {
  if (result.passed) return "\n\nLast result: passed\n";
  std::string text = "\n\nLast result: **failed**\n";
  for (auto const& expectation : result.expectations)
    if (!expectation.holds)
      text += "\n- expected `" + expectation.text + "`" +
              (expectation.found.empty() ? "" : ", found " + expectation.found);
  return text + "\n";
}

}  // namespace

std::optional<Asked> find_asked(State& state, Json const& params) {
  auto const open = state.open.find(text_of(params, "/textDocument/uri"));
  if (open == state.open.end()) return std::nullopt;
  auto& folder = state.folders[open->second.folder];
  auto const file = find_file(folder, open->second.path);
  if (!file) return std::nullopt;
  auto const& manuscript = manuscript_of(folder);
  auto const& text = folder.sources[static_cast<std::size_t>(*file)].text;
  return Asked{folder, manuscript, *file, Lines{text, state.editor.encoding}};
}

std::optional<author::Position> find_position(Asked const& asked, Json const& params) {
  auto const at = read_position(member(params, "/position"));
  if (!at) return std::nullopt;
  return author::Position{asked.file, asked.lines.offset(*at)};
}

Answer hover(State& state, Json const& params) {
  auto const asked = find_asked(state, params);
  auto const at = asked ? find_position(*asked, params) : std::nullopt;
  if (!at) return no_file();
  auto const found = author::hover(asked->manuscript, *at);
  if (!found) return Json{};
  auto text = found->markdown;
  if (!found->test.empty())
    if (auto const* result = find_result(asked->folder, found->test)) text += result_line(*result);
  return Json{{"contents", {{"kind", "markdown"}, {"value", text}}},
              {"range", to_json(asked->lines.range(found->span))}};
}

Answer complete(State& state, Json const& params) {
  auto const asked = find_asked(state, params);
  auto const at = asked ? find_position(*asked, params) : std::nullopt;
  if (!at) return no_file();
  auto const found = author::complete(asked->manuscript, *at);
  auto const range = to_json(asked->lines.range(found.replaced));
  Json items = Json::array();
  for (auto const& suggestion : found.suggestions) {
    bool const is_pattern = suggestion.is_pattern && state.editor.snippets;
    auto const text =
        suggestion.is_pattern && !is_pattern ? plain(suggestion.text) : suggestion.text;
    Json item = {
        {"label", suggestion.label},      {"kind", completion_kind(suggestion.kind)},
        {"detail", suggestion.detail},    {"sortText", in_order(items.size())},
        {"filterText", suggestion.label}, {"textEdit", {{"range", range}, {"newText", text}}}};
    if (is_pattern) item["insertTextFormat"] = 2;
    if (!suggestion.documentation.empty())
      item["documentation"] = {{"kind", "markdown"}, {"value", suggestion.documentation}};
    items.push_back(std::move(item));
  }
  return Json{{"isIncomplete", false}, {"items", std::move(items)}};
}

Answer definition(State& state, Json const& params) {
  auto const asked = find_asked(state, params);
  auto const at = asked ? find_position(*asked, params) : std::nullopt;
  if (!at) return no_file();
  Places places{state, asked->folder};
  Json found = Json::array();
  for (auto const& place : author::find_declarations(asked->manuscript, *at))
    found.push_back(places.location(place));
  return found;
}

Answer references(State& state, Json const& params) {
  auto const asked = find_asked(state, params);
  auto const at = asked ? find_position(*asked, params) : std::nullopt;
  if (!at) return no_file();
  auto const& declared = member(params, "/context/includeDeclaration");
  auto const which = declared.is_boolean() && declared.get<bool>() ? author::Declarations::with
                                                                   : author::Declarations::without;
  Places places{state, asked->folder};
  Json found = Json::array();
  for (auto const& place : author::find_references(asked->manuscript, *at, which))
    found.push_back(places.location(place));
  return found;
}

Answer highlights(State& state, Json const& params) {
  auto const asked = find_asked(state, params);
  auto const at = asked ? find_position(*asked, params) : std::nullopt;
  if (!at) return no_file();
  Json found = Json::array();
  for (auto const& place :
       author::find_references(asked->manuscript, *at, author::Declarations::with))
    if (place.file == asked->file)
      found.push_back({{"range", to_json(asked->lines.range(place.span))}});
  return found;
}

}  // namespace heed::lsp
