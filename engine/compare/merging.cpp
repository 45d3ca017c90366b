#include "engine/compare/merging.hpp"

#include <algorithm>
#include <cctype>
#include <functional>
#include <string_view>
#include <tuple>

namespace heed::comparing {
namespace {

constexpr std::size_t kinds_max = 200;
constexpr std::size_t told_apart_max = 5;  // changes of one kind
constexpr std::string_view differs = "…";

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> words;
  for (;;) {
    auto const blank = std::min(text.find(' '), text.size());
    words.push_back(text.substr(0, blank));
    if (blank == text.size()) return words;
    text.remove_prefix(blank + 1);
  }
}

bool is_sign(char c) {
  return std::ispunct(static_cast<unsigned char>(c)) != 0;
}

/// Two words as one; brackets and other signs around them stay where both have them.
std::string merge_words(std::string_view left, std::string_view right) {
  if (left == right) return std::string{left};
  auto const shorter = std::min(left.size(), right.size());
  std::size_t begin = 0, end = 0;
  while (begin < shorter && left[begin] == right[begin] && is_sign(left[begin])) ++begin;
  while (end < shorter - begin && left[left.size() - 1 - end] == right[right.size() - 1 - end] &&
         is_sign(left[left.size() - 1 - end]))
    ++end;
  return std::string{left.substr(0, begin)} + std::string{differs} +
         std::string{left.substr(left.size() - end)};
}

/// Texts of the same languages and numbers of words.
void merge(Texts& into, Texts const& other) {
  for (auto& [language, text] : into) {
    auto const left = split(text);
    auto const right = split(other.at(language));
    std::string merged;
    for (std::size_t at = 0; at < left.size(); ++at)
      merged += (at == 0 ? "" : " ") + merge_words(left[at], right[at]);
    text = std::move(merged);
  }
}

void merge(PointChange& into, PointChange const& other) {
  merge(into.before, other.before);
  merge(into.after, other.after);
  into.cases += other.cases;
}

/// `… … ILS` is said as `… ILS`.
void shorten(Texts& texts) {
  for (auto& [language, text] : texts) {
    std::string shortened;
    auto is_open = false;  // the word before says only that there was one
    for (auto const word : split(text)) {
      if (is_open && word.starts_with(differs))
        shortened.resize(shortened.size() - differs.size());
      else if (!shortened.empty())
        shortened += ' ';
      shortened += word;
      is_open = word == differs;
    }
    text = std::move(shortened);
  }
}

auto order_of(PointChange const& change) {
  return std::tie(change.point, change.before, change.after);
}

}  // namespace

bool Merging::add(PointChange change) {
  Shape shape{change.point, {}};
  for (auto const* texts : {&change.before, &change.after}) {
    shape.second.push_back(texts->size());
    for (auto const& [language, text] : *texts) shape.second.push_back(split(text).size());
  }
  auto found = kinds_.find(shape);
  if (found == kinds_.end()) {
    if (kinds_.size() == kinds_max) return false;
    found = kinds_.emplace(std::move(shape), Kind{}).first;
  }
  auto& [changes, is_merged] = found->second;
  auto const same = std::ranges::find_if(
      changes, [&change](PointChange const& other) { return order_of(other) == order_of(change); });
  if (same != changes.end())
    ++same->cases;
  else
    changes.push_back(std::move(change));
  if (is_merged || changes.size() > told_apart_max) {
    for (std::size_t at = 1; at < changes.size(); ++at) merge(changes[0], changes[at]);
    changes.resize(1);
    is_merged = true;
  }
  return true;
}

std::vector<PointChange> Merging::take() && {
  std::vector<PointChange> all;
  for (auto& [shape, kind] : kinds_)
    for (auto& change : kind.changes) {
      shorten(change.before);
      shorten(change.after);
      all.push_back(std::move(change));
    }
  std::ranges::sort(all, {}, order_of);
  std::ranges::stable_sort(all, std::ranges::greater{}, &PointChange::cases);
  return all;
}

}  // namespace heed::comparing
