#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/check/condition.hpp"

/// Texts with slots: what a rule says, with values of the case put in as each language writes them.
namespace heed {

/// The plural categories of Unicode CLDR; `other` also stands for all values not named.
enum class Plural { zero, one, two, few, many, other };

struct Slot;

/// The text of one language: words as they stand, and slots between them.
struct Wording {
  std::string written;  // as the policy says it, slots and all
  std::vector<std::variant<std::string, std::shared_ptr<Slot const>>> parts;
  bool operator==(Wording const& other) const { return written == other.written; }
};

/// `{refund.amount}`, `{discount as percent | otherwise a part of it}`,
/// `{case.contacts: one call | other {#} calls}`.
struct Slot {
  enum class Style { plain, percent, date, time };
  /// What stands for one value, for the numbers of a plural category, or for all others.
  struct Form {
    std::variant<Plural, Value> when;
    Wording text;
  };
  ExpressionPtr value;
  Style style = Style::plain;
  std::vector<Form> forms;           // none: the value itself is written
  std::optional<Wording> otherwise;  // where the value is unknown, none or empty
};

inline bool has_slots(Wording const& wording) {
  return wording.parts.size() > 1 ||
         (wording.parts.size() == 1 && !std::holds_alternative<std::string>(wording.parts[0]));
}

/// By language code, as Texts.
using Wordings = std::map<std::string, Wording, std::less<>>;

/// Calls `visit(ExpressionPtr const&)` for the value of each slot, those within forms too, in the
/// order written.
template <class Visit>
void for_each_slot_value(Wording const& wording, Visit const& visit) {
  for (auto const& part : wording.parts) {
    auto const* slot = std::get_if<std::shared_ptr<Slot const>>(&part);
    if (slot == nullptr) continue;
    visit((*slot)->value);
    for (auto const& form : (*slot)->forms) for_each_slot_value(form.text, visit);
    if ((*slot)->otherwise) for_each_slot_value(*(*slot)->otherwise, visit);
  }
}
template <class Visit>
void for_each_slot_value(Wordings const& wordings, Visit const& visit) {
  for (auto const& [language, wording] : wordings) for_each_slot_value(wording, visit);
}

}  // namespace heed
