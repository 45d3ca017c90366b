#include "server/json/diagnostics.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "engine/base/percent.hpp"
#include "server/json/write.hpp"

namespace heed::json {
namespace {

SourceText const* file_of(Diagnostic const& diagnostic, std::vector<SourceText> const& sources) {
  auto const file = static_cast<std::size_t>(diagnostic.where.file);
  return file < sources.size() ? &sources[file] : nullptr;
}

std::string_view name_of(Severity severity) {
  return severity == Severity::error ? "error" : "warning";
}

void append_number(std::string& out, std::string_view member, std::uint32_t number) {
  out += member;
  out += std::to_string(number);
}

void append_place(std::string& out, Diagnostic const& diagnostic,
                  std::vector<SourceText> const& sources) {
  auto const* file = file_of(diagnostic, sources);
  if (file == nullptr) {
    out += R"("file":null,"line":null,"column":null,"end":null)";
    return;
  }
  auto const begin = find_line_column(file->text, diagnostic.where.span.begin);
  auto const end = find_line_column(file->text, diagnostic.where.span.end);
  out += R"("file":)";
  append_text(out, file->name);
  append_number(out, R"(,"line":)", begin.line);
  append_number(out, R"(,"column":)", begin.column);
  append_number(out, R"(,"end":{"line":)", end.line);
  append_number(out, R"(,"column":)", end.column);
  out += '}';
}

void append_diagnostic(std::string& out, Diagnostic const& diagnostic,
                       std::vector<SourceText> const& sources) {
  out += '{';
  append_place(out, diagnostic, sources);
  out += R"(,"severity":)";
  append_text(out, name_of(diagnostic.severity));
  out += R"(,"code":)";
  append_text(out, diagnostic.code);
  out += R"(,"message":)";
  append_text(out, diagnostic.message);
  out += R"(,"help":)";
  append_or_null(out, diagnostic.help);
  out += R"(,"replacement":)";
  append_or_null(out, diagnostic.replacement);
}

// A file's name as a relative URI reference: what RFC 3986 does not allow in a path is escaped.
std::string uri_of(std::string_view name) {
  return percent_encoded(name, "-._~/!$&'()*+,;=@");
}

void append_artifact(std::string& out, SourceText const& file) {
  out += R"("artifactLocation":{"uri":)";
  append_text(out, uri_of(file.name));
  out += '}';
}

void append_region(std::string& out, SourceText const& file, Span span) {
  auto const begin = find_line_column(file.text, span.begin);
  auto const end = find_line_column(file.text, span.end);
  append_number(out, R"({"startLine":)", begin.line);
  append_number(out, R"(,"startColumn":)", begin.column);
  append_number(out, R"(,"endLine":)", end.line);
  append_number(out, R"(,"endColumn":)", end.column);
  out += '}';
}

void append_fix(std::string& out, Diagnostic const& diagnostic, SourceText const& file) {
  out += R"(,"fixes":[{"description":{"text":)";
  append_text(out, "write `" + diagnostic.replacement + "`");
  out += R"(},"artifactChanges":[{)";
  append_artifact(out, file);
  out += R"(,"replacements":[{"deletedRegion":)";
  append_region(out, file, diagnostic.where.span);
  out += R"(,"insertedContent":{"text":)";
  append_text(out, diagnostic.replacement);
  out += "}}]}]}]";
}

/// Without its closing bracket.
void append_result(std::string& out, Diagnostic const& diagnostic, SourceText const* file,
                   std::set<std::string_view> const& codes) {
  out += R"({"ruleId":)";
  append_text(out, diagnostic.code);
  out += R"(,"ruleIndex":)" +
         std::to_string(std::distance(codes.begin(), codes.find(diagnostic.code)));
  out += R"(,"level":)";
  append_text(out, name_of(diagnostic.severity));
  out += R"(,"message":{"text":)";
  append_text(out, diagnostic.help.empty() ? diagnostic.message
                                           : diagnostic.message + "\nhelp: " + diagnostic.help);
  out += '}';
  if (file != nullptr) {
    out += R"(,"locations":[{"physicalLocation":{)";
    append_artifact(out, *file);
    out += R"(,"region":)";
    append_region(out, *file, diagnostic.where.span);
    out += "}}]";
    if (!diagnostic.replacement.empty()) append_fix(out, diagnostic, *file);
  }
}

}  // namespace

void write_diagnostics(std::string& out, Diagnostics const& diagnostics,
                       std::vector<SourceText> const& sources,
                       std::vector<Silenced> const& silenced) {
  auto const errors =
      std::count_if(diagnostics.begin(), diagnostics.end(),
                    [](Diagnostic const& d) { return d.severity == Severity::error; });
  out += R"({"errors":)" + std::to_string(errors);
  out += R"(,"warnings":)" + std::to_string(std::ssize(diagnostics) - errors);
  out += R"(,"diagnostics":)";
  append_each(out, diagnostics, [&](Diagnostic const& diagnostic) {
    append_diagnostic(out, diagnostic, sources);
    out += '}';
  });
  out += R"(,"silenced":)";
  append_each(out, silenced, [&](Silenced const& it) {
    append_diagnostic(out, it.what, sources);
    out += R"(,"reason":)";
    append_text(out, it.reason);
    out += '}';
  });
  out += '}';
}

void write_sarif(std::string& out, Diagnostics const& diagnostics,
                 std::vector<SourceText> const& sources, std::string_view version,
                 std::vector<Silenced> const& silenced) {
  std::set<std::string_view> codes;
  for (auto const& diagnostic : diagnostics) codes.insert(diagnostic.code);
  for (auto const& it : silenced) codes.insert(it.what.code);
  out += R"({"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0",)"
         R"("runs":[{"tool":{"driver":{"name":"heed","version":)";
  append_text(out, version);
  out += R"(,"rules":)";
  append_each(out, codes, [&](std::string_view code) {
    out += R"({"id":)";
    append_text(out, code);
    out += '}';
  });
  out += R"(}},"columnKind":"unicodeCodePoints","results":[)";
  bool first = true;
  auto const append = [&](Diagnostic const& diagnostic) {
    if (!std::exchange(first, false)) out += ',';
    append_result(out, diagnostic, file_of(diagnostic, sources), codes);
  };
  for (auto const& diagnostic : diagnostics) {
    append(diagnostic);
    out += '}';
  }
  for (auto const& it : silenced) {
    append(it.what);
    out += R"(,"suppressions":[{"kind":"inSource","justification":)";
    append_text(out, it.reason);
    out += "}]}";
  }
  out += "]}]}";
}

}  // namespace heed::json
