#include "engine/analyse/analyses.hpp"
#include "engine/analyse/effects.hpp"
#include "engine/analyse/tell.hpp"
#include "engine/check/graph.hpp"

namespace heed::analyse {
namespace {

bool does_something(Rule const& rule) {
  auto const deeds = find_deeds(rule);
  return deeds.escalates || !deeds.done.empty();
}

/// The nodes that a rule which does something reads, or rests on through what it reads.
std::vector<bool> find_seen_to(Policy const& policy, check::Graph const& graph) {
  std::vector<bool> seen(graph.nodes.size());
  std::vector<std::uint32_t> queue;
  for (std::uint32_t at = 0; at < policy.rules.size(); ++at)
    if (does_something(policy.rules[at])) queue.push_back(at);
  while (!queue.empty()) {
    auto const at = queue.back();
    queue.pop_back();
    for (auto const& edge : graph.edges[at]) {
      if (seen[edge.to]) continue;
      seen[edge.to] = true;
      queue.push_back(edge.to);
    }
  }
  return seen;
}

}  // namespace

void find_unrestored(Policy const& policy, Diagnostics& found) {
  auto const graph = check::make_graph(policy);
  auto const seen_to = find_seen_to(policy, graph);
  auto const effects = find_effects(policy);
  for (std::uint32_t node = 0; node < graph.nodes.size(); ++node) {
    auto const [kind, at] = graph.nodes[node];
    if (kind != check::NodeKind::need || seen_to[node]) continue;
    for (auto const rule : effects.needs[at].rules) {
      auto const& writer = policy.rules[index(rule)];
      if (does_something(writer)) continue;
      warn(found, policy.needs[at].where, "analysis.unrestored-need",
           "nothing restores " + quoted(policy.needs[at].name) + ": the rule " +
               quoted(writer.name) +
               " hurts it and does nothing about it, and no rule that "
               "reads it does, offers or escalates anything",
           "write a rule for it, such as " +
               quoted("when " + policy.needs[at].name + " is violated then do …"));
      break;
    }
  }
}

}  // namespace heed::analyse
