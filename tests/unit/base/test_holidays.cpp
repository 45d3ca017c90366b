#include "engine/base/holidays.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace heed {
namespace {

std::vector<std::string> days_in(std::string_view name, std::string_view year, Eve eve = Eve::no) {
  std::vector<std::string> days;
  for (auto const day : find_holiday(name, eve).value_or(std::vector<Date>{}))
    if (to_text(day).starts_with(year)) days.push_back(to_text(day));
  return days;
}

TEST(Holidays, fall_on_the_days_that_everybody_knows) {
  struct Case {
    std::string_view name;
    std::array<std::string_view, 5> first;  // 2023 to 2027
  };
  constexpr Case cases[] = {
      {"rosh_hashanah", {"2023-09-16", "2024-10-03", "2025-09-23", "2026-09-12", "2027-10-02"}},
      {"fast_of_gedaliah", {"2023-09-18", "2024-10-06", "2025-09-25", "2026-09-14", "2027-10-04"}},
      {"yom_kippur", {"2023-09-25", "2024-10-12", "2025-10-02", "2026-09-21", "2027-10-11"}},
      {"sukkot", {"2023-09-30", "2024-10-17", "2025-10-07", "2026-09-26", "2027-10-16"}},
      {"shmini_atzeret", {"2023-10-07", "2024-10-24", "2025-10-14", "2026-10-03", "2027-10-23"}},
      {"simchat_torah", {"2023-10-07", "2024-10-24", "2025-10-14", "2026-10-03", "2027-10-23"}},
      {"hanukkah", {"2023-12-08", "2024-12-26", "2025-12-15", "2026-12-05", "2027-12-25"}},
      {"tu_bishvat", {"2023-02-06", "2024-01-25", "2025-02-13", "2026-02-02", "2027-01-23"}},
      {"fast_of_esther", {"2023-03-06", "2024-03-21", "2025-03-13", "2026-03-02", "2027-03-22"}},
      {"purim", {"2023-03-07", "2024-03-24", "2025-03-14", "2026-03-03", "2027-03-23"}},
      {"shushan_purim", {"2023-03-08", "2024-03-25", "2025-03-15", "2026-03-04", "2027-03-24"}},
      {"pesach", {"2023-04-06", "2024-04-23", "2025-04-13", "2026-04-02", "2027-04-22"}},
      {"shvii_shel_pesach", {"2023-04-12", "2024-04-29", "2025-04-19", "2026-04-08", "2027-04-28"}},
      {"yom_hashoah", {"2023-04-18", "2024-05-06", "2025-04-24", "2026-04-14", "2027-05-04"}},
      {"yom_hazikaron", {"2023-04-25", "2024-05-13", "2025-04-30", "2026-04-21", "2027-05-11"}},
      {"yom_haatzmaut", {"2023-04-26", "2024-05-14", "2025-05-01", "2026-04-22", "2027-05-12"}},
      {"lag_baomer", {"2023-05-09", "2024-05-26", "2025-05-16", "2026-05-05", "2027-05-25"}},
      {"yom_yerushalayim", {"2023-05-19", "2024-06-05", "2025-05-26", "2026-05-15", "2027-06-04"}},
      {"shavuot", {"2023-05-26", "2024-06-12", "2025-06-02", "2026-05-22", "2027-06-11"}},
      {"fast_of_tammuz", {"2023-07-06", "2024-07-23", "2025-07-13", "2026-07-02", "2027-07-22"}},
      {"tisha_bav", {"2023-07-27", "2024-08-13", "2025-08-03", "2026-07-23", "2027-08-12"}},
      {"tu_bav", {"2023-08-02", "2024-08-19", "2025-08-09", "2026-07-29", "2027-08-18"}},
  };
  for (auto const& c : cases) {
    for (std::size_t i = 0; i < c.first.size(); ++i) {
      auto const days = days_in(c.name, std::to_string(2023 + i));
      // The year before may end in one, as hanukkah of 2024 does on 2 january.
      auto const found = std::ranges::find(days, c.first[i]);
      ASSERT_NE(found, days.end()) << c.name << " " << c.first[i];
      EXPECT_TRUE(found == days.begin() || c.name == "hanukkah") << c.name;
    }
  }
}

TEST(Holidays, last_as_long_as_they_do) {
  using Days = std::vector<std::string>;
  EXPECT_EQ(days_in("rosh_hashanah", "2026"), (Days{"2026-09-12", "2026-09-13"}));
  EXPECT_EQ(days_in("sukkot", "2026"), Days{"2026-09-26"});
  EXPECT_EQ(days_in("hol_hamoed_sukkot", "2026").size(), 6U);
  EXPECT_EQ(days_in("hol_hamoed_pesach", "2026").back(), "2026-04-07");
  EXPECT_EQ(days_in("hanukkah", "2026").size(), 8U);
  // The Hebrew year is shorter than ours: one of ours may have a fast twice, or not at all.
  EXPECT_EQ(days_in("asara_btevet", "2023"), (Days{"2023-01-03", "2023-12-22"}));
  EXPECT_EQ(days_in("asara_btevet", "2024"), Days{});
}

TEST(Holidays, yom_haatzmaut_keeps_away_from_the_sabbath) {
  using Days = std::vector<std::string>;
  EXPECT_EQ(days_in("yom_haatzmaut", "2021"), Days{"2021-04-15"});  // a saturday: thursday
  EXPECT_EQ(days_in("yom_haatzmaut", "2022"), Days{"2022-05-05"});  // a friday: thursday
  EXPECT_EQ(days_in("yom_haatzmaut", "2020"), Days{"2020-04-29"});  // a wednesday: as it is
  EXPECT_EQ(days_in("yom_haatzmaut", "2018"), Days{"2018-04-19"});  // a friday: thursday
  EXPECT_EQ(days_in("yom_haatzmaut", "2004"), Days{"2004-04-27"});  // a monday, since 2004: tuesday
  EXPECT_EQ(days_in("yom_haatzmaut", "2001"), Days{"2001-04-26"});
}

TEST(Holidays, have_eves) {
  using Days = std::vector<std::string>;
  EXPECT_EQ(days_in("rosh_hashanah", "2026", Eve::yes), Days{"2026-09-11"});
  EXPECT_EQ(days_in("yom_haatzmaut", "2026", Eve::yes), Days{"2026-04-21"});
}

TEST(Holidays, go_by_their_hebrew_names_too) {
  EXPECT_EQ(days_in("ראש_השנה", "2026"), days_in("rosh_hashanah", "2026"));
  EXPECT_EQ(days_in("יום_כיפור", "2026"), days_in("yom_kippur", "2026"));
  EXPECT_FALSE(find_holiday("christmas"));
  for (auto const& holiday : holidays()) {
    auto const days = find_holiday(holiday.name);
    ASSERT_TRUE(days);
    EXPECT_EQ(days, find_holiday(holiday.hebrew));
    EXPECT_TRUE(std::ranges::is_sorted(*days)) << holiday.name;
    EXPECT_GE(days->size(), 130U) << holiday.name;
  }
}

}  // namespace
}  // namespace heed
