#include "engine/search/trial.hpp"

#include "engine/run/settle.hpp"

namespace heed::search {

Trial::Trial(RuleSet const& rules, Case const& subject, Instant now, Cone const& cone,
             std::uint64_t tries_max)
    : cone_{cone},
      subject_inputs_{run::make_inputs(rules, subject, now)},
      inputs_{subject_inputs_},
      tries_max_{tries_max} {}

run::Frame& Trial::unchanged_frame() {
  if (!unchanged_frame_) {
    ++tries_;
    run::settle(unchanged_frame_.emplace(subject_inputs_, run::Reading::plain), cone_.layers);
  }
  return *unchanged_frame_;
}

void Trial::change(FactId fact, Candidate const& candidate) {
  auto const& otherwise = rules().policy.facts[index(fact)].otherwise;
  inputs_.facts[index(fact)] = candidate.value ? &*candidate.value
                               : otherwise     ? &*otherwise
                                               : nullptr;
  if (!candidate.mentioned.empty()) take_mentions(fact, candidate.mentioned);
}

void Trial::forget(FactId fact) {
  inputs_.facts[index(fact)] = nullptr;
}

void Trial::restore(FactId fact) {
  inputs_.facts[index(fact)] = subject_inputs_.facts[index(fact)];
  take_mentions(fact, subject_inputs_.mentioned);
}

void Trial::take_mentions(FactId fact, std::vector<bool> const& from) {
  auto const& mentions = rules().mentions;
  for (std::size_t at = 0; at < mentions.size(); ++at)
    if (mentions[at].fact == fact) inputs_.mentioned[at] = from[at];
}

void Trial::settle(run::Frame& frame) {
  ++tries_;
  run::settle(frame, cone_.layers);
}

std::vector<bool> Trial::find_mentions(FactId fact, Value const& text) const {
  auto changed = make_case(rules());
  changed.facts[index(fact)] = text;
  return run::make_inputs(rules(), changed, subject_inputs_.now).mentioned;
}

}  // namespace heed::search
