#pragma once
#include <string>
#include <vector>

#include "tests/support/random_expressions.hpp"

/// Random questions about lists, as text.
namespace heed::support {

/// What names of this type mean inside the brackets around.
std::vector<std::string> item_names(Writer const& writer, TypeText const& type);
/// The fields that a condition inside the brackets can test, with the names to use; the innermost.
std::vector<Named> item_fields(Writer const& writer);

/// A condition about a list; empty where there is none.
std::string random_item_test(Writer& writer, int depth);
/// A sum, count, smallest or largest of this type; empty where no list has one.
std::string random_aggregate(Writer& writer, TypeText const& type, int depth);

/// ` for each item in LIST where (…)`; empty where there is no list. `writer` is
/// inside it from then on.
std::string enter_each(Writer& writer);

}  // namespace heed::support
