#pragma once
#include <cstddef>
#include <cstdint>

/// Every limit on what a user can send, with its unit and its reason.
namespace heed::limits {

// Policy text. A real policy has some thousands of lines; these are for mistakes and attacks.
constexpr std::size_t file_bytes_max = 16u << 20;    // 100,000 rules take about 12 MiB
constexpr std::size_t policy_bytes_max = 64u << 20;  // all files of a policy together
constexpr std::size_t policy_files_max = 4'096;
constexpr std::size_t sheet_bytes_max = 4u << 20;  // a table in a CSV file
constexpr std::size_t sheet_cells_max = 200'000;   // each is read like a small declaration
constexpr int nesting_max = 64;                    // brackets in policy text: the parser recurses
constexpr int syntax_depth_max = 512;              // `1 + 1 + …`: what walks the tree recurses
constexpr std::size_t name_bytes_max = 256;        // a name; also keeps messages readable
constexpr std::size_t diagnostics_max = 1'000;     // a run; beyond, one line says how many more
constexpr int expression_depth_max = 128;          // operators in one another: evaluating recurses
constexpr int define_depth_max = 32;  // defines and tables that rest on one another: too
constexpr int slot_depth_max = 4;     // slots in forms of slots: reading them recurses
constexpr int suggestions_max = 200;  // "did you mean" looked for in one run

// A case.
constexpr std::size_t case_bytes_max = 1u << 20;    // interfaces.md
constexpr int json_depth_max = 64;                  // interfaces.md
constexpr std::size_t text_bytes_max = 256u << 10;  // one text fact: a long mail has 50 KiB
constexpr std::size_t subject_bytes_max = 1'024;  // a key, such as a customer number or an address
constexpr std::size_t set_items_max = 10'000;
constexpr std::size_t list_items_max = 1'000;  // conditions may go through a list inside a list
constexpr int list_depth_max = 4;              // lists in the items of lists
constexpr std::size_t history_events_max = 10'000;
constexpr std::size_t figure_events_max =
    100'000;                                    // of other customers, for one figure: some 0.1 s
constexpr std::size_t case_mistakes_max = 100;  // mistakes told for one case

// The decision log. Figures: docs/log-format.md and tests/bench/store_append.cpp.
constexpr std::size_t log_batch_records_max = 128;       // a transaction; more adds only latency
constexpr std::size_t log_batch_bytes_max = 16u << 20;   // the same, where cases are large
constexpr std::size_t log_queue_records_max = 8'192;     // waiting to be written: 0.2 s of it
constexpr std::size_t log_queue_bytes_max = 128u << 20;  // the same, where cases are large
constexpr std::size_t log_record_bytes_max = 16u << 20;  // one case and its decision
constexpr std::size_t log_name_bytes_max = 1'024;        // a subject or an idempotency key
constexpr std::size_t log_page_records_max = 1'000;      // one answer to a question for many
constexpr std::size_t log_scan_blocks_max = 20'000;      // blocks of 256 records looked at for it
constexpr int log_lock_wait_ms = 5'000;                  // for another program's write to end

// How far the analyses of `heed check` look. Beyond, they say less, never something wrong.
constexpr std::size_t analysed_situations_max = 128;     // of one condition, joined by `or`
constexpr std::size_t analysis_effort_max = 20'000'000;  // situations looked at, of one policy: 1 s
constexpr std::size_t analysed_pairs_max = 2'000'000;    // rules or rows that may meet, likewise

// Looking for the smallest change of facts: docs/policy-owner/explaining.md. Some 20 us a try.
constexpr std::uint64_t search_tries_max = 20'000;      // for one rule, or for the escalation
constexpr std::uint64_t search_tries_each_max = 1'000;  // for each where all rules are explained
constexpr std::size_t search_facts_max = 4;             // facts changed together
constexpr std::size_t search_values_max = 64;           // values tried of one fact

// Comparing two policies over many cases.
constexpr std::size_t compare_groups_max = 1'000;  // beyond, changes are counted together
constexpr std::size_t compare_cases_max = 1'000;   // named in each group; all are counted

// Numbers: a numerator or denominator beyond this makes a computation fail (language, part 3.1).
constexpr std::int64_t number_part_max = 1'000'000'000'000'000'000;

// Working time.
constexpr int counted_days_max = 7'320;    // twenty years: beyond, a calendar opens too rarely
constexpr std::size_t calendars_max = 64;  // a policy: each holds 5,000 days of holidays
constexpr std::size_t counted_intervals_max = 64;  // of one count, in a decision
constexpr int holiday_year_first = 1970;  // days of the Hebrew calendar are known from here
constexpr int holiday_year_last = 2100;   // to here

constexpr std::size_t tokens_bytes_max = 1u << 20;  // the file of tokens: some 4,000 of them

// HTTP. Defaults of server/http; a route may set its own body limit.
constexpr std::size_t http_head_bytes_max = 16u << 10;  // request line and fields, with tokens
constexpr std::size_t http_body_bytes_max = case_bytes_max;
constexpr std::size_t http_batch_bytes_max = 64u << 20;    // one batch, some 60,000 cases
constexpr std::size_t http_bodies_bytes_max = 512u << 20;  // large bodies held at once
constexpr std::size_t http_connections_max = 8'192;        // some 10 KiB each
constexpr std::size_t http_requests_max = 4'096;           // under way; they share commits
constexpr std::size_t http_query_items_max = 256;
constexpr std::size_t http_decisions_max = 2'048;        // under way; a batch counts as 64
constexpr std::size_t http_client_requests_max = 1'024;  // of one client: a quarter of all
constexpr std::size_t http_address_connections_max = 1'024;  // where others than this machine ask
constexpr std::size_t http_clients_known_max = 65'536;       // remembered; some 200 bytes each
constexpr std::size_t http_request_id_bytes_max = 128;
constexpr std::size_t tls_file_bytes_max = 1u << 20;  // a chain has some 10 KiB

}  // namespace heed::limits
