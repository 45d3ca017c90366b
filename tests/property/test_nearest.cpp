#include <gtest/gtest.h>

#include <algorithm>

#include "engine/search/cone.hpp"
#include "engine/search/distance.hpp"
#include "tests/property/policies.hpp"
#include "tests/property/runs.hpp"
#include "tests/support/chance.hpp"

/// The nearest miss holds what it promises, and nothing nearer is there.
namespace heed::support {
namespace {

Case case_of(RuleSet const& rules, RandomCase const& subject) {
  auto given = make_case(rules);
  given.facts = subject.facts;
  given.at = subject.now;
  return given;
}

Case changed_by(RuleSet const& rules, Case subject, NearestMiss const& miss) {
  auto const& facts = rules.policy.facts;
  for (auto const& change : miss.changes) {
    auto const fact = std::ranges::lower_bound(facts, change.fact, {}, &Fact::name);
    subject.facts[static_cast<std::size_t>(fact - facts.begin())] = change.value;
  }
  return subject;
}

bool fires(RuleSet const& rules, Case const& subject, Instant now, std::string const& rule) {
  auto const decision = decide(rules, subject, now);
  return std::ranges::binary_search(decision.fired, rule);
}

TEST(NearestMisses, make_the_rule_fire_whatever_the_policy) {
  std::uint64_t found = 0;
  for (std::uint64_t run = 0; run < property_runs(60); ++run) {
    auto const seed = first_seed() + run;
    auto const rules = ready(as_one_file(random_policy(seed, size_of_run(run))));
    ASSERT_TRUE(rules) << "seed " << seed;
    auto const random = random_case(rules->policy, seed * 100);
    auto const subject = case_of(*rules, random);
    SearchLimits limits;
    limits.tries_max = 300;
    for (std::uint32_t at = 0; at < rules->policy.rules.size(); ++at) {
      auto const miss = find_nearest_miss(*rules, subject, random.now, RuleId{at}, limits);
      EXPECT_LE(miss.tries, limits.tries_max + 200);
      if (miss.changes.empty()) continue;
      ++found;
      auto const& name = rules->policy.rules[at].name;
      EXPECT_FALSE(fires(*rules, subject, random.now, name)) << "seed " << seed << " " << name;
      EXPECT_TRUE(fires(*rules, changed_by(*rules, subject, miss), random.now, name))
          << "seed " << seed << " " << name;
    }
  }
  if (property_runs(60) >= 60) {
    EXPECT_GT(found, 20U);
  }
}

/// Small policies whose every case can be tried: two facts of yes or no, one ordered choice, one
/// whole number.
class SmallPolicy {
 public:
  explicit SmallPolicy(std::uint64_t seed) : chance_{seed} {}

  std::string text() {
    std::string text =
        "policy small\nfact a is yes or no\nfact b is yes or no\n"
        "fact n is whole number\nfact t is one of x < y < z\n"
        "need functional need_one\nneed psychological need_two\nscore sum from 0 to 100\n"
        "action act\naction other\nrole agent\nrole lead above agent\n";
    text += "define d as " + condition(2) + "\n";
    text +=
        "table pick gives number\n  hit first\n  t      | n    | pick\n  x or y | >= 2 | 1\n"
        "  z      | -    | 2\n  -      | -    | 3\n";
    text +=
        "rule r1\n  when " + condition(2) + "\n  then need_one is violated\n       add 3 to sum\n";
    text += "rule r2\n  when " + condition(2) + "\n  then need_two is threatened\n       do act\n";
    text += "rule r3\n  when " + condition(1) + "\n  then add 2 to sum\n       forbid act\n";
    for (auto const* name : {"r4", "r5", "r6"})
      text += "rule " + std::string{name} + "\n  when " + target() + " and " + bracket(2) +
              "\n  then do other\n";
    text += "rule r7\n  when " + condition(1) + "\n  then escalate to agent within 1 hour\n";
    text += "rule r8\n  when " + target() + " and " + bracket(1) +
            "\n  then escalate to lead within 2 hours\n";
    return text;
  }

