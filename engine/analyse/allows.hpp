#pragma once
#include <string>
#include <vector>

#include "engine/analyse/examine.hpp"

/// Comments that silence warnings.
namespace heed::analyse {

/// `# allow CODE: reason`, as written.
struct Allow {
  Place where;  // of the comment
  Place code_where;
  std::string code, reason;
  Span silences;  // what begins within it is silenced
  Span around;  // the declaration that it stands in; where nothing else is silenced, what is there
  bool is_used = false;
};

/// Those of a document, in source order.
std::vector<Allow> find_allows(language::Document const& document, std::string_view text);

/// What is wrong with the allows themselves; `are_complete` says whether the analyses ran, so that
/// one that is not used silences nothing.
void tell_allows(std::vector<Allow> const& allows, bool are_complete, Diagnostics& found);

}  // namespace heed::analyse
