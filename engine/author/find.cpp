#include <algorithm>

#include "engine/author/index.hpp"
#include "engine/language/characters.hpp"

namespace heed::author {

namespace {

Known const* find_at(Manuscript const& manuscript, Position at) {
  auto const* spot = find_spot(manuscript, at);
  return spot == nullptr ? nullptr : &manuscript.index->known[spot->known];
}

std::vector<Place> places_of(std::vector<Use> const& uses) {
  std::vector<Place> places;
  for (auto const& use : uses) places.push_back({use.file, use.span});
  return places;
}

char32_t lower(char32_t code) {
  return code >= 'A' && code <= 'Z' ? code + 32 : code;
}

/// Whether the letters of `query` stand in `name` in their order.
bool has_letters(std::string_view name, std::string_view query) {
  std::size_t at = 0;
  for (std::size_t wanted = 0; wanted < query.size();) {
    auto const letter = ast::character_at(query, wanted);
    wanted += letter.bytes;
    bool found = false;
    while (at < name.size() && !found) {
      auto const other = ast::character_at(name, at);
      at += other.bytes;
      found = lower(other.code) == lower(letter.code);
    }
    if (!found) return false;
  }
  return true;
}

}  // namespace

std::vector<Place> find_declarations(Manuscript const& manuscript, Position at) {
  auto const* known = find_at(manuscript, at);
  return known == nullptr ? std::vector<Place>{} : places_of(known->declared);
}

std::vector<Place> find_references(Manuscript const& manuscript, Position at, Declarations which) {
  auto const* known = find_at(manuscript, at);
  if (known == nullptr) return {};
  auto places = places_of(known->used);
  if (which == Declarations::with) {
    auto const declared = places_of(known->declared);
    places.insert(places.end(), declared.begin(), declared.end());
  }
  std::ranges::sort(places);
  return places;
}

std::vector<Found> find_symbols(Manuscript const& manuscript, std::string_view query) {
  constexpr std::size_t most = 1'000;
  std::vector<Found> found;
  if (!manuscript.index) return found;
  for (auto const& known : manuscript.index->known) {
    bool const is_part = known.space == Space::members || known.space == Space::values ||
                         known.space == Space::departments;
    if (is_part || !has_letters(known.name, query)) continue;
    for (auto const& use : known.declared)
      found.push_back({known.name, known.kind, {use.file, use.span}});
  }
  std::ranges::sort(found, {}, [](Found const& it) { return it.where; });
  if (found.size() > most) found.resize(most);
  return found;
}

}  // namespace heed::author