 private:
  std::string number() { return std::to_string(chance_.between(0, 4)); }
  std::string leaf() {
    switch (chance_.below(9)) {
      case 0:
        return "a";
      case 1:
        return "not b";
      case 2:
        return "t is " + chance_.pick(choices_);
      case 3:
        return "t >= " + chance_.pick(choices_);
      case 4:
        return "n > " + number();
      case 5:
        return "n < " + number();
      case 6:
        return "n * 2 is " + number();
      case 7:
        return "(n is one of " + number() + ", " + number() + ")";
      default:
        return "pick >= 2";
    }
  }
  std::string bracket(int depth) { return "(" + condition(depth) + ")"; }
  std::string condition(int depth) {
    if (depth == 0) return leaf();
    switch (chance_.below(4)) {
      case 0:
        return bracket(depth - 1) + " or " + bracket(depth - 1);
      case 1:
        return "at least 2 of (" + leaf() + ", " + bracket(depth - 1) + ", " + leaf() + ")";
      default:
        return bracket(depth - 1) + " and " + bracket(depth - 1);
    }
  }
  std::string target() {
    switch (chance_.below(6)) {
      case 0:
        return "need_one is violated";
      case 1:
        return "not (any need is at least threatened)";
      case 2:
        return "sum >= " + number();
      case 3:
        return "act is advised";
      case 4:
        return "d";
      default:
        return "possibly " + bracket(1);
    }
  }

