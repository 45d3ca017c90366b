#include <algorithm>
#include <array>

#include "server/lsp/state.hpp"

namespace heed::lsp {

namespace {

Failure<Refusal> no_file() {
  return {{invalid_params, "no open file is named"}};
}

int symbol_kind(author::Kind kind) {
  using author::Kind;
  switch (kind) {
    case Kind::policy:
    case Kind::source:
      return 2;  // Module
    case Kind::parameter:
      return 14;  // Constant
    case Kind::fact:
    case Kind::score:
      return 13;  // Variable
    case Kind::answer:
      return 7;  // Property
    case Kind::need:
      return 5;  // Class
    case Kind::role:
      return 11;  // Interface
    case Kind::phase:
    case Kind::value:
    case Kind::department:
      return 22;  // EnumMember
    case Kind::action:
    case Kind::define:
      return 12;  // Function
    case Kind::phrases:
    case Kind::script:
    case Kind::term:
    case Kind::text:
      return 15;  // String
    case Kind::event:
      return 24;  // Event
    case Kind::table:
    case Kind::calendar:
      return 23;  // Struct
    case Kind::field:
      return 8;  // Field
    case Kind::rule:
    case Kind::test:
    case Kind::guarantee:
      return 6;  // Method
    case Kind::keyword:
      return 20;  // Key
  }
  return 13;
}

/// The protocol's own types, so that every theme has colours for them.
struct TokenType {
  author::Tint::What what;
  std::string_view type;
};
using What = author::Tint::What;
constexpr std::array token_types = {
    TokenType{What::keyword, "keyword"},    TokenType{What::type, "type"},
    TokenType{What::text, "string"},        TokenType{What::number, "number"},
    TokenType{What::comment, "comment"},    TokenType{What::sign, "operator"},
    TokenType{What::policy, "namespace"},   TokenType{What::fact, "variable"},
    TokenType{What::parameter, "variable"}, TokenType{What::need, "class"},
    TokenType{What::role, "interface"},     TokenType{What::phase, "enumMember"},
    TokenType{What::action, "function"},    TokenType{What::answer, "property"},
    TokenType{What::define, "macro"},       TokenType{What::phrases, "string"},
    TokenType{What::script, "string"},      TokenType{What::event, "event"},
    TokenType{What::table, "struct"},       TokenType{What::rule, "method"},
    TokenType{What::calendar, "struct"},    TokenType{What::field, "parameter"},
    TokenType{What::value, "enumMember"}};
constexpr std::array legend = {"keyword",    "type",      "string",   "number", "comment",
                               "operator",   "namespace", "variable", "class",  "interface",
                               "enumMember", "function",  "property", "macro",  "event",
                               "struct",     "method",    "parameter"};
constexpr int declaration_bit = 1, readonly_bit = 2;

std::size_t index_of(What what) {
  auto const type = std::ranges::find(token_types, what, &TokenType::what)->type;
  return static_cast<std::size_t>(std::ranges::find(legend, type) - legend.begin());
}

Json symbol(author::Outlined const& item, Lines const& lines) {
  Json json = {{"name", item.name},
               {"detail", item.detail},
               {"kind", symbol_kind(item.kind)},
               {"range", to_json(lines.range(item.span))},
               {"selectionRange", to_json(lines.range(item.name_span))}};
  if (item.parts.empty()) return json;
  for (auto const& part : item.parts) json["children"].push_back(symbol(part, lines));
  return json;
}

Json test_lens(Asked const& asked, std::string const& uri, author::Lens const& it) {
  std::string title = "Run test";
  if (auto const* result = find_result(asked.folder, it.test))
    title += result->passed ? " (passed)" : " (failed)";
  return {
      {"range", to_json(asked.lines.range(it.span))},
      {"command", {{"title", title}, {"command", "heed.runTest"}, {"arguments", {uri, it.test}}}}};
}

/// Counted and listed only where it is seen: the editor asks again then.
Json reference_lens(Asked const& asked, std::string const& uri, author::Lens const& it) {
  return {{"range", to_json(asked.lines.range(it.span))},
          {"data",
           {{"textDocument", {{"uri", uri}}},
            {"position", to_json(asked.lines.position(it.span.begin))}}}};
}

}  // namespace

Answer document_symbols(State& state, Json const& params) {
  auto const asked = find_asked(state, params);
  if (!asked) return no_file();
  Json all = Json::array();
  for (auto const& item : author::outline(asked->manuscript, asked->file))
    all.push_back(symbol(item, asked->lines));
  return all;
}

Answer workspace_symbols(State& state, Json const& params) {
  Json all = Json::array();
  for (auto& [path, folder] : state.folders) {
    Places places{state, folder};
    for (auto const& found : author::find_symbols(manuscript_of(folder), text_of(params, "/query")))
      all.push_back({{"name", found.name},
                     {"kind", symbol_kind(found.kind)},
                     {"containerName", author::word_of(found.kind)},
                     {"location", places.location(found.where)}});
  }
  return all;
}

Answer folding_ranges(State& state, Json const& params) {
  auto const asked = find_asked(state, params);
  if (!asked) return no_file();
  Json all = Json::array();
  for (auto const& fold : author::find_folds(asked->manuscript, asked->file)) {
    auto const range = asked->lines.range(fold.span);
    Json json = {{"startLine", range.start.line}, {"endLine", range.end.line}};
    if (fold.is_comment) json["kind"] = "comment";
    all.push_back(std::move(json));
  }
  return all;
}

Json semantic_legend() {
  return {{"tokenTypes", legend}, {"tokenModifiers", {"declaration", "readonly"}}};
}

Answer semantic_tokens(State& state, Json const& params) {
  auto const asked = find_asked(state, params);
  if (!asked) return no_file();
  Json data = Json::array();
  LinePosition before;
  for (auto const& tint : author::find_tints(asked->manuscript, asked->file)) {
    auto const range = asked->lines.range(tint.span);
    if (range.start.line != range.end.line) continue;
    bool const is_same_line = range.start.line == before.line;
    int bits = tint.is_declaration ? declaration_bit : 0;
    if (tint.what == What::parameter) bits += readonly_bit;
    data.push_back(range.start.line - before.line);
    data.push_back(is_same_line ? range.start.character - before.character : range.start.character);
    data.push_back(range.end.character - range.start.character);
    data.push_back(index_of(tint.what));
    data.push_back(bits);
    before = range.start;
  }
  return Json{{"data", std::move(data)}};
}

Answer code_lenses(State& state, Json const& params) {
  auto const asked = find_asked(state, params);
  if (!asked) return no_file();
  auto const uri = text_of(params, "/textDocument/uri");
  Json all = Json::array();
  for (auto const& it : author::find_lenses(asked->manuscript, asked->file))
    all.push_back(it.test.empty() ? reference_lens(*asked, uri, it) : test_lens(*asked, uri, it));
  return all;
}

Answer resolve_lens(State& state, Json const& params) {
  auto const& data = member(params, "/data");
  auto const asked = find_asked(state, data);
  auto const at = asked ? find_position(*asked, data) : std::nullopt;
  if (!at) return no_file();
  auto const found = author::find_references(asked->manuscript, *at, author::Declarations::without);
  Json command = {
      {"title", std::to_string(found.size()) + (found.size() == 1 ? " reference" : " references")},
      {"command", ""}};
  if (state.editor.shows_references && !found.empty()) {
    Places places{state, asked->folder};
    Json all = Json::array();
    for (auto const& place : found) all.push_back(places.location(place));
    command["command"] = "heed.showReferences";
    command["arguments"] = {text_of(data, "/textDocument/uri"), member(data, "/position"),
                            std::move(all)};
  }
  Json lens = params;
  lens["command"] = std::move(command);
  return lens;
}

}  // namespace heed::lsp
