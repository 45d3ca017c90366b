#include "engine/compile/plain.hpp"

#include <algorithm>

#include "engine/base/expected.hpp"
#include "engine/compile/speech.hpp"

namespace heed::compiling {
namespace {

bool is_constant(ExpressionPtr const& value) {
  auto const* constant = std::get_if<Constant>(&value->form);
  return constant != nullptr && !std::holds_alternative<None>(constant->value);
}

bool are_constants(std::vector<Argument> const& arguments) {
  return std::ranges::all_of(arguments, is_constant, &Argument::value);
}

bool is_plain(Wordings const& wordings) {
  return std::ranges::none_of(wordings, [](auto const& text) { return has_slots(text.second); });
}

bool is_plain(Policy const& policy, Consequence const& consequence) {
  return std::visit(
      overloaded{
          [](WriteNeed const&) { return true; },
          [&](Do const& what) { return is_plain_deed(policy, what); },
          [](Forbid const&) { return true; },
          [](Instead const&) { return false; },
          [&](Offer const& offer) {
            return std::ranges::all_of(offer.actions,
                                       [&](Do const& what) { return is_plain_deed(policy, what); });
          },
          [](Say const& say) { return is_plain(say.text); },
          [](Ask const&) { return true; },
          [](Escalate const& escalate) { return !escalate.within && escalate.then.empty(); },
          [](Alert const& alert) { return !alert.within; },
          [](AddToScore const& add) { return is_constant(add.value); },
          [](SetAnswer const& set) { return is_constant(set.value); },
          [](Record const& record) { return are_constants(record.fields); },
          [](Check const& check) { return is_plain(check.text); },
      },
      consequence);
}

}  // namespace

bool is_plain_deed(Policy const& policy, Do const& what) {
  return are_constants(what.arguments) && !what.within && !what.expires_after && !what.for_each &&
         !policy.actions[index(what.action)].requires_;
}

bool is_plain(Policy const& policy, Rule const& rule) {
  return is_plain(rule.because) &&
         std::ranges::all_of(rule.then, [&](Consequence const& consequence) {
           return is_plain(policy, consequence);
         });
}

}  // namespace heed::compiling
