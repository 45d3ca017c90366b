#include "engine/check/layers.hpp"

#include <algorithm>
#include <limits>

#include "engine/base/limits.hpp"
#include "engine/check/graph.hpp"
#include "engine/check/tell.hpp"

namespace heed::check {

namespace {

constexpr auto nothing = std::numeric_limits<std::uint32_t>::max();

struct Layering {
  Draft& draft;
  Graph graph;
  std::vector<std::uint32_t> group_of;  // by node
};

bool is_inside(Layering const& it, std::uint32_t from, Edge const& edge) {
  return it.group_of[from] == it.group_of[edge.to];
}

/// A reading that no circle may hold.
bool is_forbidden(Layering const& it, std::uint32_t from, Edge const& edge) {
  if (edge.kind == EdgeKind::written_by || !is_inside(it, from, edge)) return false;
  if (edge.kind != EdgeKind::reads) return true;
  auto const kind = it.graph.nodes[edge.to].kind;
  return !edge.upward || (kind != NodeKind::need && kind != NodeKind::define);
}

std::string name_of(Layering const& it, std::uint32_t at) {
  auto const [kind, index] = it.graph.nodes[at];
  auto const& policy = it.draft.policy;
  switch (kind) {
    case NodeKind::rule:
      return policy.rules[index].name;
    case NodeKind::define:
      return policy.defines[index].name;
    case NodeKind::table:
      return policy.tables[index].name;
    case NodeKind::need:
      return policy.needs[index].name;
    case NodeKind::score:
      return policy.scores[index].name;
    case NodeKind::answer:
      return policy.answers[index].name;
    case NodeKind::action:
    case NodeKind::doing:
      return policy.actions[index].name;
  }
  return {};
}

Place place_of(Layering const& it, std::uint32_t at) {
  auto const [kind, index] = it.graph.nodes[at];
  if (kind == NodeKind::rule) return it.draft.policy.rules[index].where;
  return it.draft.names.find(name_of(it, at))->second.where;
}

/// Where it is written that `from` needs `edge.to` first.
Place place_of(Layering const& it, std::uint32_t from, Edge const& edge) {
  return edge.at ? edge.at->where : place_of(it, from);
}

/// The shortest way from `from` to `to` within their group, both named.
std::vector<std::uint32_t> find_way(Layering const& it, std::uint32_t from, std::uint32_t to) {
  std::map<std::uint32_t, std::uint32_t> came_from{{from, nothing}};
  std::vector<std::uint32_t> queue{from};
  for (std::size_t i = 0; i < queue.size() && !came_from.contains(to); ++i)
    for (auto const& edge : it.graph.edges[queue[i]])
      if (is_inside(it, queue[i], edge) && came_from.emplace(edge.to, queue[i]).second)
        queue.push_back(edge.to);
  std::vector<std::uint32_t> way;
  for (auto at = to; at != nothing; at = came_from.at(at)) way.push_back(at);
  std::reverse(way.begin(), way.end());
  return way;
}

/// How one thing in a circle needs the next first.
std::string_view words_of(Layering const& it, std::uint32_t from, std::uint32_t to) {
  auto const& edges = it.graph.edges[from];
  auto const edge =
      std::find_if(edges.begin(), edges.end(), [to](Edge const& one) { return one.to == to; });
  switch (edge->kind) {
    case EdgeKind::reads:
      return "reads";
    case EdgeKind::written_by:
      return "written by";
    case EdgeKind::overridden_by:
      return "overridden by";
    case EdgeKind::stands_in_for:
      return "done instead of";
  }
  return {};
}

std::string describe(Layering const& it, std::vector<std::uint32_t> const& circle) {
  constexpr std::size_t shown_max = 24;
  auto const label = [&](std::uint32_t at) {
    auto const name = quoted(name_of(it, at));
    return it.graph.nodes[at].kind == NodeKind::rule ? "rule " + name : name;
  };
  auto text = label(circle[0]);
  for (std::size_t i = 1; i <= circle.size(); ++i) {
    auto const at = circle[i % circle.size()];
    if (i > shown_max) return text + ", and so on in a circle";
    auto const words = words_of(it, circle[i - 1], at);
    auto const is_reading = words == "reads";
    text += is_reading ? (i == 1 ? " " : ", which ") : (i == 1 ? " is " : ", ");
    text += std::string{words} + " " + label(at);
  }
  return text + ": a circle";
}

void tell_circle(Layering const& it, std::uint32_t from, Edge const& edge) {
  auto circle = find_way(it, edge.to, from);
  auto const is_rule = [&](std::uint32_t at) { return it.graph.nodes[at].kind == NodeKind::rule; };
  auto const can_tell = [&](std::uint32_t at) {
    auto const kind = it.graph.nodes[at].kind;
    return kind != NodeKind::need && kind != NodeKind::score;
  };
  auto const any_rule = std::any_of(circle.begin(), circle.end(), is_rule);
  auto first = circle.end();
  for (auto at = circle.begin(); at != circle.end(); ++at) {
    if (any_rule ? !is_rule(*at) : !can_tell(*at)) continue;
    if (first == circle.end() || stands_before(it.draft, place_of(it, *at), place_of(it, *first)))
      first = at;
  }
  std::rotate(circle.begin(), first, circle.end());
  auto help = std::string{"let one of them read facts instead of what the others write"};
  auto const* test = edge.at ? std::get_if<NeedTest>(&edge.at->form) : nullptr;
  if (test && !test->at_least && test->state == NeedState::threatened)
    help = "write " +
           quoted(it.draft.policy.needs[index(test->need)].name + " is at least threatened") +
           ": a circle through needs is allowed where they can only become worse";
  if (edge.kind == EdgeKind::overridden_by)
    help = "let one of them stand: the exception overrides the rule, not the other way round";
  if (edge.kind == EdgeKind::stands_in_for) help = "let one of them say `forbid` alone";
  tell(it.draft, place_of(it, circle.front()), "check.circle", describe(it, circle),
       std::move(help));
}

/// Tells the group's circle that holds the forbidden reading which stands first, if any does.
void check_circle(Layering const& it, std::vector<std::uint32_t> const& group) {
  Edge const* found = nullptr;
  std::uint32_t reader = 0;
  for (auto const at : group)
    for (auto const& edge : it.graph.edges[at]) {
      if (!is_forbidden(it, at, edge)) continue;
      if (found && !stands_before(it.draft, place_of(it, at, edge), place_of(it, reader, *found)))
        continue;
      found = &edge;
      reader = at;
    }
  if (found) tell_circle(it, reader, *found);
}

/// Evaluating recurses through definitions and tables: the chain of them is held short.
void check_chain(Layering const& it, std::vector<std::uint32_t> const& group,
                 std::vector<int>& length) {
  auto const is_definition = [&](std::uint32_t at) {
    auto const kind = it.graph.nodes[at].kind;
    return kind == NodeKind::define || kind == NodeKind::table || kind == NodeKind::doing;
  };
  for (auto const at : group) {
    if (!is_definition(at)) continue;
    length[at] = 1;
    for (auto const& edge : it.graph.edges[at])
      if (!is_inside(it, at, edge) && is_definition(edge.to))
        length[at] = std::max(length[at], length[edge.to] + 1);
    if (length[at] == limits::define_depth_max + 1)
      tell(it.draft, place_of(it, at), "check.too-deep",
           quoted(name_of(it, at)) + " rests on a chain of more than " +
               std::to_string(limits::define_depth_max) + " definitions",
           "let definitions rest on facts more directly");
  }
}

}  // namespace

void check_layers(Draft& draft) {
  Layering it{draft, make_graph(draft.policy), {}};
  auto const groups = find_groups(it.graph);
  it.group_of.resize(it.graph.nodes.size());
  for (std::uint32_t i = 0; i < groups.size(); ++i)
    for (auto const at : groups[i]) it.group_of[at] = i;
  std::vector<int> length(it.graph.nodes.size());
  for (auto const& group : groups) {
    check_circle(it, group);
    check_chain(it, group, length);
    std::vector<RuleId> rules;
    for (auto const at : group)
      if (it.graph.nodes[at].kind == NodeKind::rule) rules.push_back(static_cast<RuleId>(at));
    if (!rules.empty()) draft.policy.layers.push_back(std::move(rules));
  }
}

}  // namespace heed::check
