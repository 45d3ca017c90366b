#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/language/layout.hpp"

/// What the grammar makes of a block: a tree of nodes, or the place where it could not go on.
namespace heed::language {

/// What a node is. The grammar in parse.cpp says what stands inside each.
// clang-format off
enum class Kind : std::uint8_t {
  leaf,  // one token
  flag,  // words that are only there or not: `private`, `and then`, `<=`
  // parts of declarations
  local_text, texts, title, type, simple_type, named_type, choice_type, set_type, list_type, cents,
  or_none, fallback, field, ask_line, languages, zone, weight, above, phase, takes, requires_,
  internal, reports, sources, from, until, overrides, when, because, values,
  // declarations
  policy, parameter, fact, need, role, phases, action, answer, score, define, phrases, phrase_line,
  script, event, source, source_line, mapping, table, result, hit, file, header, row, cell, nothing,
  bound, up_to, authority, authority_line, unlimited, calendar, open, closed, closed_day, rule,
  guarantee, test, term,
  // parts of consequences
  argument, by, within, of, expires, for_each, where, severity, step,
  // consequences, from write_need to forbid
  write_need, do_, offer, say, ask, escalate, alert, add, set, record, check, forbid,
  // given, from given_now to given_event; and expect
  given_now, given_item, given_fact, given_event, unknown, expect, escalation, question,
  expect_offer, expect_say,
  // expressions
  conditional, logic, prefixed, comparison, relation, is, is_known, is_unknown, is_none, one_of,
  at_least, contains, mentions, sum, product, negative, bracket, at_least_of, need_test,
  count_needs, item_test, window, aggregate, extreme, severity_of, date_of, time_since,
  days_between, quantity, across
};
// clang-format on

struct Node {
  Kind kind = Kind::leaf;
  Token const* first = nullptr;  // its first token,
  Token const* last = nullptr;   // and the one behind its last
  std::vector<Node> parts = {};

  Span span() const;
  /// The first token's text: what a leaf or a flag says.
  std::string_view text() const { return first->text; }
  /// The first part of that kind; null where there is none.
  Node const* find(Kind wanted) const;
};

/// What kinds of token a place takes.
enum class Leaf {
  name,      // a word that is not reserved
  path,      // that, or a dotted name
  value,     // a word that is not reserved, or a text
  term,      // that, or a dotted name
  language,  // a word before a text
  currency,
  unit,
  origin,  // what a rule rests on: a word, a joined one, a number or a text
  text,
  number,
  literal,  // a percentage, a date, a time or a text
  date,
  clock,
  dash,      // a `-` alone in its cell
  relation,  // `<`, `<=`, `>`, `>=`
  any        // anything but the end of the block
};

/// The memory of one reading of a block: the nodes made so far, the furthest place where something
/// else was expected, and what it was. The grammar calls it for every token.
class Reading {
 public:
  using At = Token const*;

  /// Takes the words of `phrase`, one token each; as a flag where `keep`.
  bool take_words(At& at, std::string_view phrase, bool keep);
  bool take_symbol(At& at, std::string_view symbol, bool keep);
  /// Takes one token of the kind; `what` is how the author would call it.
  bool take_leaf(At& at, Leaf leaf, std::string_view what);
  bool take_line_end(At& at);
  bool take_end(At& at);

  /// The first token from `at` on that the grammar sees: free line ends are passed over.
  At see(At at) const;

  /// Whether the last node is a list in brackets.
  bool ends_with_list() const {
    return !nodes_.empty() && nodes_.back().kind == Kind::bracket && nodes_.back().parts.size() > 1;
  }

  /// Where a node begins: how many nodes there are before `first`.
  std::size_t mark(At first) {
    forget_from(first);
    return nodes_.size();
  }
  /// Makes one node of those since `mark` that lie before `at`; where `only_several`, a single one
  /// stays as it is.
  void wrap(std::size_t mark, Kind kind, At first, At at, bool only_several);

  /// While a named part begins at `first`, what it expects there is not noted: its name is.
  At mute(At first) { return std::exchange(muted_, first); }
  void unmute(At before) { muted_ = before; }
  /// Notes that `what` was expected at `at`; answers false.
  bool fail(At at, std::string_view what);

  /// Says what is wrong from `first` to before `last`, and stops the reading.
  struct Stop {
    std::string_view code;
    Token const* first;
    Token const* last;
  };
  void stop(std::string_view code, At first, At last);

  struct Free;   // while it lives, line ends do not count
  struct Quiet;  // while it lives, nothing is noted as expected

  At furthest() const { return furthest_; }
  std::vector<std::string_view> const& expected() const { return expected_; }
  std::optional<Stop> const& stopped() const { return stopped_; }
  /// The tree, once the whole block was read.
  Node const& tree() const { return nodes_.front(); }

 private:
  void forget_from(At first);

  std::vector<Node> nodes_;
  std::vector<std::string_view> expected_;
  At furthest_ = nullptr;
  At muted_ = nullptr;
  std::optional<Stop> stopped_;
  int free_ = 0;
  int quiet_ = 0;
};

struct Reading::Free {
  explicit Free(Reading& reading) : reading_{reading} { ++reading_.free_; }
  ~Free() { --reading_.free_; }
  Free(Free const&) = delete;
  Free& operator=(Free const&) = delete;

 private:
  Reading& reading_;
};

struct Reading::Quiet {
  explicit Quiet(Reading& reading) : reading_{reading} { ++reading_.quiet_; }
  ~Quiet() { --reading_.quiet_; }
  Quiet(Quiet const&) = delete;
  Quiet& operator=(Quiet const&) = delete;

 private:
  Reading& reading_;
};

}  // namespace heed::language