  Chance chance_;
  std::vector<std::string> choices_{"x", "y", "z"};
};

struct Size {
  std::size_t facts = 99;
  std::uint64_t distance = 0;
  auto operator<=>(Size const&) const = default;
};

/// Every value that each fact may take instead of its own; its own first. To know less is a change
/// only where something asks for what is known.
std::vector<std::vector<std::optional<Value>>> grid_of(Case const& subject, bool with_unknown) {
  std::vector<std::vector<std::optional<Value>>> grid(4);
  for (std::size_t fact = 0; fact < 4; ++fact) grid[fact].push_back(subject.facts[fact]);
  for (auto const fact : {0U, 1U})
    for (bool const truth : {true, false}) grid[fact].emplace_back(truth);
  for (std::int64_t number = -1; number <= 6; ++number) grid[2].emplace_back(Number{number});
  for (std::uint32_t choice = 0; choice < 3; ++choice) grid[3].emplace_back(Chosen{choice});
  for (auto& values : grid)
    if (values.front() && with_unknown) values.emplace_back(std::nullopt);
  return grid;
}

Size size_of(Policy const& policy, Case const& from, Case const& to) {
  Size size{0, 0};
  for (std::size_t fact = 0; fact < from.facts.size(); ++fact) {
    if (from.facts[fact] == to.facts[fact]) continue;
    ++size.facts;
    size.distance +=
        search::distance_between(policy.facts[fact].type, from.facts[fact], to.facts[fact]);
  }
  return size;
}

/// Calls `use` with every case of the grid and how far it is from the subject.
template <class Use>
void for_each_change(RuleSet const& rules, Case const& subject, bool with_unknown, Use const& use) {
  auto const grid = grid_of(subject, with_unknown);
  auto changed = subject;
  for (auto const& a : grid[0])
    for (auto const& b : grid[1])
      for (auto const& n : grid[2])
        for (auto const& t : grid[3]) {
          changed.facts = {a, b, n, t};
          use(changed, size_of(rules.policy, subject, changed));
        }
}

/// The smallest change in the whole grid under which each rule fires.
std::vector<Size> find_smallest(RuleSet const& rules, Case const& subject, Instant now) {
  auto const& all = rules.policy.rules;
  std::vector<Size> smallest(all.size());
  for_each_change(rules, subject, true, [&](Case const& changed, Size size) {
    for (auto const& name : decide(rules, changed, now).fired) {
      auto const rule = std::ranges::lower_bound(all, name, {}, &Rule::name) - all.begin();
      auto& least = smallest[static_cast<std::size_t>(rule)];
      least = std::min(least, size);
    }
  });
  return smallest;
}

TEST(NearestMisses, are_the_smallest_that_trying_every_case_finds) {
  for (std::uint64_t run = 0; run < property_runs(25); ++run) {
    auto const seed = first_seed() + run;
    auto const text = SmallPolicy{seed}.text();
    auto const rules = ready({{"small.heed", text}});
    ASSERT_TRUE(rules) << text
                       << written(load({{"small.heed", text}}, revision).diagnostics,
                                  {{"small.heed", text}});
    auto const random = random_case(rules->policy, seed * 7);
    auto subject = case_of(*rules, random);
    Chance chance{seed};
    if (subject.facts[2]) subject.facts[2] = Number{chance.between(0, 5)};
    auto const smallest = find_smallest(*rules, subject, random.now);
    for (std::uint32_t at = 0; at < smallest.size(); ++at) {
      auto const miss = find_nearest_miss(*rules, subject, random.now, RuleId{at});
      auto const changed = changed_by(*rules, subject, miss);
      auto const found = miss.changes.empty() ? Size{} : size_of(rules->policy, subject, changed);
      auto const expected = smallest[at].facts == 0 ? Size{} : smallest[at];
      EXPECT_TRUE(miss.is_complete);
      EXPECT_TRUE(found == expected)
          << "seed " << seed << ", " << rules->policy.rules[at].name << ": found " << found.facts
          << " facts at " << found.distance << ", smallest " << expected.facts << " at "
          << expected.distance << "\n"
          << text << describe(rules->policy, {subject.facts, random.now});
    }
  }
}

/// Whether the rules that escalate, r7 and r8, rest on what is known.
bool asks_for_what_is_known(RuleSet const& rules) {
  return search::find_cone(rules, {RuleId{6}, RuleId{7}}).reads_what_is_open;
}

/// Who takes over, and by when.
std::vector<std::pair<std::string, std::optional<Instant>>> taken_over(Decision const& decision) {
  std::vector<std::pair<std::string, std::optional<Instant>>> taken;
  for (auto const& escalation : decision.escalations)
    if (escalation.to) taken.emplace_back(*escalation.to, escalation.due);
  return taken;
}

TEST(NearestMisses, of_the_escalation_are_the_smallest_too) {
  std::uint64_t found_any = 0;
  for (std::uint64_t run = 0; run < property_runs(25); ++run) {
    auto const seed = first_seed() + run;
    auto const text = SmallPolicy{seed}.text();
    auto const rules = ready({{"small.heed", text}});
    ASSERT_TRUE(rules) << text;
    auto const random = random_case(rules->policy, seed * 7);
    auto const subject = case_of(*rules, random);
    auto const now = taken_over(decide(*rules, subject, random.now));
    Size smallest;
    for_each_change(*rules, subject, asks_for_what_is_known(*rules),
                    [&](Case const& changed, Size size) {
                      if (taken_over(decide(*rules, changed, random.now)) != now)
                        smallest = std::min(smallest, size);
                    });
    auto const miss = find_nearest_escalation(*rules, subject, random.now);
    auto const changed = changed_by(*rules, subject, miss.change);
    auto const found =
        miss.change.changes.empty() ? Size{} : size_of(rules->policy, subject, changed);
    EXPECT_TRUE(miss.change.is_complete);
    EXPECT_TRUE(found == smallest)
        << "seed " << seed << ": found " << found.facts << " facts at " << found.distance
        << ", smallest " << smallest.facts << " at " << smallest.distance << "\n"
        << text << describe(rules->policy, {subject.facts, random.now});
    if (!miss.change.changes.empty()) ++found_any;
  }
  if (property_runs(25) >= 25) {
    EXPECT_GT(found_any, 5U);
  }
}

}  // namespace
}  // namespace heed::support
