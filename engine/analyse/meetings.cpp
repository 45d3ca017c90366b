#include "engine/analyse/meetings.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace heed::analyse {
namespace {

using Items = std::vector<std::size_t>;

/// The single numbers that a limit lets its term be; empty where it lets it be more than few.
std::vector<Number> few_numbers(Values const& values) {
  constexpr std::size_t few = 8;
  std::vector<Number> numbers;
  if (values.none || values.unknown) return numbers;
  for (auto const& stretch : values.stretches) {
    if (!stretch.low || !stretch.high) return {};
    if (!values.whole && *stretch.low != *stretch.high) return {};
    for (auto at = *stretch.low; at <= *stretch.high;) {
      numbers.push_back(at);
      auto const next = add(at, Number{1});
      if (!next || numbers.size() > few) return {};
      at = *next;
    }
  }
  return numbers;
}

/// Sorts situations by what they let one term be, term after term.
struct Sorting {
  std::vector<Situation const*> const& situations;
  std::size_t& effort;
  std::function<void(std::size_t, std::size_t)> const& see;
  std::set<std::pair<std::size_t, std::size_t>> seen = {};  // pairs met under several values

  void try_pair(std::size_t one, std::size_t other, bool may_repeat) {
    if (effort == 0) return;
    --effort;
    auto const pair = std::minmax(one, other);
    if (!meets(*situations[one], *situations[other])) return;
    if (may_repeat && !seen.insert({pair.first, pair.second}).second) return;
    see(pair.first, pair.second);
  }

  /// The term whose values tell most of the items apart; the first of `done` terms are used up.
  std::optional<TermId> choose(Items const& items, std::set<TermId> const& done) const {
    std::map<TermId, std::size_t> counts;
    for (auto const item : items)
      for (auto const& limit : situations[item]->limits)
        if (!done.contains(limit.term) && !few_numbers(limit.values).empty()) ++counts[limit.term];
    auto const best = std::max_element(counts.begin(), counts.end(), [](auto& one, auto& other) {
      return one.second < other.second;
    });
    if (best == counts.end() || best->second * 4 < items.size()) return std::nullopt;
    return best->first;
  }

  struct Groups {
    std::map<Number, Items> by_number;
    Items open;  // may be any number
    bool repeats = false;
  };
  Groups group(Items const& items, TermId term) const {
    Groups groups;
    for (auto const item : items) {
      std::vector<Number> numbers;
      for (auto const& limit : situations[item]->limits)
        if (limit.term == term) numbers = few_numbers(limit.values);
      for (auto const& number : numbers) groups.by_number[number].push_back(item);
      groups.repeats = groups.repeats || numbers.size() > 1;
      if (numbers.empty()) groups.open.push_back(item);
    }
    return groups;
  }

  /// Pairs within `items`.
  void within(Items const& items, std::set<TermId> done, bool may_repeat) {
    constexpr std::size_t small = 12;
    auto const term = items.size() > small ? choose(items, done) : std::nullopt;
    if (!term) {
      for (std::size_t i = 0; i < items.size() && effort > 0; ++i)
        for (std::size_t j = i + 1; j < items.size() && effort > 0; ++j)
          try_pair(items[i], items[j], may_repeat);
      return;
    }
    auto const groups = group(items, *term);
    done.insert(*term);
    for (auto const& [number, group] : groups.by_number) {
      within(group, done, may_repeat || groups.repeats);
      between(group, groups.open, done, may_repeat || groups.repeats);
    }
    within(groups.open, done, may_repeat);
  }

  /// Pairs of one of `ones` and one of `others`.
  void between(Items const& ones, Items const& others, std::set<TermId> done, bool may_repeat) {
    constexpr std::size_t small = 128;
    if (ones.empty() || others.empty()) return;
    auto both = ones;
    both.insert(both.end(), others.begin(), others.end());
    auto const term = ones.size() * others.size() > small ? choose(both, done) : std::nullopt;
    if (!term) {
      for (auto const one : ones)
        for (std::size_t j = 0; j < others.size() && effort > 0; ++j)
          try_pair(one, others[j], may_repeat);
      return;
    }
    auto const left = group(ones, *term);
    auto const right = group(others, *term);
    auto const repeats = may_repeat || left.repeats || right.repeats;
    done.insert(*term);
    for (auto const& [number, group] : left.by_number) {
      if (auto const same = right.by_number.find(number); same != right.by_number.end())
        between(group, same->second, done, repeats);
      between(group, right.open, done, repeats);
    }
    for (auto const& [number, group] : right.by_number) between(left.open, group, done, repeats);
    between(left.open, right.open, done, may_repeat);
  }
};

}  // namespace

void each_meeting(std::vector<Situation const*> const& situations, std::size_t& effort,
                  std::function<void(std::size_t, std::size_t)> const& see) {
  Items all(situations.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
  Sorting{situations, effort, see}.within(all, {}, false);
}

}  // namespace heed::analyse
