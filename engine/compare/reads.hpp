#pragma once
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/compile/rule_set.hpp"

/// What each rule of a policy rests on and writes, by name: names are what two policies share.
namespace heed::comparing {

/// A declaration: the word that begins it, and its name.
using Declaration = std::pair<std::string, std::string>;

struct Rests {
  std::set<Declaration> declarations;  // read or named, through defines and tables
  std::set<std::string> reads;         // points (points.hpp) that other rules write
};
struct RuleReads {
  std::string when;                     // its condition and its days, as written
  Rests condition, values;              // values: all that stands behind `then`
  std::set<std::string> overridden_by;  // rules
  std::set<std::string> writes;         // points that it may bring about, and questions it may ask
};

/// By the rule's name; an answer that reports a define or a table counts as a rule `answer:NAME`
/// that always fires.
std::map<std::string, RuleReads> find_reads(RuleSet const& rules);

}  // namespace heed::comparing
