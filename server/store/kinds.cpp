#include "server/store/kinds.hpp"

#include <algorithm>
#include <array>

#include "engine/base/hex.hpp"

namespace heed::store {
namespace {

bool is_trace(std::string_view text) {
  return text.empty() || (text.size() == 32 && is_hex(text));
}

}  // namespace

std::span<Kind const> all_kinds() {
  static constexpr std::array<Kind, 5> ours{{{kinds::decision, false},
                                             {kinds::key, false},
                                             {kinds::policy, true},
                                             {kinds::erasure, false},
                                             {kinds::retention, false}}};
  return ours;
}

std::string_view objection_to(RecordColumns const& record, std::string_view case_json,
                              std::string_view decision_json) {
  auto const kind = std::ranges::find(all_kinds(), record.kind, &Kind::name);
  if (kind == all_kinds().end()) return "the record is of a kind that this program does not know";
  if (!is_trace(record.trace)) return "the record's trace is not 32 hexadecimal digits";
  if (kind->name == kinds::decision) return "";
  bool const is_object = case_json.starts_with('{') && case_json.ends_with('}');
  if (!is_object) return "the record does not hold the object that its kind demands";
  if (!decision_json.empty() || !record.marks.empty() || !record.key.empty())
    return "the record holds what only a decision has";
  if (record.revision.empty() == kind->names_policy)
    return "the record names a policy where its kind has none, or none where it has one";
  return "";
}

}  // namespace heed::store
