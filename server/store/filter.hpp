#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/store/record.hpp"

/// Which records to list, and how much of them at a time.
namespace heed::store {

/// Every condition that is given must hold; empty ones are not conditions.
struct Filter {
  std::string subject = {};
  std::string revision = {};
  std::string kind = {};
  std::string need = {};
  std::string need_state = {};                // only beside `need`
  std::string rule = {};                      // fired
  std::string action = {};                    // in the plan
  std::string role = {};                      // escalated to
  std::string by = {};                        // who asked: a token's id, or by_command_line
  std::optional<std::int64_t> from_us = {};   // decided for this instant or later
  std::optional<std::int64_t> until_us = {};  // decided for an earlier instant
};

enum class Order { newest_first, oldest_first };

struct PageRequest {
  Order order = Order::newest_first;
  std::size_t limit = 50;   // 1 to limits::log_page_records_max, and held to that
  std::string cursor = {};  // Page::next of the page before; empty for the first one
};

struct Page {
  std::vector<Record> records;
  /// Where the next page begins; empty where there is none. A page may hold fewer records than
  /// asked for, even none, and still have a next one: a large log is looked through in parts.
  std::string next;
};

}  // namespace heed::store
