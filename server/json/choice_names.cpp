#include "server/json/choice_names.hpp"

#include <bit>

namespace heed::json {

ChoiceNames::ChoiceNames(Policy const& policy) {
  std::map<Choice const*, std::uint32_t> numbers;
  std::size_t count = 0;
  for (auto const& fact : policy.facts) {
    auto const* choice = fact.type.kind == Kind::choice ? fact.type.choice.get() : nullptr;
    if (choice == nullptr) {
      choice_of_.push_back(0);
      continue;
    }
    auto const next = static_cast<std::uint32_t>(numbers.size() + 1);
    auto const [found, is_new] = numbers.try_emplace(choice, next);
    choice_of_.push_back(found->second);
    if (is_new) count += choice->values.size();
  }
  table_.resize(std::bit_ceil(2 * count + 1));
  for (auto const& [choice, number] : numbers) {
    for (std::uint32_t at = 0; at < choice->values.size(); ++at) {
      auto& place = table_[place_of(number, choice->values[at])];
      if (place.choice == 0)
        place = {number, Chosen{at}, choice->values[at], NameKey{choice->values[at]}};
    }
  }
}

std::size_t ChoiceNames::place_of(std::uint32_t choice, std::string_view name) const {
  constexpr std::size_t known_by_key = 16;
  NameKey const key{name};
  auto const is_it = [&](Entry const& entry) {
    return entry.choice == choice && entry.key == key &&
           (name.size() <= known_by_key || entry.name == name);
  };
  auto const mask = table_.size() - 1;
  auto at = static_cast<std::size_t>(hash(choice, key)) & mask;
  while (table_[at].choice != 0 && !is_it(table_[at])) at = (at + 1) & mask;
  return at;
}

std::optional<Chosen> ChoiceNames::find(std::uint32_t fact, std::string_view name) const {
  auto const& entry = table_[place_of(choice_of_[fact], name)];
  return entry.choice == 0 ? std::nullopt : std::optional{entry.value};
}

}  // namespace heed::json
