#include "engine/check/graph.hpp"

#include <algorithm>
#include <limits>

#include "engine/base/expected.hpp"

namespace heed::check {

namespace {

/// Where the nodes of each kind begin.
struct Offsets {
  std::uint32_t define, table, need, score, answer, action, doing, end;

  explicit Offsets(Policy const& policy) {
    auto next = static_cast<std::uint32_t>(policy.rules.size());
    auto const take = [&](std::size_t size) {
      auto const begin = next;
      next += static_cast<std::uint32_t>(size);
      return begin;
    };
    define = take(policy.defines.size());
    table = take(policy.tables.size());
    need = take(policy.needs.size());
    score = take(policy.scores.size());
    answer = take(policy.answers.size());
    action = take(policy.actions.size());
    doing = take(policy.actions.size());
    end = next;
  }

  std::uint32_t node_of(ReadTarget const& target) const {
    auto const at = [](std::uint32_t begin, auto id) {
      return begin + static_cast<std::uint32_t>(index(id));
    };
    return std::visit(overloaded{
                          [&](DefineId id) { return at(define, id); },
                          [&](TableId id) { return at(table, id); },
                          [&](NeedId id) { return at(need, id); },
                          [&](ScoreId id) { return at(score, id); },
                          [&](AnswerId id) { return at(answer, id); },
                          [&](ActionId id) { return at(action, id); },
                          [&](Doing it) { return at(doing, it.action); },
                      },
                      target);
  }
};

struct Building {
  Graph& graph;
  Offsets const& offsets;

  void read(std::uint32_t from, ExpressionPtr const& expression, bool upward) const {
    if (!expression) return;
    each_read(*expression, upward, [&](Read const& it) {
      graph.edges[from].push_back({offsets.node_of(it.target), EdgeKind::reads, it.upward, it.at});
    });
  }
  void read(std::uint32_t from, std::optional<Deadline> const& deadline) const {
    if (!deadline) return;
    read(from, deadline->within, false);
    read(from, deadline->of, false);
  }
  void read(std::uint32_t from, std::vector<Argument> const& arguments) const {
    for (auto const& argument : arguments) read(from, argument.value, false);
  }
  void write(std::uint32_t rule, ReadTarget const& target) const {
    graph.edges[offsets.node_of(target)].push_back({rule, EdgeKind::written_by, true, nullptr});
  }
  void write(std::uint32_t rule, Do const& what) const {
    write(rule, what.action);
    write(rule, Doing{what.action});
    read(rule, what.arguments);
    read(rule, what.within);
    read(rule, what.expires_after, false);
  }
  /// What stands in for `of` is known when all that does `of` is settled.
  void stand_in(ReadTarget const& target, ActionId of) const {
    graph.edges[offsets.node_of(target)].push_back(
        {offsets.node_of(Doing{of}), EdgeKind::stands_in_for, false, nullptr});
  }
};

void add_consequence(Building const& building, std::uint32_t rule, Consequence const& written) {
  std::visit(overloaded{
                 [&](WriteNeed const& it) { building.write(rule, it.need); },
                 [&](Do const& it) { building.write(rule, it); },
                 [&](Forbid const& it) { building.write(rule, it.action); },
                 [&](Instead const& it) {
                   building.write(rule, it.what);
                   building.stand_in(it.what.action, it.of);
                   building.stand_in(Doing{it.what.action}, it.of);
                 },
                 [&](Offer const& it) {
                   for (auto const& action : it.actions) {
                     building.read(rule, action.arguments);
                     building.read(rule, action.within);
                   }
                 },
                 [](Check const&) {},
                 [](Say const&) {},
                 [](Ask const&) {},
                 [&](Escalate const& it) {
                   building.read(rule, it.within);
                   for (auto const& step : it.then) building.read(rule, step.after, false);
                 },
                 [&](Alert const& it) { building.read(rule, it.within); },
                 [&](AddToScore const& it) {
                   building.write(rule, it.score);
                   building.read(rule, it.value, false);
                 },
                 [&](SetAnswer const& it) {
                   building.write(rule, it.answer);
                   building.read(rule, it.value, false);
                 },
                 [&](Record const& it) { building.read(rule, it.fields); },
             },
             written);
}

void add_nodes(Graph& graph, NodeKind kind, std::size_t count) {
  for (std::uint32_t i = 0; i < count; ++i) graph.nodes.push_back({kind, i});
}

/// Tarjan's algorithm, with a stack of its own: a chain of definitions may be long.
struct Grouping {
  static constexpr auto unseen = std::numeric_limits<std::uint32_t>::max();
  struct Visit {
    std::uint32_t node;
    std::size_t next_edge = 0;
  };

