#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/base/source.hpp"
#include "engine/check/policy.hpp"
#include "engine/language/ast.hpp"

/// A policy while it is being checked: what the passes share.
namespace heed::check {

namespace ast = heed::language;

/// What conditions can name; these kinds share one namespace.
enum class SymbolKind {
  fact,
  need,
  score,
  action,
  answer,
  define,
  parameter,
  table,
  event,
  phrases,
  inner_list  // `order.items.parts`: a field of the items of `order.items`
};

/// `broken`: its declaration has a mistake that has been told, so its uses are not told too.
struct Symbol {
  SymbolKind kind = SymbolKind::fact;
  std::uint32_t index = 0;  // into the Draft's vector of its kind
  Place where;              // of its name
  bool broken = false;
};
using Symbols = std::map<std::string, Symbol, std::less<>>;

enum class Progress { waiting, under_way, done };

/// A declaration as written. Its index is that of what the policy makes of it.
template <class Form>
struct Declared {
  Form const* written = nullptr;
  FileId file{};
  Progress progress = Progress::waiting;
};

/// The value of a parameter; its name is resolved when it is first read.
struct Known {
  Type type;
  Value value;
  bool is_read = false;
};

/// What bare names mean first inside the brackets of `has (…)`, `where (…)` and `for each`: the
/// fields of an item of a list, or of an event.
struct ItemNames {
  std::string name;  // what the item is called: `item.price`
  std::string of;    // the list or event that it is of, for messages
  std::vector<Shape::Field> fields;
};

struct Draft {
  std::vector<SourceText> const& sources;
  Policy policy;
  Diagnostics diagnostics;

  Symbols names;                                     // the shared namespace
  Symbols roles, phases, scripts, rules, tests;      // their own; `kind` means nothing here
  Symbols calendars, payloads, guarantees, terms;    // payloads: what `source` declares
  bool languages_known = true, phases_known = true;  // false where their declaration is broken

  std::vector<Declared<ast::Policy>> policies;
  std::vector<Declared<ast::Phases>> phase_lists;
  std::vector<Declared<ast::Authority>> authorities;
  std::vector<Declared<ast::Fact>> facts;
  std::vector<Declared<ast::Fact>> inner_lists;  // fields of other lists: no facts of their own
  std::vector<Declared<ast::Need>> needs;
  std::vector<Declared<ast::Role>> role_list;
  std::vector<Declared<ast::Action>> actions;
  std::vector<Declared<ast::Answer>> answers;
  std::vector<Declared<ast::Score>> scores;
  std::vector<Declared<ast::Define>> defines;
  std::vector<Declared<ast::Parameter>> parameters;
  std::vector<Declared<ast::Phrases>> phrases;
  std::vector<Declared<ast::Script>> script_list;
  std::vector<Declared<ast::Event>> events;
  std::vector<Declared<ast::Table>> tables;
  std::vector<Declared<ast::Rule>> rule_list;
  std::vector<Declared<ast::Source>> payload_list;
  std::vector<Declared<ast::Test>> test_list;
  std::vector<Declared<ast::Calendar>> calendar_list;
  std::vector<Declared<ast::Guarantee>> guarantee_list;
  std::vector<Declared<ast::Term>> term_list;

  std::vector<Known> values;                             // of the parameters
  std::vector<std::pair<std::string, Place>> under_way;  // what is being settled, innermost last
  int depth = 0;                                         // of the expression being typed
  std::vector<ItemNames> items;                          // around it, innermost last
  int suggestions = 0;                                   // looked for so far
  std::map<std::pair<bool, std::vector<std::string>>, std::shared_ptr<Choice const>> choices;
  std::vector<std::uint32_t> file_ranks;  // by file name, which is source order
};

/// Where what is being checked stands.
struct Scope {
  Draft& draft;
  FileId file;
};

inline Place place(Scope const& scope, Span span) {
  return {scope.file, span};
}

/// Source order: by file name, then place.
bool stands_before(Draft const& draft, Place const& left, Place const& right);

/// Fills the namespaces and the vectors of declarations, by name; tells names that clash,
/// and a policy or a list of phases declared twice. (Parsing has told reserved and too long names.)
void collect(Draft& draft, std::vector<ast::Document const*> const& documents);

}  // namespace heed::check
