#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/check/policy.hpp"

/// Phrases in a text, found by trying every phrase at every place.
namespace heed::oracle {

struct FoundPhrase {
  std::string phrase;        // as the policy writes it
  std::uint32_t begin, end;  // code points of the text as it is
};

/// Every place where one of the phrases stands and no exception covers it.
std::vector<FoundPhrase> find_phrases(std::string_view text, Phrases const& phrases);

}  // namespace heed::oracle
