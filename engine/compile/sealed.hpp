#pragma once
#include <map>
#include <set>
#include <string>

#include "engine/compile/rule_set.hpp"

/// What of a case and its decision is sealed where it is kept: private values and free texts.
namespace heed {

/// True where values of the fact are kept sealed: it is declared `private`, or it is or holds text
/// and is not declared `public`.
bool is_sealed(Fact const& fact);
/// The same of an event's field.
bool is_sealed(Parameter const& field);

/// By name, what carries sealed values. In a decision that is every output whose value may have
/// been computed from one, through defines, tables, answers, scores and what actions are given;
/// what a rule decides by them, such as that it fired, is no such value.
struct SealedNames {
  using Names = std::set<std::string, std::less<>>;
  Names facts, scores, answers;
  std::map<std::string, Names, std::less<>> event_fields;  // by event: declared, or recorded so
  std::map<std::string, Names, std::less<>> arguments;     // by action: its parameters
  Names figures;                // across customers, by the text of the expression
  Names scripts;                // whose texts have such values in their slots
  Names because, said, checks;  // rules, whose own texts have
  Names times;                  // rules that count a deadline or an expiry by such values
};

/// Pure; walks the whole policy once.
SealedNames find_sealed(RuleSet const& rules);

}  // namespace heed
