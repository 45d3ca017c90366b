#pragma once
#include <string>
#include <string_view>
#include <type_traits>

#include "engine/language/ast.hpp"
#include "engine/language/write.hpp"

/// What dump.cpp and dump_expression.cpp share. Every struct of the tree is taken apart there with
/// a structured binding, so a field that is added to it and forgotten there does not compile.
namespace heed::language {

std::string show(Expression const& expression);
std::string show(NumberLiteral const& form);
std::string show(Name const& form);
std::string show(Text const& form);
std::string show(LocalText const& form);
std::string show(Value const& value);

inline std::string show(bool flag) {
  return flag ? "yes" : "-";
}
inline std::string show(Span const&) {
  return {};
}
inline std::string show(std::string const& text) {
  return text.empty() ? "-" : text;
}
inline std::string show(std::int64_t number) {
  return std::to_string(number);
}
inline std::string show(int number) {
  return std::to_string(number);
}
inline std::string show(Date const& date) {
  return to_text(date);
}
inline std::string show(Relation relation) {
  return std::string{written(relation)};
}
template <class Enum>
requires std::is_enum_v<Enum> std::string show(Enum value) {
  return "#" + std::to_string(static_cast<int>(value));
}

template <class T>
inline std::string show(std::shared_ptr<T const> const& link) {
  return link ? show(*link) : "-";
}
template <class T>
inline std::string show(std::optional<T> const& maybe) {
  return maybe ? show(*maybe) : "-";
}
template <class T>
inline std::string show(std::vector<T> const& all) {
  if (all.empty()) return "-";
  std::string text = "[";
  for (auto const& one : all) text += (text.size() > 1 ? " " : "") + show(one);
  return text + "]";
}
template <class... Forms>
inline std::string show(std::variant<Forms...> const& form) {
  return std::visit([](auto const& one) { return show(one); }, form);
}

/// `(kind a b)`: empty fields at the end are left out, and spans everywhere.
template <class... Fields>
std::string node(std::string_view kind, Fields const&... fields) {
  std::string text = "(" + std::string{kind};
  std::string dashes;
  auto const add = [&](std::string const& field) {
    if (field.empty()) return;
    dashes += " " + field;
    if (field == "-") return;
    text += dashes;
    dashes.clear();
  };
  (add(show(fields)), ...);
  return text + ")";
}

inline std::string flag(std::string_view word, bool is_set) {
  return is_set ? std::string{word} : "-";
}

}  // namespace heed::language
