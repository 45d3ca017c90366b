#include "server/http/message.hpp"

#include <algorithm>
#include <array>

namespace heed::http {
namespace {

struct Named {
  Method method;
  std::string_view name;
};

constexpr std::array<Named, 7> named{{{Method::get, "GET"},
                                      {Method::head, "HEAD"},
                                      {Method::post, "POST"},
                                      {Method::put, "PUT"},
                                      {Method::patch, "PATCH"},
                                      {Method::remove, "DELETE"},
                                      {Method::options, "OPTIONS"}}};

char folded(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

}  // namespace

std::string_view name_of(Method method) {
  auto const found = std::ranges::find(named, method, &Named::method);
  return found == named.end() ? std::string_view{} : found->name;
}

Method method_of(std::string_view name) {
  auto const found = std::ranges::find(named, name, &Named::name);
  return found == named.end() ? Method::other : found->method;
}

bool equal_folded(std::string_view left, std::string_view right) {
  return left.size() == right.size() && std::ranges::equal(left, right, {}, folded, folded);
}

void Headers::add(std::string_view name, std::string_view value) {
  auto const begin = text_.size();
  text_ += name;
  text_ += value;
  entries_.push_back({static_cast<std::uint32_t>(begin),
                      static_cast<std::uint32_t>(begin + name.size()),
                      static_cast<std::uint32_t>(text_.size())});
}

void Headers::clear() {
  text_.clear();
  entries_.clear();
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
  std::string_view const text = text_;
  for (auto const& entry : entries_) {
    if (equal_folded(text.substr(entry.begin, entry.name_end - entry.begin), name)) {
      return text.substr(entry.name_end, entry.value_end - entry.name_end);
    }
  }
  return std::nullopt;
}

std::size_t Headers::count(std::string_view name) const {
  std::string_view const text = text_;
  return static_cast<std::size_t>(std::ranges::count_if(entries_, [&](Entry const& entry) {
    return equal_folded(text.substr(entry.begin, entry.name_end - entry.begin), name);
  }));
}

std::optional<std::string_view> query_value(Request const& request, std::string_view name) {
  auto const found = std::ranges::find(request.query, name, &Item::name);
  if (found == request.query.end()) return std::nullopt;
  return found->value;
}

std::string_view parameter(Request const& request, std::string_view name) {
  auto const found = std::ranges::find(request.parameters, name, &Item::name);
  return found == request.parameters.end() ? std::string_view{} : std::string_view{found->value};
}

std::string_view media_type(Request const& request) {
  auto type = request.headers.find("Content-Type").value_or(std::string_view{});
  type = type.substr(0, type.find(';'));
  while (type.ends_with(' ') || type.ends_with('\t')) type.remove_suffix(1);
  return type;
}

}  // namespace heed::http
