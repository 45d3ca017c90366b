#pragma once
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/base/time.hpp"

/// The fixed days of the Hebrew calendar, by name.
namespace heed {

struct Holiday {
  std::string_view name, hebrew;
};

/// Every name that there is, by the months of the year.
std::span<Holiday const> holidays();

enum class Eve { no, yes };

/// Its days from limits::holiday_year_first to limits::holiday_year_last, ascending; of its eve the
/// day before the first of them, each year. `name` is either name of a holiday. Nothing where there
/// is none of that name.
std::optional<std::vector<Date>> find_holiday(std::string_view name, Eve eve = Eve::no);

}  // namespace heed
