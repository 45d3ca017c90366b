#include "engine/base/holidays.hpp"

#include <unicode/calendar.h>

#include <algorithm>
#include <array>
#include <memory>

#include "engine/base/ensure.hpp"
#include "engine/base/limits.hpp"

namespace heed {
namespace {

constexpr int sunday = 0, monday = 1, friday = 5, saturday = 6;

int weekday_of(Date day) {
  return static_cast<int>((std::int64_t{day.days} + 719'162 + 1) % 7);  // 0001-01-01 was a monday
}

int gregorian_year_of(Date day) {
  return std::stoi(to_text(day).substr(0, 4));
}

// By how many days it is moved, given the day that it falls on.

int never(Date) {
  return 0;
}
/// A fast is not kept on a sabbath, but on the sunday after it.
int fast(Date day) {
  return weekday_of(day) == saturday ? 1 : 0;
}
/// Nor is this one, but on the thursday before.
int fast_before(Date day) {
  return weekday_of(day) == saturday ? -2 : 0;
}
/// Neither it nor the day of memory before it touches a sabbath; since 2004 that day of memory does
/// not begin as a sabbath ends, either.
int independence(Date day) {
  if (weekday_of(day) == saturday) return -2;
  if (weekday_of(day) == friday) return -1;
  return weekday_of(day) == monday && gregorian_year_of(day) >= 2004 ? 1 : 0;
}
/// The day before independence: moves with it.
int memory(Date day) {
  return independence(Date{day.days + 1});
}
/// Not beside a sabbath; on the sunday after it since 1997.
int shoah(Date day) {
  if (weekday_of(day) == friday) return -1;
  return weekday_of(day) == sunday && gregorian_year_of(day) >= 1997 ? 1 : 0;
}

// The months as ICU counts them. In a year without a second one, Adar is the later of the two.
enum Month {
  tishrei,
  heshvan,
  kislev,
  tevet,
  shevat,
  adar_1,
  adar,
  nisan,
  iyar,
  sivan,
  tammuz,
  av
};

struct Rule {
  Month month;
  int day = 1, length = 1;
  int (*moved)(Date) = never;
};

constexpr std::array<Holiday, 25> names{{
    {"rosh_hashanah", "ראש_השנה"},
    {"fast_of_gedaliah", "צום_גדליה"},
    {"yom_kippur", "יום_כיפור"},
    {"sukkot", "סוכות"},
    {"hol_hamoed_sukkot", "חול_המועד_סוכות"},
    {"shmini_atzeret", "שמיני_עצרת"},
    {"simchat_torah", "שמחת_תורה"},
    {"hanukkah", "חנוכה"},
    {"asara_btevet", "עשרה_בטבת"},
    {"tu_bishvat", "טו_בשבט"},
    {"fast_of_esther", "תענית_אסתר"},
    {"purim", "פורים"},
    {"shushan_purim", "שושן_פורים"},
    {"pesach", "פסח"},
    {"hol_hamoed_pesach", "חול_המועד_פסח"},
    {"shvii_shel_pesach", "שביעי_של_פסח"},
    {"yom_hashoah", "יום_השואה"},
    {"yom_hazikaron", "יום_הזיכרון"},
    {"yom_haatzmaut", "יום_העצמאות"},
    {"lag_baomer", "לג_בעומר"},
    {"yom_yerushalayim", "יום_ירושלים"},
    {"shavuot", "שבועות"},
    {"fast_of_tammuz", "צום_תמוז"},
    {"tisha_bav", "תשעה_באב"},
    {"tu_bav", "טו_באב"},
}};

constexpr std::array<Rule, names.size()> rules{{
    {tishrei, 1, 2},
    {tishrei, 3, 1, fast},
    {tishrei, 10},
    {tishrei, 15},
    {tishrei, 16, 6},
    {tishrei, 22},
    {tishrei, 22},
    {kislev, 25, 8},
    {tevet, 10},
    {shevat, 15},
    {adar, 13, 1, fast_before},
    {adar, 14},
    {adar, 15},
    {nisan, 15},
    {nisan, 16, 5},
    {nisan, 21},
    {nisan, 27, 1, shoah},
    {iyar, 4, 1, memory},
    {iyar, 5, 1, independence},
    {iyar, 18},
    {iyar, 28},
    {sivan, 6},
    {tammuz, 17, 1, fast},
    {av, 9, 1, fast},
    {av, 15},
}};

/// ICU's Hebrew calendar, at midnight in Greenwich.
class HebrewCalendar {
 public:
  HebrewCalendar() {
    UErrorCode status = U_ZERO_ERROR;
    calendar_.reset(icu::Calendar::createInstance(icu::TimeZone::getGMT()->clone(),
                                                  icu::Locale{"en@calendar=hebrew"}, status));
    ensure(U_SUCCESS(status) && calendar_ != nullptr);
  }

  Date find(int year, Month month, int day) {
    UErrorCode status = U_ZERO_ERROR;
    calendar_->clear();
    calendar_->set(year, month, day);
    auto const millis = calendar_->getTime(status);
    ensure(U_SUCCESS(status));
    return Date{static_cast<std::int32_t>(std::int64_t(millis) / 86'400'000)};
  }

 private:
  std::unique_ptr<icu::Calendar> calendar_;
};

constexpr int years_ahead = 3760;  // the Hebrew year that begins in autumn is one more

}  // namespace

std::span<Holiday const> holidays() {
  return names;
}

std::optional<std::vector<Date>> find_holiday(std::string_view name, Eve eve) {
  auto const found = std::ranges::find_if(names, [name](Holiday const& holiday) {
    return holiday.name == name || holiday.hebrew == name;
  });
  if (found == names.end()) return std::nullopt;
  auto const& rule = rules[static_cast<std::size_t>(found - names.begin())];
  HebrewCalendar calendar;
  std::vector<Date> days;
  auto const first = make_date(limits::holiday_year_first, 1, 1);
  auto const last = make_date(limits::holiday_year_last, 12, 31);
  for (int year = limits::holiday_year_first; year <= limits::holiday_year_last + 1; ++year) {
    auto day = calendar.find(year + years_ahead, rule.month, rule.day);
    day.days += rule.moved(day);
    auto const length = eve == Eve::yes ? 1 : rule.length;
    if (eve == Eve::yes) --day.days;
    for (int passed = 0; passed < length; ++passed, ++day.days)
      if (day >= *first && day <= *last) days.push_back(day);
  }
  return days;
}

}  // namespace heed
