#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/language/ast.hpp"

/// Parts of the syntax tree as text again: canonical, each on one line. What is parsed from the
/// text is the same tree, but for spans.
namespace heed::language {

/// Without brackets around the whole, whether or not it was written in some.
std::string to_text(Expression const& expression);

/// `respect is violated, severity 4`, `do refund amount 50 ILS by agent`.
std::string to_text(Consequence const& consequence);

/// `no escalation`, `not do refund`, or a condition.
std::string to_text(Expect const& expect);

/// `customer.tier is gold`, `contact 2 days ago channel phone`.
std::string to_text(Given const& given);

/// `one of low < high or none`.
std::string to_text(TypeName const& type);

/// What `expression` stands in, where a comma would end a part of it.
enum class Within { nothing, list };

/// With brackets where it was written in some.
std::string written(Expression const& expression, Within within = Within::nothing);

/// A text in quotes, with escapes where it needs them; a gershayim needs none.
std::string quoted(std::string_view text);
std::string written(Name const& name);
std::string written(Texts const& texts);
std::string written(Value const& value);
/// `name is TYPE, largest`.
std::string written(Field const& field);
std::string_view written(Relation relation);

/// A consequence in the pieces between which a line may be broken: after its commas.
std::vector<std::string> pieces_of(Consequence const& consequence);

}  // namespace heed::language
