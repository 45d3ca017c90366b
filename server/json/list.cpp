#include "server/json/list.hpp"

#include <algorithm>

#include "engine/base/limits.hpp"
#include "server/json/mapping.hpp"
#include "server/json/name.hpp"

namespace heed::json {
namespace {

// What stays the same while the items of one list are read.
struct Reading {
  Shape const& shape;
  Zone const& zone;
  std::string& pointer;
  Findings& findings;
  ItemLines const& lines;
};

void tell_kind(Reading const& reading, Node const& node) {
  add(reading.findings.mistakes,
      {reading.pointer, "case.type", "expected an object, found " + describe(node), "an object",
       describe(node)});
}

// The line that says where a field itself comes from; null where it has its own name.
ItemLine const* find_line(ItemLines const& lines, std::uint32_t field) {
  for (auto const* line : lines.lines) {
    bool const ends_here = line->path.size() == lines.depth + 1;
    if (ends_here && line->path[lines.depth] == field) return line;
  }
  return nullptr;
}

// The lines for what is inside an inner list.
ItemLines lines_within(ItemLines const& lines, std::uint32_t field) {
  ItemLines inner{{}, lines.depth + 1};
  for (auto const* line : lines.lines) {
    bool const goes_on = line->path.size() > lines.depth + 1;
    if (goes_on && line->path[lines.depth] == field) inner.lines.push_back(line);
  }
  return inner;
}

std::optional<Value> read_field(Reading const& reading, Node const& node, std::uint32_t field) {
  auto const& type = reading.shape.fields[field].type;
  if (type.kind != Kind::list || node.form == Node::Form::null) {
    return read_value(node, type, reading.zone, reading.pointer, reading.findings);
  }
  return read_list(node, type, reading.zone, reading.pointer, reading.findings,
                   lines_within(reading.lines, field));
}

std::optional<std::uint32_t> find_field(Shape const& shape, std::string_view name) {
  auto const found = std::lower_bound(
      shape.fields.begin(), shape.fields.end(), name,
      [](Shape::Field const& field, std::string_view wanted) { return field.name < wanted; });
  if (found == shape.fields.end() || found->name != name) return std::nullopt;
  return static_cast<std::uint32_t>(found - shape.fields.begin());
}

// Fields under their own names, but those with a line.
void read_members(Reading const& reading, Node const& object, Item& item) {
  auto const size = reading.pointer.size();
  for (auto const& member : object.items) {
    append_token(reading.pointer, member.name);
    auto const field = find_field(reading.shape, to_nfc(member.name));
    if (field && find_line(reading.lines, *field) == nullptr) {
      auto value = read_field(reading, member, *field);
      if (!item.fields[*field]) item.fields[*field] = std::move(value);
    } else if (!field && reading.findings.undeclared == Undeclared::named) {
      reading.findings.ignored.push_back(reading.pointer);
    }
    reading.pointer.resize(size);
  }
}

void read_lines(Reading const& reading, Node const& object, Item& item) {
  auto const size = reading.pointer.size();
  for (std::uint32_t field = 0; field < reading.shape.fields.size(); ++field) {
    auto const* line = find_line(reading.lines, field);
    auto const* node = line == nullptr ? nullptr : follow(object, line->pointer);
    if (node == nullptr) continue;
    reading.pointer += line->pointer;
    bool const is_mapped = !line->mappings.empty() && node->form != Node::Form::null;
    item.fields[field] = is_mapped ? map_value(line->mappings, reading.shape.fields[field].type,
                                               *node, reading.pointer, reading.findings)
                                   : read_field(reading, *node, field);
    reading.pointer.resize(size);
  }
}

Item read_item(Reading const& reading, Node const& node) {
  Item item;
  item.fields.resize(reading.shape.fields.size());
  if (!reading.shape.is_record()) {
    item.fields.front() = read_field(reading, node, 0);
  } else if (node.form != Node::Form::object) {
    tell_kind(reading, node);
  } else {
    read_lines(reading, node, item);
    read_members(reading, node, item);
  }
  return item;
}

}  // namespace

ItemLines find_lines(std::vector<ItemLine> const& all, FactId list) {
  ItemLines found;
  for (auto const& line : all) {
    if (line.list == list) found.lines.push_back(&line);
  }
  return found;
}

std::optional<Value> read_list(Node const& node, Type const& type, Zone const& zone,
                               std::string& pointer, Findings& findings, ItemLines const& lines) {
  auto const refuse = [&](std::string code, std::string message) {
    add(findings.mistakes,
        {pointer, std::move(code), std::move(message), describe(type), describe(node)});
    return std::nullopt;
  };
  if (node.form != Node::Form::list) {
    return refuse("case.type", "expected " + describe(type) + ", found " + describe(node));
  }
  if (node.items.size() > limits::list_items_max) {
    return refuse("case.list-size", "the list has " + std::to_string(node.items.size()) +
                                        " items, at most " +
                                        std::to_string(limits::list_items_max) + " are taken");
  }
  Reading const reading{*type.shape, zone, pointer, findings, lines};
  std::vector<Item> items;
  items.reserve(node.items.size());
  auto const size = pointer.size();
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    append_token(pointer, i);
    items.push_back(read_item(reading, node.items[i]));
    pointer.resize(size);
  }
  return Value{make_list(std::move(items))};
}

}  // namespace heed::json
