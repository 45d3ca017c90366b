#include "server/json/mapping.hpp"

#include "engine/base/expected.hpp"

namespace heed::json {
namespace {

// How a mapping sees a value; nothing where it has no such text.
std::optional<std::string> mapping_text(Node const& node) {
  switch (node.form) {
    case Node::Form::text:
    case Node::Form::number:
      return node.text;
    case Node::Form::truth:
      return node.truth ? "true" : "false";
    case Node::Form::null:
    case Node::Form::list:
    case Node::Form::object:
      return std::nullopt;
  }
  ensure(false);
  return std::nullopt;
}

Value const* find_mapping(Mappings const& mappings, Node const& node) {
  auto const text = mapping_text(node);
  if (!text) return nullptr;
  for (auto const& [written, value] : mappings) {
    if (written == *text) return &value;
  }
  return nullptr;
}

// Each item of the list by its mapping. An item that no mapping names is passed over.
Value map_items(Mappings const& mappings, Node const& list, std::string const& pointer,
                Findings& findings) {
  std::vector<Scalar> items;
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    auto const* mapped = find_mapping(mappings, list.items[i]);
    auto const item = mapped == nullptr ? std::nullopt : to_scalar(*mapped);
    if (item) {
      items.push_back(*item);
    } else if (mapped != nullptr && std::get_if<SetValue>(mapped) != nullptr) {
      auto const& all = std::get_if<SetValue>(mapped)->items;
      items.insert(items.end(), all.begin(), all.end());
    } else {
      append_token(findings.ignored.emplace_back(pointer), i);
    }
  }
  return make_set(std::move(items));
}

}  // namespace

std::optional<Value> map_value(Mappings const& mappings, Type const& type, Node const& node,
                               std::string const& pointer, Findings& findings) {
  if (type.kind == Kind::set && node.form == Node::Form::list) {
    return map_items(mappings, node, pointer, findings);
  }
  auto const* mapped = find_mapping(mappings, node);
  if (mapped == nullptr) {
    findings.ignored.push_back(pointer);
    return std::nullopt;
  }
  auto const item = to_scalar(*mapped);
  if (type.kind == Kind::set && item) return Value{make_set({*item})};
  return *mapped;
}

}  // namespace heed::json
