#include "server/api/policy_sources.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "engine/base/hex.hpp"
#include "engine/base/limits.hpp"
#include "server/http/problem.hpp"
#include "server/json/diagnostics.hpp"
#include "server/json/name.hpp"

namespace heed::api {
namespace {

using http::Request;
using http::Response;

Failure<Response> bad_sources(std::string const& detail) {
  return {http::problem(400, "bad-policy", "The body holds no policy", detail)};
}

/// Characters that show nothing, or show what follows in another order, so that a name would read
/// as another one: control characters, marks and overrides of direction, separators, fillers.
bool has_hidden_letters(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> hidden{
      {{"\xC2\x80", "\xC2\x9F"},            // C1 controls
       {"\xD8\x9C", "\xD8\x9C"},            // Arabic letter mark
       {"\xE2\x80\x8B", "\xE2\x80\x8F"},    // widthless spaces and joiners, marks of direction
       {"\xE2\x80\xA8", "\xE2\x80\xAE"},    // separators, embeddings and overrides
       {"\xE2\x81\xA0", "\xE2\x81\xAF"},    // joiners, isolates
       {"\xEF\xBB\xBF", "\xEF\xBB\xBF"}}};  // byte order mark
  for (std::size_t at = 0; at < name.size(); ++at) {
    auto const byte = static_cast<unsigned char>(name[at]);
    if (byte < 0x20 || byte == 0x7F) return true;
    for (auto const& [first, last] : hidden) {
      auto const letter = name.substr(at, first.size());
      if (letter >= first && letter <= last) return true;
    }
  }
  return false;
}

/// What is wrong with a file's name; empty where nothing is.
std::string_view objection_to(std::string_view name) {
  if (name.size() > limits::name_bytes_max) return "it is too long";
  if (has_hidden_letters(name)) return "it has characters that are not seen";
  if (json::to_nfc(name) != name) return "its letters are not in Unicode's composed form (NFC)";
  if (name.find_first_of("\\:") != name.npos) return "folders are told apart by `/`";
  for (std::size_t begin = 0; begin <= name.size();) {
    auto const end = std::min(name.find('/', begin), name.size());
    auto const part = name.substr(begin, end - begin);
    if (part.empty()) return "a part of it is empty";
    if (part.front() == '.') return "a part of it begins with a dot";
    if (part.front() == ' ' || part.back() == ' ')
      return "a part of it begins or ends with a blank";
    begin = end + 1;
  }
  if (!name.ends_with(".heed") && !is_sheet(name)) return "it ends neither in .heed nor in .csv";
  return "";
}

/// A name as it may be shown: what is not seen would not be.
std::string shown(std::string_view name) {
  std::string out;
  for (char const letter : name.substr(0, limits::name_bytes_max)) {
    auto const byte = static_cast<unsigned char>(letter);
    if (byte >= 0x20 && byte < 0x7F) {
      out += letter;
      continue;
    }
    out += "\\x";
    append_hex(out, byte);
  }
  return out;
}

Failure<Error> bad_name(std::string_view name, std::string_view why) {
  return {{"policies.file-name",
           "`" + shown(name) + "` is no name of a policy's file: " + std::string{why},
           "name files as they stand in the policy's folder, such as `policy.heed` or "
           "`fees/abroad.csv`"}};
}

}  // namespace

Expected<std::vector<SourceText>, std::string> read_files(json::Node const& object) {
  auto const* const files = json::find_member(object, "files");
  if (files == nullptr || files->form != json::Node::Form::list || files->items.empty())
    return Failure<std::string>{
        "expected `{\"files\": [{\"name\": \"…\", \"text\": \"…\"}]}`, or the text of one "
        "file as text/plain"};
  std::vector<SourceText> sources;
  for (auto const& file : files->items) {
    auto const* const name = json::find_member(file, "name");
    auto const* const text = json::find_member(file, "text");
    bool const whole = name != nullptr && text != nullptr && name->form == json::Node::Form::text &&
                       text->form == json::Node::Form::text;
    if (!whole) return Failure<std::string>{"each of `files` has a `name` and a `text`"};
    if (text->text.size() > limits::file_bytes_max)
      return Failure<std::string>{"a file is too large"};
    sources.push_back({name->text, text->text});
  }
  return sources;
}

Expected<std::vector<SourceText>, Response> read_sources(Request const& request) {
  if (http::media_type(request) != "application/json")
    return std::vector<SourceText>{{"policy.heed", request.body}};
  auto const document = json::read_document(request.body, limits::http_batch_bytes_max);
  if (!document) return bad_sources(document.error().message);
  auto sources = read_files(document.value());
  if (!sources) return bad_sources(sources.error());
  return std::move(sources).value();
}

Expected<Done, Error> check_names(std::vector<SourceText> const& sources) {
  if (sources.size() > limits::policy_files_max)
    return Failure<Error>{
        {"policies.too-many-files",
         "a policy has at most " + std::to_string(limits::policy_files_max) + " files",
         "put several small files together"}};
  std::set<std::string_view> names;
  for (auto const& source : sources) {
    if (auto const why = objection_to(source.name); !why.empty()) return bad_name(source.name, why);
    if (!names.insert(source.name).second) return bad_name(source.name, "it stands twice");
  }
  auto const is_table = [](SourceText const& source) { return is_sheet(source.name); };
  if (std::ranges::all_of(sources, is_table))
    return Failure<Error>{{"policies.no-rules", "there is no `.heed` file among the policy's files",
                           "a table alone is no policy"}};
  return Done{};
}

std::string findings_members(Loaded const& loaded, std::string_view revision,
                             std::vector<SourceText> const& sources) {
  std::string members = "\"valid\":";
  members += loaded.rules ? "true" : "false";
  members += ",\"revision\":";
  http::append_json(members, revision);
  members += ",\"findings\":";
  json::write_diagnostics(members, loaded.diagnostics, sources, loaded.silenced);
  return members;
}

}  // namespace heed::api
