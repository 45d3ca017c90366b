#include <algorithm>

#include "engine/analyse/situations.hpp"
#include "engine/base/limits.hpp"

/// What situations leave out, and what they look like.
namespace heed::analyse {
namespace {

Values const* limit_of(Situation const& situation, TermId term) {
  auto const at =
      std::lower_bound(situation.limits.begin(), situation.limits.end(), term,
                       [](Limit const& limit, TermId wanted) { return limit.term < wanted; });
  return at != situation.limits.end() && at->term == term ? &at->values : nullptr;
}

Situation with(Situation situation, TermId term, Values values) {
  auto const at =
      std::lower_bound(situation.limits.begin(), situation.limits.end(), term,
                       [](Limit const& limit, TermId wanted) { return limit.term < wanted; });
  if (at != situation.limits.end() && at->term == term)
    at->values = std::move(values);
  else
    situation.limits.insert(at, Limit{term, std::move(values)});
  return situation;
}

/// A term that `cover` limits more than `whole` does.
Limit const* find_narrower(Terms const& terms, Situation const& whole, Situation const& cover) {
  for (auto const& limit : cover.limits)
    if (!is_within(values_of(terms, whole, limit.term), limit.values)) return &limit;
  return nullptr;
}

/// The values on one side of an end of `limit` that lies within `all`: so that the covers on the
/// other side can be left out.
Values cut(Values const& all, Values const& limit) {
  auto inside = meet(all, limit);
  for (auto const& stretch : limit.stretches) {
    if (stretch.low) {
      auto const below = make_values({{}, stretch.low, false, !stretch.with_low}, all.whole);
      auto const part = meet(all, below);
      if (!part.stretches.empty() && !is_within(all, part)) return part;
    }
    if (stretch.high) {
      auto const up_to = make_values({{}, stretch.high, false, stretch.with_high}, all.whole);
      auto const part = meet(all, up_to);
      if (!part.stretches.empty() && !is_within(all, part)) return part;
    }
  }
  return inside;
}

/// A round step for an example: the largest unit of time that the values' ends are made of.
Number step_of(Type const& type, Values const& values) {
  if (type.kind == Kind::time) return Number{3'600'000'000};
  if (type.kind != Kind::duration) return Number{1};
  for (std::int64_t const unit : {86'400, 3'600, 60}) {
    auto const is_made_of = [&](std::optional<Number> const& end) {
      auto const count = end ? divide(*end, Number{unit}) : std::nullopt;
      return !end || (count && count->is_whole());
    };
    if (std::ranges::all_of(values.stretches, [&](Stretch const& it) {
          return is_made_of(it.low) && is_made_of(it.high);
        }))
      return Number{unit};
  }
  return Number{1};
}

}  // namespace

Values const& values_of(Terms const& terms, Situation const& situation, TermId term) {
  auto const* limit = limit_of(situation, term);
  return limit ? *limit : terms[term].all;
}

std::vector<TermId> terms_of(Situation const& situation) {
  std::vector<TermId> ids;
  for (auto const& limit : situation.limits) ids.push_back(limit.term);
  return ids;
}

std::string example_of(Terms const& terms, Situation const& situation) {
  std::string text;
  for (auto const& [term, values] : situation.limits) {
    if (!text.empty()) text += ", ";
    text += terms[term].text + " is ";
    if (auto const number = pick(values, step_of(terms[term].type, values)))
      text += terms.words(term, *number, values.currency);
    else
      text += values.none ? "none" : "unknown";
  }
  return text.empty() ? "any case" : text;
}

std::optional<Situation> find_uncovered(Terms const& terms, Situation const& whole,
                                        std::vector<Situation const*> const& covers,
                                        std::size_t& effort) {
  std::vector<Situation const*> near;
  for (auto const* cover : covers)
    if (meets(*cover, whole)) near.push_back(cover);
  auto const cost = covers.size() + 1;
  effort = effort > cost ? effort - cost : 0;
  if (effort == 0) return std::nullopt;
  if (near.empty()) return whole;
  Limit const* narrower = nullptr;
  for (auto const* cover : near)
    if (narrower = find_narrower(terms, whole, *cover); !narrower) return std::nullopt;
  auto const* middle = near[near.size() / 2];
  narrower = find_narrower(terms, whole, *middle);
  auto const& all = values_of(terms, whole, narrower->term);
  auto const one = cut(all, narrower->values);
  auto const other = without(all, one);
  if (auto found = find_uncovered(terms, with(whole, narrower->term, one), near, effort))
    return found;
  if (is_empty(other)) return std::nullopt;
  return find_uncovered(terms, with(whole, narrower->term, other), near, effort);
}

bool lies_within(Terms const& terms, Situation const& inner, Situation const& outer) {
  return outer.precise && !find_narrower(terms, inner, outer);
}

bool lies_within(Terms const& terms, Situations const& inner, Situations const& outer) {
  return std::ranges::all_of(inner, [&](Situation const& one) {
    return std::ranges::any_of(
        outer, [&](Situation const& other) { return lies_within(terms, one, other); });
  });
}

}  // namespace heed::analyse
