#include <algorithm>

#include "server/cli/closest_word.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/subject.hpp"
#include "server/cli/terminal.hpp"
#include "server/json/explanation.hpp"

namespace heed::cli {

int run(Explain const& options) {
  int status = done;
  auto const one = read_one(options.policy, options.input, options.source, options.at, status);
  if (!one) return status;
  auto const& rules = one->rules->policy.rules;
  if (!options.rule.empty() && std::ranges::find(rules, options.rule, &Rule::name) == rules.end()) {
    std::vector<std::string> names;
    for (auto const& known : rules) names.push_back(known.name);
    auto const near = closest_word(options.rule, names);
    tell({"rule.unknown", "the policy has no rule `" + options.rule + "`",
          near.empty() ? "`heed explain` without --rule lists all of them"
                       : "did you mean `" + near + "`?"});
    return cannot;
  }
  auto explanation = explain(*one->rules, one->subject, one->now);
  if (options.tries > 0) {
    SearchLimits limits;
    if (options.tries > limits.tries_max)
      limits.effort_max *= (options.tries + limits.tries_max - 1) / limits.tries_max;
    limits.tries_max = options.tries;
    limits.tries_each_max = std::min(limits.tries_each_max, limits.tries_max);
    add_nearest(explanation, *one->rules, one->subject, one->now, options.rule, limits);
  }
  if (!options.json) {
    auto const language = choose_language(*one->rules, options.language);
    return put_words(to_words(explanation, language, options.rule, one->rules.get())) ? done
                                                                                      : cannot;
  }
  std::string text;
  json::write_explanation(text, explanation, engine_version());
  text += '\n';
  return put(stdout, text) ? done : cannot;
}

}  // namespace heed::cli
