#include "server/json/facts.hpp"

#include <algorithm>

#include "server/json/list.hpp"
#include "server/json/name.hpp"

namespace heed::json {
namespace {

struct Walk {
  Slots& slots;
  std::string pointer;  // of the member that is looked at
  std::string path;     // its dotted name
};

bool begins_a_fact(Policy const& policy, std::string_view path) {
  std::string const beginning = std::string{path} + '.';
  auto const fact =
      std::lower_bound(policy.facts.begin(), policy.facts.end(), beginning,
                       [](Fact const& left, std::string_view right) { return left.name < right; });
  return fact != policy.facts.end() && fact->name.starts_with(beginning);
}

void read_fact(Walk& walk, Node const& node, FactId id) {
  auto& slots = walk.slots;
  auto const index = static_cast<std::size_t>(id);
  auto const& fact = slots.policy.facts[index];
  auto& mistakes = slots.findings.mistakes;
  auto const told = mistakes.mistakes.size();
  if (slots.state[index] == Slot::mapped) return;
  if (slots.state[index] == Slot::given) {
    add(mistakes, {walk.pointer, "case.given-twice", "the fact `" + fact.name + "` is given twice",
                   "one of the nested and the dotted form", is_sealed(fact) ? "" : describe(node)});
    return;
  }
  slots.state[index] = Slot::given;
  bool const has_lines = slots.item_lines != nullptr && fact.type.kind == Kind::list;
  if (has_lines && node.form != Node::Form::null) {
    slots.facts[index] = read_list(node, fact.type, slots.policy.zone, walk.pointer, slots.findings,
                                   find_lines(*slots.item_lines, id));
  } else {
    slots.facts[index] =
        read_value(node, fact.type, slots.policy.zone, walk.pointer, slots.findings);
  }
  if (is_sealed(fact)) hush(mistakes, told);
}

void read_members(Walk& walk, Node const& object) {
  auto const pointer_size = walk.pointer.size(), path_size = walk.path.size();
  for (auto const& member : object.items) {
    append_token(walk.pointer, member.name);
    if (path_size > 0) walk.path += '.';
    walk.path += to_nfc(member.name);
    auto const fact = find_fact(walk.slots.policy, walk.path);
    bool const may_hold_facts =
        member.form == Node::Form::object || member.form == Node::Form::null;
    if (fact) {
      read_fact(walk, member, *fact);
    } else if (may_hold_facts && begins_a_fact(walk.slots.policy, walk.path)) {
      read_members(walk, member);
    } else if (walk.slots.findings.undeclared == Undeclared::named) {
      walk.slots.findings.ignored.push_back(walk.pointer);
    }
    walk.pointer.resize(pointer_size);
    walk.path.resize(path_size);
  }
}

}  // namespace

Slots make_slots(Policy const& policy) {
  return {policy,
          std::vector<std::optional<Value>>(policy.facts.size()),
          std::vector<Slot>(policy.facts.size(), Slot::open),
          nullptr,
          {}};
}

void read_facts(Node const& object, std::string pointer, Slots& slots) {
  Walk walk{slots, std::move(pointer), {}};
  read_members(walk, object);
}

void fill_defaults(Slots& slots) {
  for (std::size_t i = 0; i < slots.facts.size(); ++i) {
    if (!slots.facts[i]) slots.facts[i] = slots.policy.facts[i].otherwise;
  }
}

std::optional<FactId> find_fact(Policy const& policy, std::string_view name) {
  auto const fact =
      std::lower_bound(policy.facts.begin(), policy.facts.end(), name,
                       [](Fact const& left, std::string_view right) { return left.name < right; });
  if (fact == policy.facts.end() || fact->name != name) return std::nullopt;
  return FactId{static_cast<std::uint32_t>(fact - policy.facts.begin())};
}

}  // namespace heed::json
