#include "server/lsp/state.hpp"
#include "server/lsp/uri.hpp"

namespace heed::lsp {

namespace {

std::optional<std::uint32_t> number_of(Json const& json) {
  if (!json.is_number_unsigned()) return std::nullopt;
  auto const number = json.get<std::uint64_t>();
  constexpr std::uint64_t most = 0x7FFFFFFF;
  return static_cast<std::uint32_t>(std::min(number, most));
}

}  // namespace

Json const& member(Json const& json, std::string_view path) {
  static Json const nothing;
  Json const* at = &json;
  while (!path.empty()) {
    path.remove_prefix(1);
    auto const end = std::min(path.find('/'), path.size());
    if (!at->is_object()) return nothing;
    auto const found = at->find(std::string{path.substr(0, end)});
    if (found == at->end()) return nothing;
    at = &*found;
    path.remove_prefix(end);
  }
  return *at;
}

std::string text_of(Json const& json, std::string_view path) {
  auto const& found = member(json, path);
  return found.is_string() ? found.get<std::string>() : std::string{};
}

std::optional<LinePosition> read_position(Json const& json) {
  auto const line = number_of(member(json, "/line"));
  auto const character = number_of(member(json, "/character"));
  if (!line || !character) return std::nullopt;
  return LinePosition{*line, *character};
}

std::optional<LineRange> read_range(Json const& json) {
  auto const start = read_position(member(json, "/start"));
  auto const end = read_position(member(json, "/end"));
  if (!start || !end) return std::nullopt;
  return LineRange{*start, *end};
}

Json to_json(LinePosition at) {
  return {{"line", at.line}, {"character", at.character}};
}

Json to_json(LineRange range) {
  return {{"start", to_json(range.start)}, {"end", to_json(range.end)}};
}

Json to_json(Diagnostic const& diagnostic, Lines const& lines) {
  auto message = diagnostic.message;
  if (!diagnostic.help.empty()) message += "\nhelp: " + diagnostic.help;
  Json json = {{"range", to_json(lines.range(diagnostic.where.span))},
               {"severity", diagnostic.severity == Severity::error ? 1 : 2},
               {"code", diagnostic.code},
               {"source", "heed"},
               {"message", message}};
  bool const is_unused = diagnostic.code.find("unused") != std::string_view::npos;
  if (is_unused) json["tags"] = Json::array({1});
  return json;
}

std::string Places::uri(FileId file) const {
  auto const path = path_in(folder_, file);
  for (auto const& [uri, open] : state_.open)
    if (open.path == path) return uri;
  return uri_of(path);
}

Lines const& Places::lines(FileId file) {
  auto const found = lines_.find(file);
  if (found != lines_.end()) return found->second;
  auto const& text = folder_.sources.at(static_cast<std::size_t>(file)).text;
  return lines_.emplace(file, Lines{text, state_.editor.encoding}).first->second;
}

Json Places::location(Place const& place) {
  return {{"uri", uri(place.file)}, {"range", to_json(lines(place.file).range(place.span))}};
}

Json Places::workspace_edit(std::vector<author::Edit> const& edits) {
  std::map<std::string, Json> by_uri;
  for (auto const& edit : edits)
    by_uri[uri(edit.where.file)].push_back(
        {{"range", to_json(lines(edit.where.file).range(edit.where.span))},
         {"newText", edit.text}});
  if (!state_.editor.versioned_edits) return {{"changes", by_uri}};
  Json changes = Json::array();
  for (auto const& [uri, all] : by_uri) {
    auto const open = state_.open.find(uri);
    Json version;
    if (open != state_.open.end()) version = open->second.version;
    changes.push_back({{"textDocument", {{"uri", uri}, {"version", version}}}, {"edits", all}});
  }
  return {{"documentChanges", changes}};
}

}  // namespace heed::lsp
