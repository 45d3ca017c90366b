#include "engine/compile/lookups.hpp"

#include <algorithm>
#include <limits>

#include "engine/compile/wholes.hpp"

namespace heed {
namespace {

using compiling::find_between;

/// Over how many whole numbers the classes of one fact are listed.
constexpr std::int64_t near_max = 2'048;

bool are_near(std::vector<std::int64_t> const& wholes) {
  using Limits = std::numeric_limits<std::int64_t>;
  std::int64_t span = 0;
  return !__builtin_sub_overflow(wholes.back(), wholes.front(), &span) && span < near_max &&
         wholes.front() > Limits::min() && wholes.back() < Limits::max();
}

/// Below the first and above the last constant one whole number stands for all.
void list_near(Lookups& lookups, NumberLookup& lookup, std::vector<std::int64_t> const& wholes) {
  lookup.is_listed = true;
  lookup.first = wholes.front() - 1;
  lookup.begin = static_cast<std::uint32_t>(lookups.near.size());
  for (auto each = lookup.first; each <= wholes.back() + 1; ++each)
    lookups.near.push_back(find_between(wholes, each));
  lookup.count = static_cast<std::uint32_t>(lookups.near.size()) - lookup.begin;
}

NumberLookup make_number(Lookups& lookups, IndexedFact const& fact, std::uint32_t place) {
  NumberLookup lookup{fact.fact, place, fact.scale};
  if (are_near(fact.wholes)) {
    list_near(lookups, lookup, fact.wholes);
    return lookup;
  }
  lookup.begin = static_cast<std::uint32_t>(lookups.wholes.size());
  lookup.count = static_cast<std::uint32_t>(fact.wholes.size());
  lookups.wholes.insert(lookups.wholes.end(), fact.wholes.begin(), fact.wholes.end());
  return lookup;
}

std::uint32_t find_number(Lookups const& lookups, NumberLookup const& lookup,
                          compiling::Whole whole) {
  std::uint32_t found = 0;
  if (lookup.is_listed) {
    auto const at = std::clamp(whole.number, lookup.first, lookup.first + lookup.count - 1);
    found = lookups.near[lookup.begin + static_cast<std::size_t>(at - lookup.first)];
  } else {
    found = find_between({lookups.wholes.data() + lookup.begin, lookup.count}, whole.number);
  }
  return compiling::at_or_above(found, whole.is_exact);
}

/// Finds classes of the facts of one case.
struct Finder {
  Lookups const& lookups;
  std::vector<IndexedFact> const& facts;
  std::span<Value const* const> values;
  std::span<std::uint32_t> classes;
  bool are_all_known = true;

  /// The class of a value of a form that its kind of fact seldom takes, or of none.
  std::uint32_t find_other(Value const* value, std::uint32_t place) {
    if (value != nullptr) return class_of(facts[place], *value);
    are_all_known = false;
    return unknown_class;
  }

  void find_truths() {
    for (auto const& [fact, place, last] : lookups.truths) {
      auto const* value = values[index(fact)];
      auto const* truth = std::get_if<bool>(value);
      classes[place] = truth != nullptr ? (*truth ? 1 : 0) : find_other(value, place);
    }
  }

  void find_choices() {
    for (auto const& [fact, place, last] : lookups.choices) {
      auto const* value = values[index(fact)];
      auto const* chosen = std::get_if<Chosen>(value);
      classes[place] = chosen != nullptr ? std::min(static_cast<std::uint32_t>(*chosen), last)
                                         : find_other(value, place);
    }
  }

  void find_numbers() {
    for (auto const& lookup : lookups.numbers) {
      auto const* value = values[index(lookup.fact)];
      auto const* number = std::get_if<Number>(value);
      auto const whole =
          number != nullptr ? compiling::scaled(*number, lookup.scale) : std::nullopt;
      classes[lookup.place] =
          whole ? find_number(lookups, lookup, *whole) : find_other(value, lookup.place);
    }
  }

  void find_others(std::vector<bool> const& mentioned) {
    for (auto const place : lookups.others) {
      auto const& fact = facts[place];
      auto const* value = values[index(fact.fact)];
      classes[place] = value != nullptr && fact.mention ? (mentioned[*fact.mention] ? 1 : 0)
                                                        : find_other(value, place);
    }
  }
};

}  // namespace

Lookups make_lookups(std::vector<IndexedFact> const& facts) {
  Lookups lookups;
  for (std::uint32_t place = 0; place < facts.size(); ++place) {
    auto const& fact = facts[place];
    auto const is_of = [&](auto of) {
      return !fact.mention && !fact.values.empty() &&
             std::holds_alternative<decltype(of)>(fact.values.front());
    };
    NamedLookup const named{fact.fact, place, static_cast<std::uint32_t>(fact.values.size())};
    if (is_of(bool{}))
      lookups.truths.push_back(named);
    else if (is_of(Chosen{}))
      lookups.choices.push_back(named);
    else if (is_of(Number{}) && !fact.wholes.empty())
      lookups.numbers.push_back(make_number(lookups, fact, place));
    else
      lookups.others.push_back(place);
  }
  return lookups;
}

bool find_classes(Lookups const& lookups, std::vector<IndexedFact> const& facts,
                  std::span<Value const* const> values, std::vector<bool> const& mentioned,
                  std::span<std::uint32_t> classes) {
  Finder finder{lookups, facts, values, classes};
  finder.find_truths();
  finder.find_choices();
  finder.find_numbers();
  finder.find_others(mentioned);
  return finder.are_all_known;
}

}  // namespace heed
