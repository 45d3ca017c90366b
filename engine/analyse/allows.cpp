#include "engine/analyse/allows.hpp"

#include <algorithm>

#include "engine/analyse/tell.hpp"

namespace heed::analyse {
namespace {

bool is_blank(char letter) {
  return letter == ' ' || letter == '\t' || letter == '\r';
}
std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::uint32_t line_begin(std::string_view text, std::uint32_t at) {
  auto const end = text.substr(0, at).rfind('\n');
  return end == text.npos ? 0 : static_cast<std::uint32_t>(end + 1);
}
std::uint32_t line_end(std::string_view text, std::uint32_t at) {
  return static_cast<std::uint32_t>(std::min(text.find('\n', at), text.size()));
}

bool looks_like_code(std::string_view word) {
  auto const dot = word.find('.');
  if (dot != word.npos) return dot > 0 && dot + 1 < word.size();
  // A word alone is meant for a code where it is nearly one: a comment may say what it likes.
  return std::any_of(codes().begin(), codes().end(), [&](std::string_view code) {
    return word.size() > 4 && code.substr(code.find('.') + 1) == word;
  });
}

/// The allow that a comment makes, without what it silences.
std::optional<Allow> read(FileId file, std::string_view text, Span comment) {
  auto const all = text.substr(comment.begin, comment.end - comment.begin);
  auto rest = trimmed(all.substr(std::min<std::size_t>(1, all.size())));
  if (!rest.starts_with("allow") || rest.size() < 7 || !is_blank(rest[5])) return std::nullopt;
  rest = trimmed(rest.substr(5));
  auto const end = std::min(rest.find_first_of(": \t"), rest.size());
  auto const code = rest.substr(0, end);
  if (!looks_like_code(code)) return std::nullopt;
  auto const begin = static_cast<std::uint32_t>(code.data() - text.data());
  auto reason = trimmed(rest.substr(end));
  if (reason.starts_with(':')) reason = trimmed(reason.substr(1));
  return Allow{{file, comment},
               {file, {begin, begin + static_cast<std::uint32_t>(code.size())}},
               std::string{code},
               std::string{reason},
               {},
               {}};
}

/// The first byte of the line that the comment speaks of: its own, or the next that is no comment;
/// nothing where a blank line or the end comes first.
std::optional<std::uint32_t> find_line(std::string_view text, Span comment) {
  auto const own = line_begin(text, comment.begin);
  if (!trimmed(text.substr(own, comment.begin - own)).empty()) return own;
  for (auto at = line_end(text, comment.end); at < text.size(); at = line_end(text, at + 1)) {
    auto const line = trimmed(text.substr(at + 1, line_end(text, at + 1) - at - 1));
    if (line.empty()) return std::nullopt;
    if (line.front() != '#') return at + 1;
  }
  return std::nullopt;
}

Span find_silenced(language::Document const& document, std::string_view text, Span comment) {
  auto const line = find_line(text, comment);
  if (!line) return {comment.end, comment.end};
  auto const after = std::upper_bound(
      document.declarations.begin(), document.declarations.end(), line_end(text, *line),
      [](std::uint32_t at, language::Declaration const& it) { return at < it.span.begin; });
  if (after != document.declarations.begin() && std::prev(after)->span.begin >= *line)
    return {*line, std::prev(after)->span.end};
  return {*line, line_end(text, *line) + 1};
}

/// The declaration that an indented comment stands in, or behind the last line of.
Span find_around(language::Document const& document, std::string_view text, Span comment) {
  auto const after = std::upper_bound(
      document.declarations.begin(), document.declarations.end(), comment.begin,
      [](std::uint32_t at, language::Declaration const& it) { return at < it.span.begin; });
  bool const is_indented = line_begin(text, comment.begin) != comment.begin;
  if (!is_indented || after == document.declarations.begin()) return {comment.end, comment.end};
  return std::prev(after)->span;
}

}  // namespace

std::vector<Allow> find_allows(language::Document const& document, std::string_view text) {
  std::vector<Allow> allows;
  for (auto const& comment : document.comments) {
    auto allow = read(document.file, text, comment.span);
    if (!allow) continue;
    allow->silences = find_silenced(document, text, comment.span);
    allow->around = find_around(document, text, comment.span);
    allows.push_back(std::move(*allow));
  }
  return allows;
}

void tell_allows(std::vector<Allow> const& allows, bool are_complete, Diagnostics& found) {
  for (auto const& allow : allows) {
    bool const is_known = std::binary_search(codes().begin(), codes().end(), allow.code);
    if (is_known && allow.reason.empty()) {
      warn(found, allow.where, "analysis.allow-without-reason",
           quoted(allow.code) + " is to be silenced, and it is not said why",
           "write the reason behind the code: " + quoted("# allow " + allow.code + ": …"));
    } else if (is_known) {
      if (are_complete && !allow.is_used)
        warn(found, allow.where, "analysis.unused-allow",
             "there is no " + quoted(allow.code) + " here to be silenced",
             "take the comment out, or put it directly above what it is about");
    } else if (allow.code.starts_with("check.") || allow.code.starts_with("parse.")) {
      warn(found, allow.code_where, "analysis.allowed-error",
           quoted(allow.code) + " is an error, and errors cannot be silenced",
           "mend the mistake, and take the comment out");
    } else {
      auto const near = check::closest(allow.code, {codes().begin(), codes().end()});
      warn(found, allow.code_where, "analysis.unknown-code",
           "no warning has the code " + quoted(allow.code),
           near.empty() ? "`heed check` names the code of each warning"
                        : "did you mean " + quoted(near) + "?");
      found.back().replacement = near;
    }
  }
}

}  // namespace heed::analyse
