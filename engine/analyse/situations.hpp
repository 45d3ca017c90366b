#pragma once
#include <map>
#include <utility>
#include <vector>

#include "engine/analyse/terms.hpp"

/// In which situations a condition comes out true, false or unknown.
namespace heed::analyse {

struct Limit {
  TermId term;
  Values values;
};

/// Every limit holds; what no limit names may be anything. A condition's situation that is not
/// `precise` is only one of the limits that the condition sets: it may take in too much.
struct Situation {
  std::vector<Limit> limits;  // ascending by term, one each
  bool precise = true;
};

/// Any of these. None: it never comes out so.
using Situations = std::vector<Situation>;

/// How a condition comes out: true, false, or not the other of them.
enum class Outcome { yes, not_no, no, not_yes };

/// Reads conditions of one policy. A condition takes situations_max situations at most; beyond, it
/// is read as one that takes in too much.
class Reader {
 public:
  explicit Reader(Policy const& policy) : terms_{policy}, rules_(policy.rules.size()) {}

  Situations of(Expression const& condition, Outcome outcome = Outcome::yes);
  /// In which a rule fires: always, where it has no condition. Read once.
  Situations const& of(RuleId rule);
  /// All of them true.
  Situations of_all(std::vector<ExpressionPtr> const& conditions);

  Terms& terms() { return terms_; }
  Policy const& policy() const { return terms_.policy(); }

 private:
  struct Forms;
  Situations read(Expression const& condition, Outcome outcome);

  Terms terms_;
  std::map<std::pair<DefineId, Outcome>, Situations> defines_;
  std::vector<std::optional<Situations>> rules_;
};

Situations both(Situations const& one, Situations const& other);
Situations either(Situations one, Situations other);

/// What is in both; nothing where they exclude each other.
bool meets(Situation const& one, Situation const& other);
Situation meet(Situation const& one, Situation const& other);
/// What the situation lets a term be.
Values const& values_of(Terms const& terms, Situation const& situation, TermId term);
std::vector<TermId> terms_of(Situation const& situation);

/// `customer.tier is gold, case.delay is 3 days`: an example of the situation.
std::string example_of(Terms const& terms, Situation const& situation);

/// A part of `whole` that none of `covers` takes in. Nothing where they take in all of it, or where
/// looking for it took more than `effort` steps: then `effort` is 0.
std::optional<Situation> find_uncovered(Terms const& terms, Situation const& whole,
                                        std::vector<Situation const*> const& covers,
                                        std::size_t& effort);

/// Whether `inner` holds only where `outer` does, which is precise.
bool lies_within(Terms const& terms, Situation const& inner, Situation const& outer);
/// Whether each of `inner` lies within one of `outer`.
bool lies_within(Terms const& terms, Situations const& inner, Situations const& outer);

}  // namespace heed::analyse
