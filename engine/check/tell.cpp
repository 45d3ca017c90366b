#include "engine/check/tell.hpp"

#include <algorithm>

#include "engine/base/limits.hpp"

namespace heed::check {

namespace {

constexpr std::size_t shown_bytes_max = 80;

/// Code points; what is no UTF-8 counts byte by byte.
std::u32string code_points(std::string_view text) {
  std::u32string points;
  for (std::size_t at = 0; at < text.size();) {
    auto const byte = static_cast<unsigned char>(text[at]);
    std::size_t const length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    char32_t point = byte;
    for (std::size_t i = 1; i < length && at + i < text.size(); ++i)
      point = (point << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3F);
    points.push_back(point < 128 && point >= 'A' && point <= 'Z' ? point + 32 : point);
    at += length;
  }
  return points;
}

/// How many letters must be put in, taken out, changed or swapped with a neighbour; more than
/// `most` counts as most + 1.
std::size_t distance(std::u32string const& left, std::u32string const& right, std::size_t most) {
  auto const [shorter, longer] = std::minmax({left.size(), right.size()});
  if (longer - shorter > most) return most + 1;
  std::vector<std::size_t> before(right.size() + 1), last(right.size() + 1), row(right.size() + 1);
  for (std::size_t j = 0; j <= right.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      auto const change = last[j - 1] + (left[i - 1] == right[j - 1] ? 0u : 1u);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
      if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[right.size()];
}

}  // namespace

void tell(Draft& draft, Place where, std::string_view code, std::string message, std::string help,
          std::string replacement) {
  draft.diagnostics.push_back(
      {where, Severity::error, code, std::move(message), std::move(help), std::move(replacement)});
}

void warn(Draft& draft, Place where, std::string_view code, std::string message, std::string help) {
  draft.diagnostics.push_back(
      {where, Severity::warning, code, std::move(message), std::move(help), {}});
}

void tell_word(Draft& draft, Place where, std::string_view code, std::string message,
               std::string_view word, std::vector<std::string> const& candidates,
               std::string otherwise) {
  auto const looking = draft.suggestions++ < limits::suggestions_max;
  auto found = looking ? closest(word, candidates) : std::string{};
  if (!found.empty()) otherwise = "did you mean " + quoted(found) + "?";
  tell(draft, where, code, std::move(message), std::move(otherwise), std::move(found));
}

void refuse(Draft& draft, Place where, std::string what, std::string meanwhile) {
  tell(draft, where, "check.not-yet", std::move(what) + " has no meaning in this version of Heed",
       std::move(meanwhile));
}

std::string quoted(std::string_view text) {
  if (text.size() <= shown_bytes_max) return "`" + std::string{text} + "`";
  auto end = shown_bytes_max;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return "`" + std::string{text.substr(0, end)} + "…`";
}

std::string listed(std::vector<std::string> const& words) {
  constexpr std::size_t most = 8;
  std::string text;
  for (std::size_t i = 0; i < words.size() && i < most; ++i)
    text += (i == 0 ? "" : ", ") + quoted(words[i]);
  return words.size() > most ? text + ", …" : text;
}

std::string written(Scope const& scope, Span span) {
  std::string_view text = scope.draft.sources[static_cast<std::size_t>(scope.file)].text;
  if (span.begin >= text.size() || span.end < span.begin) return {};
  text = text.substr(span.begin, span.end - span.begin);
  std::string line;
  bool in_text = false, in_comment = false, blank = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    auto const c = text[at];
    if (c == '\n') in_comment = false;
    if (c == '"' && !in_comment) in_text = !in_text;
    if (c == '#' && !in_text) in_comment = true;
    if (in_comment) continue;
    if (!in_text && (c == ' ' || c == '\n' || c == '\r' || c == '\t')) {
      blank = !line.empty();
      continue;
    }
    if (std::exchange(blank, false)) line += ' ';
    line += c;
  }
  return line;
}

std::string closest(std::string_view word, std::vector<std::string> const& candidates) {
  auto const letters = code_points(word);
  auto least = std::max<std::size_t>(1, letters.size() / 3) + 1;
  std::string found;
  for (auto const& candidate : candidates) {
    auto const points = code_points(candidate);
    auto steps = distance(letters, points, least);
    auto const dot = points.rfind(U'.');
    if (dot != std::u32string::npos && points.substr(dot + 1) == letters)
      steps = std::min<std::size_t>(steps, 1);
    if (steps < least || (steps == least && !found.empty() && candidate < found)) {
      least = steps;
      found = candidate;
    }
  }
  return found;
}

std::string_view noun(SymbolKind kind) {
  switch (kind) {
    case SymbolKind::fact:
      return "a fact";
    case SymbolKind::need:
      return "a need";
    case SymbolKind::score:
      return "a score";
    case SymbolKind::action:
      return "an action";
    case SymbolKind::answer:
      return "an answer";
    case SymbolKind::define:
      return "a define";
    case SymbolKind::parameter:
      return "a parameter";
    case SymbolKind::table:
      return "a table";
    case SymbolKind::event:
      return "an event";
    case SymbolKind::phrases:
      return "a list of phrases";
    case SymbolKind::inner_list:
      return "a list inside a list";
  }
  return "a name";
}

}  // namespace heed::check
