#pragma once
#include <cstdint>
#include <vector>

#include "engine/check/draft.hpp"
#include "engine/check/reads.hpp"

/// What must be settled before what.
namespace heed::check {

/// `doing` is what the rules that do an action give it; its index is the action's.
enum class NodeKind { rule, define, table, need, score, answer, action, doing };
struct Node {
  NodeKind kind = NodeKind::rule;
  std::uint32_t index = 0;  // into the policy's vector of its kind
};

/// `from` needs `to` first: it reads it, it is written by it, it is overridden by it, or it stands
/// in for what `to` does.
enum class EdgeKind { reads, written_by, overridden_by, stands_in_for };
struct Edge {
  std::uint32_t to = 0;
  EdgeKind kind = EdgeKind::reads;
  bool upward = false;             // of a reading, see Read
  Expression const* at = nullptr;  // of a reading
};

/// Nodes by kind, then index: their order does not depend on files.
struct Graph {
  std::vector<Node> nodes;
  std::vector<std::vector<Edge>> edges;  // by node
};

/// Every rule, definition and target of the policy. What has a mistake reads nothing.
Graph make_graph(Policy const& policy);

/// Nodes that need one another, in an order in which every group comes after those it needs; within
/// a group in ascending order. Linear in nodes and edges.
std::vector<std::vector<std::uint32_t>> find_groups(Graph const& graph);

}  // namespace heed::check
