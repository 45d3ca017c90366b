#include "server/json/laid_out.hpp"

#include "engine/base/limits.hpp"
#include "server/json/document.hpp"
#include "server/json/write.hpp"

namespace heed::json {
namespace {

constexpr std::size_t columns = 96;

char opening(Node const& node) {
  return node.form == Node::Form::object ? '{' : '[';
}

char closing(Node const& node) {
  return node.form == Node::Form::object ? '}' : ']';
}

void append_name(std::string& out, Node const& parent, Node const& item) {
  if (parent.form != Node::Form::object) return;
  append_text(out, item.name);
  out += ": ";
}

void append_in_line(std::string& out, Node const& node) {
  switch (node.form) {
    case Node::Form::null:
      out += "null";
      return;
    case Node::Form::truth:
      out += node.truth ? "true" : "false";
      return;
    case Node::Form::number:
      out += node.text;
      return;
    case Node::Form::text:
      append_text(out, node.text);
      return;
    case Node::Form::list:
    case Node::Form::object:
      break;
  }
  out += opening(node);
  for (bool first = true; auto const& item : node.items) {
    if (!first) out += ", ";
    first = false;
    append_name(out, node, item);
    append_in_line(out, item);
  }
  out += closing(node);
}

/// `column`: where the value begins in its line.
void append(std::string& out, Node const& node, std::size_t indent, std::size_t column) {
  auto const begin = out.size();
  append_in_line(out, node);
  if (node.items.empty() || column + out.size() - begin <= columns) return;
  out.resize(begin);
  out += opening(node);
  for (bool first = true; auto const& item : node.items) {
    out += first ? "\n" : ",\n";
    first = false;
    auto const line = out.size();
    out.append(indent + 2, ' ');
    append_name(out, node, item);
    append(out, item, indent + 2, out.size() - line);
  }
  out += '\n';
  out.append(indent, ' ');
  out += closing(node);
}

}  // namespace

std::string laid_out(std::string_view json) {
  auto const document = read_document(json, limits::log_record_bytes_max);
  if (!document) return std::string{json};
  std::string out;
  append(out, document.value(), 0, 0);
  return out;
}

}  // namespace heed::json
