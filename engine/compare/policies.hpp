#pragma once
#include <string>
#include <vector>

#include "engine/base/source.hpp"
#include "engine/compile/rule_set.hpp"

/// In which declarations two policies differ.
namespace heed {

struct DeclarationChange {
  enum class How { added, removed, changed };
  How how = How::changed;
  std::string kind;           // "rule", "parameter", "table", …: the word that begins it
  std::string name;           // empty for `policy` and `phase`
  std::string before, after;  // as written; empty where there is none

  bool operator==(DeclarationChange const&) const = default;
};

/// One of the two policies.
struct PolicySide {
  std::vector<SourceText> const& sources;
  RuleSet const& rules;
};

/// By kind, then name. Titles, reasons, `source` lines and comments make no difference, nor do
/// tests and guarantees; a parameter that rests on one that changed has changed too. Terms are
/// told, though they change no decision, but only what people read of one.
std::vector<DeclarationChange> find_changes(PolicySide const& before, PolicySide const& after);

}  // namespace heed
