#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/language/layout.hpp"

/// What beginners write, and what they should have written.
namespace heed::language {

/// What to say about a slip. `replacement`, where there is one, goes to `where`.
struct Slip {
  std::string help;
  std::string replacement = {};
  std::optional<Span> where = std::nullopt;  // nothing: of the token
};

/// The place at which a block could not be read on.
struct Stumble {
  std::string_view text;  // of the file
  Token const* first;     // of the block
  Token const* at;        // where it stopped; the last token of the block is of kind `end`
  std::vector<std::string_view> const& expected;
};

/// Nothing where it looks like none of the slips that are known.
std::optional<Slip> find_slip(Stumble const& stumble);

/// The unit of time, currency or `%` that stands behind a number instead of the language's own
/// word: `hours` for `hrs`, `ILS` for `shekels`. Empty where none is likely.
std::string unit_for(std::string_view word);

/// The code of a currency whose sign this is, such as `$`; empty where it is none.
std::string_view currency_for(std::string_view sign);

}  // namespace heed::language
