#pragma once
#include <span>
#include <string_view>

#include "server/store/envelope.hpp"

/// The kinds of record that a log holds. A `decision` holds a case and what was decided. Each other
/// kind says that something happened to the log or to what it decides by: in `case` it holds one
/// canonical JSON object, and no decision, no marks and no idempotency key.
namespace heed::store {

namespace kinds {
constexpr std::string_view decision = "decision";
constexpr std::string_view key = "key";          // from here on the log signs with another key
constexpr std::string_view policy = "policy";    // from here on another policy decides
constexpr std::string_view erasure = "erasure";  // the key of sealed values was destroyed
constexpr std::string_view retention =
    "retention";  // old records were dropped but for their hashes
}  // namespace kinds

struct Kind {
  std::string_view name;
  bool names_policy;  // its `revision` must be that of a policy
};

/// All of them.
std::span<Kind const> all_kinds();

/// What a record holds that its kind does not allow, or lacks, in words; empty where nothing. A
/// case and a decision that were dropped are empty. What the object of each kind says is for others
/// to judge.
std::string_view objection_to(RecordColumns const& record, std::string_view case_json,
                              std::string_view decision_json);

}  // namespace heed::store