  explicit Grouping(Graph const& the_graph)
      : graph{the_graph},
        number(graph.nodes.size(), unseen),
        low(graph.nodes.size()),
        on_stack(graph.nodes.size()) {}

  void begin(std::uint32_t node) {
    number[node] = low[node] = next++;
    stack.push_back(node);
    on_stack[node] = true;
    visits.push_back({node});
  }
  void finish(std::uint32_t node) {
    visits.pop_back();
    if (!visits.empty()) low[visits.back().node] = std::min(low[visits.back().node], low[node]);
    if (low[node] != number[node]) return;
    auto& group = groups.emplace_back();
    do {
      group.push_back(stack.back());
      on_stack[stack.back()] = false;
      stack.pop_back();
    } while (group.back() != node);
    std::sort(group.begin(), group.end());
  }
  void run(std::uint32_t start) {
    begin(start);
    while (!visits.empty()) {
      auto const node = visits.back().node;
      auto const& edges = graph.edges[node];
      if (visits.back().next_edge == edges.size()) {
        finish(node);
        continue;
      }
      auto const to = edges[visits.back().next_edge++].to;
      if (number[to] == unseen)
        begin(to);
      else if (on_stack[to])
        low[node] = std::min(low[node], number[to]);
    }
  }

  Graph const& graph;
  std::vector<std::uint32_t> number, low;
  std::vector<bool> on_stack;
  std::vector<std::uint32_t> stack;
  std::vector<Visit> visits;
  std::uint32_t next = 0;
  std::vector<std::vector<std::uint32_t>> groups;
};

}  // namespace

Graph make_graph(Policy const& policy) {
  Offsets const offsets{policy};
  Graph graph;
  graph.nodes.reserve(offsets.end);
  add_nodes(graph, NodeKind::rule, policy.rules.size());
  add_nodes(graph, NodeKind::define, policy.defines.size());
  add_nodes(graph, NodeKind::table, policy.tables.size());
  add_nodes(graph, NodeKind::need, policy.needs.size());
  add_nodes(graph, NodeKind::score, policy.scores.size());
  add_nodes(graph, NodeKind::answer, policy.answers.size());
  add_nodes(graph, NodeKind::action, policy.actions.size());
  add_nodes(graph, NodeKind::doing, policy.actions.size());
  graph.edges.resize(graph.nodes.size());
  Building const building{graph, offsets};
  for (std::uint32_t i = 0; i < policy.rules.size(); ++i) {
    building.read(i, policy.rules[i].when, true);
    for (auto const& consequence : policy.rules[i].then) add_consequence(building, i, consequence);
    for (auto const other : policy.rules[i].overrides)
      graph.edges[index(other)].push_back({i, EdgeKind::overridden_by, false, nullptr});
  }
  for (std::uint32_t i = 0; i < policy.defines.size(); ++i)
    building.read(offsets.define + i, policy.defines[i].value, true);
  for (std::uint32_t i = 0; i < policy.tables.size(); ++i)
    for (auto const& row : policy.tables[i].rows) {
      for (auto const& cell : row.cells) building.read(offsets.table + i, cell, false);
      for (auto const& result : row.results) building.read(offsets.table + i, result, false);
    }
  for (std::uint32_t i = 0; i < policy.answers.size(); ++i)
    building.read(offsets.answer + i, policy.answers[i].reports, false);
  for (std::uint32_t i = 0; i < policy.actions.size(); ++i)
    building.read(offsets.action + i, policy.actions[i].requires_, false);
  return graph;
}

std::vector<std::vector<std::uint32_t>> find_groups(Graph const& graph) {
  Grouping grouping{graph};
  for (std::uint32_t i = 0; i < graph.nodes.size(); ++i)
    if (grouping.number[i] == Grouping::unseen) grouping.run(i);
  return std::move(grouping.groups);
}

}  // namespace heed::check
