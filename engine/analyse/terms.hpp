#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/analyse/effects.hpp"
#include "engine/analyse/values.hpp"

/// What conditions compare: facts, targets, and whatever else has one value in a case.
namespace heed::analyse {

enum class TermId : std::uint32_t {};

struct Term {
  std::string text;  // as the language writes it
  Type type;
  Values all;  // what it can be at most
  /// The facts that it is made of, ascending; `now` is the one behind the last.
  std::vector<FactId> facts;
  /// No case can be made up in which it has a given value: rules write what it reads.
  bool derived = false;
};

/// The terms of one policy. Two ways to write the same value are one term where that can be seen.
class Terms {
 public:
  explicit Terms(Policy const& policy);

  /// The term of a value: defines that only name another value are that value.
  TermId of(Expression const& value);
  TermId of_need(NeedId need);
  /// A condition as a whole, of which only its text is known; yes, no or unknown.
  TermId of_condition(Expression const& condition);
  /// How two values stand to each other: -1 where the first is smaller, 0, 1; unknown or none where
  /// that cannot be said. `beside` holds both and names them.
  TermId of_order(Expression const& beside);

  Term const& operator[](TermId id) const { return terms_[static_cast<std::size_t>(id)]; }
  Policy const& policy() const { return policy_; }
  Effects const& effects() const { return effects_; }

  /// Where a constant lies on the line of `term`; nothing where it does not.
  std::optional<Number> number_of(Value const& constant);
  /// A value of a term as the language writes it; money in `currency` where the term names none.
  std::string words(TermId term, Number const& number, std::optional<Currency> currency) const;

 private:
  TermId add(std::string key, Term term);
  Values range_of(Expression const& value);
  Values range_of_form(Expression const& value);
  Values range_of(AnswerId answer);
  Values range_of(TableId table, std::uint32_t result);
  void find_sources(Expression const& value, Term& term) const;

  Policy const& policy_;
  Effects effects_;
  std::vector<Term> terms_;
  std::map<std::string, TermId, std::less<>> ids_;
  std::map<std::string, std::int64_t, std::less<>> texts_;  // numbers of the texts met so far
  std::map<AnswerId, Values> answers_;
  std::map<std::pair<TableId, std::uint32_t>, Values> tables_;
};

/// The value that `value` names by a define, if it does; itself otherwise.
Expression const& behind_names(Policy const& policy, Expression const& value);

/// Whether a case can be made up in which each of these has any of its values: none is derived, and
/// no two are made of the same fact.
bool are_independent(Terms const& terms, std::vector<TermId> const& ids);

}  // namespace heed::analyse
