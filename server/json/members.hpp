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
/// the program runs. The text of an object whose every member says nothing is known then, too: it
/// is copied in as few pieces as there are members that say something.
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
  static constexpr auto name = of.view(), nothing = std::string_view{};
  static constexpr bool is_there = true, says_nothing = false;
  Write write;
};
/// The same of one that may say nothing: `instead` is written then, such as `null`.
template <FixedText of, FixedText instead, class Write>
struct QuietMember {
  static constexpr auto name = of.view(), nothing = instead.view();
  static constexpr bool is_there = true;
  bool says_nothing;
  Write write;
};
/// The same of one that may be missing. It is never the last of an object.
template <FixedText of, class Write>
struct OptionalMember {
  static constexpr auto name = of.view(), nothing = std::string_view{};
  static constexpr bool says_nothing = false;
  bool is_there;
  Write write;
};

namespace members {

/// Which member comes at each place.
template <Order order, class... Members>
consteval auto places() {
  std::array<std::size_t, sizeof...(Members)> places{};
  for (std::size_t place = 0; place < places.size(); ++place) places[place] = place;
  if (order == Order::canonical) {
    std::array<std::string_view, sizeof...(Members)> const names{Members::name...};
    std::ranges::sort(places, {}, [&](std::size_t place) { return names[place]; });
  }
  return places;
}

/// Where a member stands in a text: its name, its value, what follows that, and the next member.
struct Part {
  std::size_t begin = 0, value = 0, end = 0, next = 0;
};

/// The object whose every member says nothing; where one never does, nothing stands for its value.
template <Order order, class... Members>
struct Silent {
  static constexpr std::size_t count = sizeof...(Members);
  static constexpr auto places = members::places<order, Members...>();

  consteval Silent() {
    std::array<std::string_view, count> const names{Members::name...};
    std::array<std::string_view, count> const values{Members::nothing...};
    auto* out = letters;
    auto const at = [&] { return static_cast<std::size_t>(out - letters); };
    auto const put = [&out](std::string_view text) { out = std::ranges::copy(text, out).out; };
    put("{");
    for (std::size_t place = 0; place < count; ++place) {
      auto& part = parts[place];
      part.begin = at();
      put("\"");
      put(names[places[place]]);
      put("\":");
      part.value = at();
      put(values[places[place]]);
      part.end = at();
      put(place + 1 < count ? "," : "}");
      part.next = at();
    }
  }

  Part parts[count];
  char letters[1 + ((Members::name.size() + Members::nothing.size() + 4) + ...)]{};
};
template <Order order, class... Members>
inline constexpr Silent<order, Members...> silent;

}  // namespace members

template <Order order, class... Members>
void put_object(Out& out, Members const&... each) {
  constexpr auto const& silent = members::silent<order, Members...>;
  std::size_t written = 0;  // of the silent text
  auto const put_up_to = [&](std::size_t end) {
    out.put_as_is({silent.letters + written, end - written});
  };
  auto const put = [&](auto const& member, members::Part const& part) {
    if (member.says_nothing) return;
    put_up_to(member.is_there ? part.value : part.begin);
    written = member.is_there ? part.end : part.next;
    if (member.is_there) member.write();
  };
  auto const all = std::tie(each...);
  [&]<std::size_t... place>(std::index_sequence<place...>) {
    (put(std::get<silent.places[place]>(all), silent.parts[place]), ...);
  }
  (std::index_sequence_for<Members...>{});
  put_up_to(silent.parts[silent.count - 1].next);
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
