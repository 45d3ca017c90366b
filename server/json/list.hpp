#pragma once
#include "server/json/value.hpp"

/// Lists from JSON: arrays of objects, or of values.
namespace heed::json {

/// The lines of a source that say where fields of items come from, of a list that stands `depth`
/// lists deep.
struct ItemLines {
  std::vector<ItemLine const*> lines;
  std::size_t depth = 0;
};

/// The lines that are for items of this fact's list.
ItemLines find_lines(std::vector<ItemLine> const& all, FactId list);

/// The list at `node`, whose type is `type`. Of an item that is an object, an absent or null member
/// is an unknown field (or none where it is `or none`); so is a null among single values. Every
/// mistake in every item is told, with the item's number in its pointer:
/// /facts/order/items/0/price. Members that are no fields are among the findings' `ignored`, unless
/// the findings are of a payload. A field with a line in `lines` is read from what its pointer
/// leads to in the item.
std::optional<Value> read_list(Node const& node, Type const& type, Zone const& zone,
                               std::string& pointer, Findings& findings,
                               ItemLines const& lines = {});

}  // namespace heed::json
