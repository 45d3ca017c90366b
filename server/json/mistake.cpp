#include "server/json/mistake.hpp"

#include <algorithm>
#include <numeric>
#include <span>

#include "engine/base/limits.hpp"

namespace heed::json {
namespace {

constexpr std::size_t found_bytes_max = 80;
constexpr std::size_t values_told_max = 20;

// Cuts a text after at most `bytes_max` bytes, between two code points.
std::string shorten(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return std::string{text};
  while (bytes_max > 0 && (static_cast<unsigned char>(text[bytes_max]) & 0xC0u) == 0x80u) {
    --bytes_max;
  }
  return std::string{text.substr(0, bytes_max)} + "…";
}

std::string describe_money(Type const& type) {
  if (!type.currency) return R"(money: {"amount": "120.00", "currency": "ILS"} or "120.00 ILS")";
  std::string const code{code_of(*type.currency)};
  std::string const number = type.cents ? "a number of minor units" : "a number";
  return "money in " + code + R"(: {"amount": "120.00", "currency": ")" + code + R"("}, "120.00 )" +
         code + "\" or " + number;
}

std::string describe_choice(Choice const& choice) {
  std::string words = "one of ";
  auto const told = std::min(choice.values.size(), values_told_max);
  for (std::size_t i = 0; i < told; ++i) {
    if (i > 0) words += ", ";
    words += choice.values[i];
  }
  return told < choice.values.size() ? words + ", …" : words;
}

std::string describe_kind(Kind kind, Type const& type) {
  switch (kind) {
    case Kind::truth:
      return "true or false";
    case Kind::whole:
      return "a whole number";
    case Kind::number:
      return "a number";
    case Kind::money:
      return describe_money(type);
    case Kind::duration:
      return R"(a duration such as "PT4H" or "4 hours")";
    case Kind::date:
      return R"(a date such as "2026-11-22")";
    case Kind::time:
      return R"(a time such as "2026-11-22T10:15:00+02:00")";
    case Kind::text:
      return "a text";
    case Kind::choice:
      return describe_choice(*type.choice);
    case Kind::set:
      return "a list, and in it " + describe_kind(type.element, type);
    case Kind::list:
      return type.shape->is_record() ? "a list of objects"
                                     : "a list, and in it " + describe(type.shape->fields[0].type);
  }
  ensure(false);
  return {};
}

// How many letters must be added, left out, changed or swapped with their neighbour. Bytes stand
// for letters: good enough to find a misspelt name, in Hebrew too.
std::size_t count_edits(std::string_view left, std::string_view right) {
  std::vector<std::size_t> before(right.size() + 1), last(right.size() + 1), row(right.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= left.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      std::size_t const change = left[i - 1] == right[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
      if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    before.swap(last);
    last.swap(row);
  }
  return last[right.size()];
}

}  // namespace

void add(CaseMistakes& mistakes, CaseMistake mistake) {
  if (mistakes.mistakes.size() < limits::case_mistakes_max) {
    mistakes.mistakes.push_back(std::move(mistake));
  } else {
    ++mistakes.untold;
  }
}

CaseMistakes to_mistakes(DocumentError const& error) {
  CaseMistakes result;
  result.is_json = false;
  CaseMistake mistake;
  mistake.pointer = error.pointer;
  mistake.code = "case" + std::string{error.code.substr(error.code.find('.'))};
  mistake.message = error.message;
  if (error.code != "json.size") {
    mistake.message += " (line " + std::to_string(error.where.line) + ", column " +
                       std::to_string(error.where.column) + ")";
  }
  mistake.expected = error.expected;
  result.mistakes.push_back(std::move(mistake));
  return result;
}

void hush(CaseMistakes& mistakes, std::size_t from) {
  for (auto& mistake : std::span{mistakes.mistakes}.subspan(from)) {
    auto& found = mistake.found;
    bool const is_text = found.starts_with('"');
    bool const is_number =
        !found.empty() && (found[0] == '-' || (found[0] >= '0' && found[0] <= '9'));
    if (!is_text && !is_number) continue;  // it says no more than what kind of value it is
    found = is_text ? "a text" : "a number";
    if (mistake.code == "case.text-size") continue;  // its message has lengths alone
    mistake.message = mistake.expected.empty()
                          ? "the value does not fit"
                          : "expected " + mistake.expected + ", found " + found;
  }
}

std::string describe(Node const& node) {
  switch (node.form) {
    case Node::Form::null:
      return "null";
    case Node::Form::truth:
      return node.truth ? "true" : "false";
    case Node::Form::number:
      return shorten(node.text, found_bytes_max);
    case Node::Form::text:
      return '"' + shorten(node.text, found_bytes_max) + '"';
    case Node::Form::list:
      return "a list of " + std::to_string(node.items.size());
    case Node::Form::object:
      return "an object";
  }
  ensure(false);
  return {};
}

std::string describe(Type const& type) {
  auto words = describe_kind(type.kind, type);
  return type.or_none ? words + ", or null" : words;
}

std::string_view find_nearest(std::string_view word, std::vector<std::string> const& words) {
  if (word.size() > limits::name_bytes_max) return {};
  std::string_view best;
  std::size_t fewest = std::max<std::size_t>(1, std::min<std::size_t>(word.size() / 3, 3)) + 1;
  for (auto const& candidate : words) {
    if (std::max(candidate.size(), word.size()) - std::min(candidate.size(), word.size()) >= fewest)
      continue;
    auto const edits = count_edits(word, candidate);
    if (edits < fewest) {
      fewest = edits;
      best = candidate;
    }
  }
  return best;
}

}  // namespace heed::json
