#include "engine/language/words.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <vector>

#include "engine/language/characters.hpp"

namespace heed::language {
namespace {

using Words = std::unordered_set<std::string_view>;

constexpr std::string_view declarations[] = {
    "policy", "parameter", "fact",    "need",   "role",     "phase",     "action",
    "answer", "authority", "phrases", "script", "calendar", "event",     "score",
    "define", "rule",      "table",   "source", "test",     "guarantee", "term"};

constexpr std::string_view reserved[] = {
    "and",    "or",      "not",     "is",           "if",        "otherwise", "yes",
    "no",     "now",     "known",   "unknown",      "between",   "contains",  "mentions",
    "in",     "where",   "has",     "possibly",     "certainly", "any",       "every",
    "then",   "because", "when",    "always",       "never",     "need",      "do",
    "offer",  "say",     "ask",     "escalate",     "alert",     "add",       "set",
    "record", "check",   "forbid",  "by",           "within",    "expires",   "working",
    "none",   "today",   "private", "confidential", "default"};

constexpr std::string_view clauses[] = {
    "public",   "languages", "zone",     "title",     "ask",      "weight",   "takes",
    "requires", "internal",  "above",    "except",    "open",     "closed",   "from",
    "until",    "overrides", "when",     "then",      "because",  "and",      "or",
    "not",      "is",        "if",       "otherwise", "do",       "offer",    "say",
    "escalate", "alert",     "add",      "set",       "record",   "check",    "forbid",
    "by",       "within",    "expires",  "hit",       "given",    "expect",   "whenever",
    "always",   "never",     "changing", "where",     "contains", "mentions", "no"};

constexpr std::string_view units[] = {"second", "seconds", "minute", "minutes", "hour",
                                      "hours",  "day",     "days",   "week",    "weeks",
                                      "month",  "months",  "year",   "years"};

std::u32string code_points(std::string_view text) {
  std::u32string codes;
  for (std::size_t at = 0; at < text.size();) {
    auto const [code, bytes] = character_at(text, at);
    codes += code;
    at += bytes;
  }
  return codes;
}

}  // namespace

bool is_reserved(std::string_view word) {
  static Words const words{std::begin(reserved), std::end(reserved)};
  return words.contains(word);
}

bool is_declaration_keyword(std::string_view word) {
  static Words const words{std::begin(declarations), std::end(declarations)};
  return words.contains(word);
}

std::span<std::string_view const> declaration_keywords() {
  return declarations;
}

std::span<std::string_view const> reserved_words() {
  return reserved;
}

std::span<std::string_view const> clause_keywords() {
  return clauses;
}

std::span<std::string_view const> unit_words() {
  return units;
}

bool is_clause_keyword(std::string_view word) {
  static Words const words{std::begin(clauses), std::end(clauses)};
  return words.contains(word);
}

bool is_unit(std::string_view word) {
  static Words const words{std::begin(units), std::end(units)};
  return words.contains(word);
}

bool is_currency(std::string_view word) {
  auto const is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return word.size() == 3 && std::ranges::all_of(word, is_capital);
}

std::size_t distance(std::string_view left, std::string_view right, std::size_t most) {
  auto const a = code_points(left), b = code_points(right);
  if (a.size() > b.size() + most || b.size() > a.size() + most) return most + 1;
  std::vector<std::size_t> older(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t const changed = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, changed});
      bool const swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], older[j - 2] + 1);
    }
    older.swap(last);
    last.swap(row);
  }
  return std::min(last[b.size()], most + 1);
}

std::optional<std::string_view> find_similar(std::string_view word,
                                             std::span<std::string_view const> candidates) {
  auto const length = code_points(word).size();
  if (length < 3) return std::nullopt;
  std::size_t const most = length / 3;
  std::size_t nearest = most + 1;
  std::optional<std::string_view> found;
  for (auto const candidate : candidates) {
    auto const far = distance(word, candidate, most);
    if (far == 0) return std::nullopt;
    if (far >= nearest) continue;
    nearest = far;
    found = candidate;
  }
  return found;
}

}  // namespace heed::language
