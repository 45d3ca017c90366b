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

/// From the first number to the last that a limit lets its term be; an end that is not there lies
/// beyond every number. Where the term may be no number at all, it may meet anything.
struct Reach {
  std::size_t item = 0;
  std::optional<Number> low, high;

  bool ends_before(Reach const& other) const { return high && other.low && *high < *other.low; }
};
bool begins_before(Reach const& one, Reach const& other) {
  return other.low && (!one.low || *one.low < *other.low);
}

/// Sorts situations by what they let one term be, term after term; what is left of them by where
/// the reaches of one term overlap.
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
    Items told;  // those of all numbers, each once
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
      (numbers.empty() ? groups.open : groups.told).push_back(item);
    }
    return groups;
  }

  /// Pairs within `items`.
  void within(Items const& items, std::set<TermId> done, bool may_repeat) {
    constexpr std::size_t small = 12;
    if (effort == 0) return;
    auto const term = items.size() > small ? choose(items, done) : std::nullopt;
    if (!term) return sweep(items, {}, may_repeat);
    auto const groups = group(items, *term);
    done.insert(*term);
    for (auto const& [number, group] : groups.by_number)
      within(group, done, may_repeat || groups.repeats);
    between(groups.told, groups.open, done, may_repeat);
    within(groups.open, done, may_repeat);
  }

  /// Pairs of one of `ones` and one of `others`.
  void between(Items const& ones, Items const& others, std::set<TermId> done, bool may_repeat) {
    constexpr std::size_t small = 128;
    if (effort == 0 || ones.empty() || others.empty()) return;
    auto both = ones;
    both.insert(both.end(), others.begin(), others.end());
    auto const term = ones.size() * others.size() > small ? choose(both, done) : std::nullopt;
    if (!term) return sweep(ones, others, may_repeat);
    auto const left = group(ones, *term);
    auto const right = group(others, *term);
    done.insert(*term);
    for (auto const& [number, group] : left.by_number)
      if (auto const same = right.by_number.find(number); same != right.by_number.end())
        between(group, same->second, done, may_repeat || left.repeats || right.repeats);
    between(left.told, right.open, done, may_repeat);
    between(left.open, right.told, done, may_repeat);
    between(left.open, right.open, done, may_repeat);
  }

  std::vector<Reach> reaches(Items const& items, TermId term) const {
    std::vector<Reach> all;
    for (auto const item : items) {
      all.push_back({item, {}, {}});
      for (auto const& limit : situations[item]->limits) {
        auto const& values = limit.values;
        if (limit.term != term || values.none || values.unknown || values.stretches.empty())
          continue;
        all.back().low = values.stretches.front().low;
        all.back().high = values.stretches.back().high;
      }
    }
    std::sort(all.begin(), all.end(), begins_before);
    return all;
  }
  /// How many pairs of them do not overlap.
  static std::size_t count_apart(std::vector<Reach> const& all) {
    std::vector<Number> ends;
    for (auto const& reach : all)
      if (reach.high) ends.push_back(*reach.high);
    std::sort(ends.begin(), ends.end());
    std::size_t count = 0;
    for (auto const& reach : all)
      if (reach.low)
        count += static_cast<std::size_t>(std::lower_bound(ends.begin(), ends.end(), *reach.low) -
                                          ends.begin());
    return count;
  }
  /// The reaches of the term under which the fewest pairs overlap.
  std::vector<Reach> choose_reaches(Items const& items) const {
    constexpr std::size_t few = 4;
    std::map<TermId, std::size_t> counts;
    for (auto const item : items)
      for (auto const& limit : situations[item]->limits) ++counts[limit.term];
    std::vector<std::pair<std::size_t, TermId>> terms;
    for (auto const& [term, count] : counts) terms.emplace_back(count, term);
    std::sort(terms.rbegin(), terms.rend());
    if (terms.size() > few) terms.resize(few);
    auto best = reaches(items, TermId{});
    auto apart = count_apart(best);
    for (auto const& [count, term] : terms) {
      auto all = reaches(items, term);
      if (auto const more = count_apart(all); more > apart) {
        apart = more;
        best = std::move(all);
      }
    }
    return best;
  }

  /// Tries the pairs whose reaches overlap: all within `ones` where `others` is empty, otherwise of
  /// one of each.
  void sweep(Items const& ones, Items const& others, bool may_repeat) {
    constexpr std::size_t small = 32;
    auto const all_of = [&](Items const& items) {
      std::vector<Reach> all;
      for (auto const item : items) all.push_back({item, {}, {}});
      return all;
    };
    auto both = ones;
    both.insert(both.end(), others.begin(), others.end());
    std::set<std::size_t> const second{others.begin(), others.end()};
    std::vector<Reach> active;
    for (auto const& reach : both.size() > small ? choose_reaches(both) : all_of(both)) {
      if (effort == 0) return;
      std::erase_if(active, [&](Reach const& it) { return it.ends_before(reach); });
      for (auto const& it : active)
        if (second.empty() || second.contains(it.item) != second.contains(reach.item))
          try_pair(it.item, reach.item, may_repeat);
      active.push_back(reach);
    }
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
