#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace heed::cli {

/// The command, option or name that was probably meant: the first of `words` that is reached from
/// `word` with the fewest letters put in, left out, changed or swapped, at most two, and fewer than
/// half of the word. Empty where none is.
std::string closest_word(std::string_view word, std::vector<std::string> const& words);

}  // namespace heed::cli
