#include "engine/analyse/situations.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "engine/analyse/meetings.hpp"
#include "engine/base/limits.hpp"
#include "tests/support/checked.hpp"

namespace heed::analyse {
namespace {

constexpr auto vocabulary = R"(policy p "P"
fact tier is one of standard < silver < gold
fact plan is one of home, business or none
fact delay is duration
fact contacts is whole number
fact late is yes or no
fact share is number, default 1
action apologise
)";

/// How many situations each rule's condition has.
struct Case {
  std::string_view condition;
  std::size_t situations;
};
constexpr Case cases[] = {
    {"tier is gold", 1},
    {"tier is gold and tier is silver", 0},
    {"tier is gold or tier is silver", 2},
    {"tier is one of gold, silver", 1},
    {"not (tier is one of gold, silver, standard)", 0},
    {"tier > standard and tier < gold and tier is not silver", 0},
    {"late and not late", 0},
    {"possibly late and possibly not late", 1},
    {"certainly late and late is unknown", 0},
    {"plan is none and plan is not home", 1},
    {"plan is none and plan is home", 0},
    {"contacts > 1 and then contacts < 2", 0},
    {"delay > 1 day and delay < 25 hours", 1},
    {"share is unknown", 0},
    {"contacts > share and contacts <= share", 0},
    {"contacts > share and share > contacts", 0},
    {"contacts >= share and share >= contacts", 1},
    {"now > 2026-01-01T00:00 and now < 2025-01-01T00:00", 0},
};

TEST(Situations, are_those_in_which_a_condition_can_hold) {
  for (auto const& [condition, situations] : cases) {
    auto const checked = check_text(std::string{vocabulary} + "rule r\n  when " +
                                    std::string{condition} + "\n  then do apologise\n");
    ASSERT_TRUE(checked.policy) << condition << checked.diagnostics.front().message;
    Reader reader{*checked.policy};
    EXPECT_EQ(reader.of(RuleId{0}).size(), situations) << condition;
  }
}

/// Many situations over a few terms, from a fixed seed.
struct Heap {
  check::Checked checked = check_text(vocabulary);
  Terms terms{*checked.policy};
  std::vector<Situation> situations;
  std::vector<Situation const*> pointers;

  /// `wide`: over many numbers each, some without an end.
  explicit Heap(std::size_t count, bool wide = false) {
    std::mt19937 random{7};
    std::vector<TermId> ids;
    for (std::uint32_t at = 0; at < 4; ++at) {
      Expression fact{};
      fact.form = FactValue{FactId{at}};
      fact.text = checked.policy->facts[at].name;
      fact.type = checked.policy->facts[at].type;
      ids.push_back(terms.of(fact));
    }
    for (std::size_t i = 0; i < count; ++i) {
      Situation situation;
      for (auto const id : ids) {
        auto const low = static_cast<std::int64_t>(random() % 20);
        auto const high = low + static_cast<std::int64_t>(random() % 3 == 0 ? random() % 9 : 0);
        if (random() % 3 == 0) continue;
        Stretch stretch{Number{low}, Number{high}, true, true};
        if (wide) stretch = {Number{low * 100}, Number{high * 100 + 150}, true, random() % 2 == 0};
        if (wide && random() % 8 == 0) stretch.high.reset();
        situation.limits.push_back({id, make_values(stretch, true)});
      }
      situations.push_back(std::move(situation));
    }
    for (auto const& situation : situations) pointers.push_back(&situation);
  }
};

void expect_all_pairs(Heap const& heap) {
  std::set<std::pair<std::size_t, std::size_t>> all, found;
  for (std::size_t i = 0; i < heap.situations.size(); ++i)
    for (std::size_t j = i + 1; j < heap.situations.size(); ++j)
      if (meets(heap.situations[i], heap.situations[j])) all.insert({i, j});
  std::size_t effort = limits::analysed_pairs_max;
  each_meeting(heap.pointers, effort, [&](std::size_t i, std::size_t j) {
    EXPECT_TRUE(found.insert({i, j}).second) << i << " and " << j << " twice";
  });
  EXPECT_EQ(found, all);
  EXPECT_GT(all.size(), 100u);
}

TEST(Meetings, find_the_pairs_that_trying_all_of_them_finds) {
  expect_all_pairs(Heap{300});
}

TEST(Meetings, find_the_pairs_of_wide_reaches_too) {
  expect_all_pairs(Heap{300, true});
}

TEST(Meetings, stop_where_the_effort_ends) {
  Heap const heap{300};
  std::size_t effort = 10, met = 0;
  each_meeting(heap.pointers, effort, [&](std::size_t, std::size_t) { ++met; });
  EXPECT_EQ(effort, 0u);
  EXPECT_LE(met, 10u);
}

TEST(Covers, leave_out_what_none_of_them_takes) {
  Heap const heap{60};
  for (std::size_t first = 0; first + 20 <= heap.situations.size(); ++first) {
    std::vector<Situation const*> const covers{heap.pointers.begin() + 1, heap.pointers.end()};
    std::size_t effort = limits::analysis_effort_max;
    auto const left = find_uncovered(heap.terms, heap.situations[first], covers, effort);
    auto const is_one = std::find(covers.begin(), covers.end(), &heap.situations[first]);
    if (is_one != covers.end()) {
      EXPECT_FALSE(left);
    }
    if (!left) continue;
    for (auto const* cover : covers) EXPECT_FALSE(meets(*left, *cover));
  }
}

}  // namespace
}  // namespace heed::analyse
