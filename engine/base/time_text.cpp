#include "engine/base/time_text.hpp"

namespace heed {
namespace {

constexpr std::int64_t micros_per_second = 1'000'000;
constexpr std::int64_t seconds_per_day = 86'400;

struct Day {
  std::int64_t year = 0, month = 0, day = 0;
};

/// By eras of 400 years that begin in March: a leap day is then the last day of a year.
Day civil(Date date) {
  constexpr std::int64_t era_days = 146'097, from_march_0000 = 719'468;
  auto const days = date.days + from_march_0000;
  auto const era = (days >= 0 ? days : days - era_days + 1) / era_days;
  auto const of_era = days - era * era_days;
  auto const year = (of_era - of_era / 1'460 + of_era / 36'524 - of_era / 146'096) / 365;
  auto const of_year = of_era - (365 * year + year / 4 - year / 100);
  auto const month = (5 * of_year + 2) / 153;
  auto const is_next = month >= 10;
  return {year + era * 400 + (is_next ? 1 : 0), is_next ? month - 9 : month + 3,
          of_year - (153 * month + 2) / 5 + 1};
}

char* put_digits(char* at, std::int64_t number, int width) {
  for (auto place = at + width; place != at; number /= 10)
    *--place = static_cast<char>('0' + number % 10);
  return at + width;
}

char* put_clock(char* at, std::int64_t seconds) {
  at = put_digits(at, seconds / 3600, 2);
  *at++ = ':';
  at = put_digits(at, seconds / 60 % 60, 2);
  return at;
}

}  // namespace

bool can_write(Instant at, Zone const& zone) {
  constexpr std::int64_t first = -719'162, last = 2'932'896;  // 0001-01-01, 9999-12-31
  constexpr std::int64_t micros_per_day = seconds_per_day * micros_per_second;
  if (at.micros < first * micros_per_day || at.micros >= (last + 1) * micros_per_day) return false;
  bool const is_near_an_end =
      at.micros < (first + 1) * micros_per_day || at.micros >= last * micros_per_day;
  if (!is_near_an_end) return true;
  auto const day = zone.date_of(at).days;
  return day >= first && day <= last;
}

void append_text(std::string& out, Instant at, Zone const& zone) {
  char text[instant_text_bytes_max];
  out.append(text, put_text(text, at, zone));
}

char* put_text(char* out, Instant at, Zone const& zone) {
  if (!can_write(at, zone) && zone != Zone::utc()) return put_text(out, at, Zone::utc());
  auto date = zone.date_of(at);
  auto second = zone.second_of_day(at);
  auto micros = at.micros % micros_per_second;
  if (micros < 0) micros += micros_per_second;
  auto const utc = (at.micros - micros) / micros_per_second;
  auto offset = date.days * seconds_per_day + second - utc;
  if (auto const odd = offset % 60; odd != 0) {  // local mean time: RFC 3339 has whole minutes
    offset -= odd;
    auto const local = utc + offset;
    date.days = static_cast<std::int32_t>(
        (local - (local % seconds_per_day + seconds_per_day) % seconds_per_day) / seconds_per_day);
    second = local - date.days * seconds_per_day;
  }
  auto const [year, month, day] = civil(date);
  auto* end = put_digits(out, year, 4);
  *end++ = '-';
  end = put_digits(end, month, 2);
  *end++ = '-';
  end = put_digits(end, day, 2);
  *end++ = 'T';
  end = put_clock(end, second);
  *end++ = ':';
  end = put_digits(end, second % 60, 2);
  if (micros != 0) {
    *end++ = '.';
    end = put_digits(end, micros, 6);
    while (end[-1] == '0') --end;
  }
  if (offset == 0) {
    *end++ = 'Z';
  } else {
    *end++ = offset < 0 ? '-' : '+';
    end = put_clock(end, offset < 0 ? -offset : offset);
  }
  return end;
}

}  // namespace heed
