#include "engine/analyse/analyses.hpp"
#include "engine/analyse/effects.hpp"
#include "engine/analyse/tell.hpp"

namespace heed::analyse {
void find_always_overridden(Reader& reader, Diagnostics& found) {
  auto const& rules = reader.policy().rules;
  std::vector<bool> may_be_silenced(rules.size());
  for (auto const& rule : rules)
    for (auto const other : rule.overrides) may_be_silenced[index(other)] = true;
  for (std::uint32_t at = 0; at < rules.size(); ++at) {
    // One that another rule may silence lets the usual rule fire after all.
    if (may_be_silenced[at]) continue;
    for (auto const other : rules[at].overrides) {
      auto const& usual = rules[index(other)];
      auto const& when = reader.of(other);
      if (when.empty() || !lasts_as_long(usual, rules[at]) ||
          !lies_within(reader.terms(), when, reader.of(RuleId{at})))
        continue;
      warn(found, usual.where, "analysis.always-overridden",
           "the rule " + quoted(usual.name) + " never comes into force: " + quoted(rules[at].name) +
               ", which overrides it, fires wherever it would",
           "narrow the condition of " + quoted(rules[at].name) + ", or take " + quoted(usual.name) +
               " out");
    }
  }
}

}  // namespace heed::analyse
