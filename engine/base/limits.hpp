#pragma once
#include <cstddef>
#include <cstdint>

/// Every limit on what a user can send, with its unit and its reason.
namespace heed::limits {

// Policy text. A real policy has some thousands of lines; these are for mistakes and attacks.
constexpr std::size_t file_bytes_max = 16u << 20;    // 100,000 rules take about 12 MiB
constexpr std::size_t policy_bytes_max = 64u << 20;  // all files of a policy together
constexpr std::size_t policy_files_max = 4'096;
constexpr int nesting_max = 64;                 // brackets in policy text: the parser recurses
constexpr std::size_t name_bytes_max = 256;     // a name; also keeps messages readable
constexpr std::size_t diagnostics_max = 1'000;  // a run; beyond, one line says how many more

// A case.
constexpr std::size_t case_bytes_max = 1u << 20;    // interfaces.md
constexpr int json_depth_max = 64;                  // interfaces.md
constexpr std::size_t text_bytes_max = 256u << 10;  // one text fact: a long mail has 50 KiB
constexpr std::size_t set_items_max = 10'000;
constexpr std::size_t history_events_max = 10'000;
constexpr std::size_t case_mistakes_max = 100;  // mistakes told for one case

// Numbers: a numerator or denominator beyond this makes a computation fail (language, part 3.1).
constexpr std::int64_t number_part_max = 1'000'000'000'000'000'000;

// HTTP. Defaults of server/http; a route may set its own body limit.
constexpr std::size_t http_head_bytes_max = 16u << 10;  // request line and fields, with tokens
constexpr std::size_t http_body_bytes_max = case_bytes_max;
constexpr std::size_t http_batch_bytes_max = 64u << 20;    // one batch, some 60,000 cases
constexpr std::size_t http_bodies_bytes_max = 512u << 20;  // large bodies held at once
constexpr std::size_t http_connections_max = 8'192;        // some 10 KiB each
constexpr std::size_t http_requests_max = 4'096;           // under way; they share commits
constexpr std::size_t http_query_items_max = 256;

}  // namespace heed::limits
