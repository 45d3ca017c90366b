#pragma once
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "engine/check/policy.hpp"

/// Finding the phrases of a policy in a text.
namespace heed {

/// All phrases of a policy, ready to be looked for in one scan. Immutable: any number of threads
/// may read one.
class PhraseMatcher {
 public:
  /// An occurrence: which phrase, and the code points of the text as sent that it covers, without a
  /// Hebrew prefix letter.
  struct Found {
    PhrasesId phrases{};
    std::uint32_t phrase = 0;  // index into Phrases::phrases
    std::uint32_t begin = 0, end = 0;
    auto operator<=>(Found const&) const = default;
  };

  explicit PhraseMatcher(std::vector<Phrases> const& phrases);
  ~PhraseMatcher();
  PhraseMatcher(PhraseMatcher const&) = delete;
  PhraseMatcher& operator=(PhraseMatcher const&) = delete;

  /// Every occurrence in `text` (UTF-8) that no exception of the same phrases covers, in ascending
  /// order. Takes time linear in the text and what is found in it.
  std::vector<Found> find(std::string_view text) const;

 private:
  struct Machine;
  std::unique_ptr<Machine const> machine_;
};

}  // namespace heed
