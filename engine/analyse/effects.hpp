#pragma once
#include <cstdint>
#include <set>
#include <vector>

#include "engine/check/policy.hpp"

/// What the rules of a policy write, by what is written.
namespace heed::analyse {

struct NeedEffects {
  std::vector<RuleId> rules;
  std::set<NeedState> states;
  std::set<int> severities;
};
struct ActionEffects {
  std::vector<RuleId> done;  // by whom it is done
  std::vector<RuleId> offered, forbidden;
};
struct AnswerEffects {
  std::vector<RuleId> rules;
  std::vector<ExpressionPtr> values;
};
struct Effects {  // each vector is indexed as the policy's; rules ascend, each once
  std::vector<NeedEffects> needs;
  std::vector<ActionEffects> actions;
  std::vector<AnswerEffects> answers;
  std::vector<std::vector<RuleId>> scores;
};

Effects find_effects(Policy const& policy);

/// What a rule gives the customer or asks a person to do.
struct Deeds {
  std::vector<ActionId> done;  // also offered, and instead of what is forbidden
  std::vector<ActionId> forbidden;
  bool escalates = false;
};
Deeds find_deeds(Rule const& rule);

/// Whether `other` holds on every day on which `one` does.
bool lasts_as_long(Rule const& one, Rule const& other);

}  // namespace heed::analyse
