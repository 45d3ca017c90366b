#include "server/json/fact_names.hpp"

#include <bit>
#include <map>

#include "server/json/hash.hpp"

namespace heed::json {
FactNames::FactNames(Policy const& policy) {
  std::map<std::string_view, std::uint32_t> groups{{std::string_view{}, root}};
  std::vector<Entry> entries;
  for (std::uint32_t id = 0; id < policy.facts.size(); ++id) {
    std::string_view const name = policy.facts[id].name;
    for (std::size_t begin = 0; begin <= name.size();) {
      auto const group = groups.at(name.substr(0, begin == 0 ? 0 : begin - 1));
      for (auto end = name.find('.', begin); end != name.npos; end = name.find('.', end + 1)) {
        auto const inner = groups.try_emplace(name.substr(0, end), groups_);
        if (inner.second) ++groups_;
        entries.push_back({group, name.substr(begin, end - begin), {false, inner.first->second}});
      }
      entries.push_back({group, name.substr(begin), {true, id}});
      begin = std::min(name.find('.', begin), name.size()) + 1;
    }
  }
  table_.resize(std::bit_ceil(2 * entries.size() + 1));
  for (auto const& entry : entries) add(entry);
  for (std::uint32_t place = 0; place < table_.size(); ++place) {
    auto& entry = table_[place];
    entry.leads_to.place = place;
    entry.beginning = '"' + std::string{entry.name} + "\":";
  }
}

std::size_t FactNames::place_of(std::uint32_t group, std::string_view name) const {
  auto const mask = table_.size() - 1;
  auto at = static_cast<std::size_t>(hash(group, name)) & mask;
  while (!table_[at].name.empty() && (table_[at].group != group || table_[at].name != name))
    at = (at + 1) & mask;
  return at;
}

/// A name that is a fact and begins another is the fact.
void FactNames::add(Entry const& entry) {
  auto& place = table_[place_of(entry.group, entry.name)];
  if (place.name.empty() || entry.leads_to.is_fact) place = entry;
}

std::optional<Named> FactNames::find(std::uint32_t group, std::string_view name) const {
  if (name.empty()) return std::nullopt;
  auto const& entry = table_[place_of(group, name)];
  return entry.name.empty() ? std::nullopt : std::optional{entry.leads_to};
}

}  // namespace heed::json
