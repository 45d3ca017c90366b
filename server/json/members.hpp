#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "server/json/canonical.hpp"
#include "server/json/out.hpp"

/// Objects of which the members are known when the program is compiled, in one of two orders: that
/// of an answer, as it is written down here, or canonical (RFC 8785). Neither costs anything while
/// the program runs.
namespace heed::json {

enum class Order { of_answer, canonical };

/// A text that a template may take. ASCII.
template <std::size_t size>
struct FixedText {
  consteval FixedText(char const (&text)[size]) { std::copy_n(text, size, letters); }
  constexpr std::string_view view() const { return {letters, size - 1}; }
  char letters[size]{};
};

/// A member whose value `write()` writes.
template <FixedText of, class Write>
struct Member {
  static constexpr auto const& name = of;
  static constexpr bool may_be_missing = false;
  static constexpr bool is_there() { return true; }
  Write write;
};
/// The same of one that may be missing. An object has at most one, and ends with another.
template <FixedText of, class Write>
struct OptionalMember {
  static constexpr auto const& name = of;
  static constexpr bool may_be_missing = true;
  bool is_there() const { return there; }
  Write write;
  bool there;
};

namespace members {

/// What stands before a member: `{` before the first, a comma before another.
enum class Before { nothing, opening, comma };

/// `,"name":` and its like, with the zero at its end.
template <FixedText name, Before before>
struct Head {
  static constexpr std::size_t lead = before == Before::nothing ? 0 : 1;
  consteval Head() {
    auto* out = letters;
    if (lead > 0) *out++ = before == Before::opening ? '{' : ',';
    *out++ = '"';
    out = std::copy_n(name.letters, name.view().size(), out);
    *out++ = '"';
    *out = ':';
  }
  char letters[name.view().size() + lead + 4]{};
};
template <FixedText name, Before before>
inline constexpr Head<name, before> head;

/// Which member comes at each place.
template <Order order, class... Members>
consteval auto places() {
  std::array<std::size_t, sizeof...(Members)> places{};
  for (std::size_t place = 0; place < places.size(); ++place) places[place] = place;
  if (order == Order::canonical) {
    std::array<std::string_view, sizeof...(Members)> const names{Members::name.view()...};
    std::ranges::sort(places, {}, [&](std::size_t place) { return names[place]; });
  }
  return places;
}

/// The one that may be missing and comes first writes the comma behind it.
template <Before before, class Of>
void put(Out& out, Of const& member) {
  if (!member.is_there()) return;
  out.put(head<Of::name, before>.letters);
  member.write();
  if constexpr (Of::may_be_missing && before == Before::nothing) out.put(',');
}

}  // namespace members

template <Order order, class... Members>
void put_object(Out& out, Members const&... each) {
  using members::Before;
  constexpr auto places = members::places<order, Members...>();
  auto const all = std::tie(each...);
  constexpr bool may_begin_later =
      std::tuple_element_t<places[0], std::tuple<Members...>>::may_be_missing;
  constexpr auto before = [](std::size_t place) {
    if (may_begin_later && place < 2) return Before::nothing;
    return place == 0 ? Before::opening : Before::comma;
  };
  if constexpr (may_begin_later) out.put('{');
  [&]<std::size_t... place>(std::index_sequence<place...>) {
    (members::put<before(place)>(out, std::get<places[place]>(all)), ...);
  }
  (std::index_sequence_for<Members...>{});
  out.put('}');
}

/// Calls `write(item)` for each item; `name_of` answers by which the canonical order goes, no two
/// being the same.
template <Order order, class Items, class NameOf, class Write>
void for_each_in_order(Items const& items, NameOf const& name_of, Write const& write) {
  if constexpr (order == Order::canonical) {
    auto const in_order = [&](auto const& left, auto const& right) {
      return comes_before(name_of(left), name_of(right));
    };
    if (!std::is_sorted(items.begin(), items.end(), in_order)) {
      std::vector<std::decay_t<decltype(*items.begin())> const*> sorted;
      for (auto const& item : items) sorted.push_back(&item);
      std::ranges::sort(sorted, [&](auto* left, auto* right) { return in_order(*left, *right); });
      for (auto const* item : sorted) write(*item);
      return;
    }
  }
  for (auto const& item : items) write(item);
}

}  // namespace heed::json
