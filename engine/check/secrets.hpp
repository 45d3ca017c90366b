#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <tuple>

#include "engine/check/reads.hpp"

/// What values are computed from, through defines, tables, answers, scores and actions.
namespace heed::check {

/// A fact or a field of an event that a value is computed from, and what it comes through: a name,
/// or empty.
struct Secret {
  std::string name;
  std::string through;
};

/// What is looked for.
struct Secrecy {
  std::function<bool(Fact const&)> fact;
  std::function<bool(Parameter const&)> field;  // of an event; empty: none
  bool items_of_lists = false;                  // also what is done for each item of such a list
};

/// Calls `call` for each action that a consequence has done.
void each_do(Consequence const& consequence, std::function<void(Do const&)> const& call);

/// Looks for secrets behind values. What stands behind a name is looked for once. What rules decide
/// by a secret holds none.
class SecretSearch {
 public:
  using Found = std::optional<Secret>;

  SecretSearch(Policy const& policy, Secrecy secrecy)
      : policy_{policy}, secrecy_{std::move(secrecy)} {}

  Found in(ExpressionPtr const& expression);  // null: nothing
  /// In the condition of one event of this name.
  Found in_where(EventId event, ExpressionPtr const& where);
  Found in(std::optional<Deadline> const& deadline);
  Found in(Wordings const& wordings);
  Found in(Do const& act, Argument const& argument);

  Found of(AnswerId id);
  Found of(ScoreId id);

 private:
  /// The kind of target, which it is, and the result of a table or the parameter of an action.
  using Key = std::tuple<std::size_t, std::size_t, std::uint32_t>;

  Found in_fields(Expression const& expression, std::optional<EventId> event);
  Found behind(Read const& read);
  Found of(DefineId id, std::uint32_t) { return in(policy_.defines[index(id)].value); }
  Found of(TableId id, std::uint32_t result);
  Found of(AnswerId id, std::uint32_t) { return of(id); }
  Found of(ScoreId id, std::uint32_t) { return of(id); }
  Found of(Doing doing, std::uint32_t parameter);
  // What rules decide.
  Found of(NeedId, std::uint32_t) { return std::nullopt; }
  Found of(ActionId, std::uint32_t) { return std::nullopt; }
  std::string name_of(ReadTarget const& target) const;

  Policy const& policy_;
  Secrecy secrecy_;
  std::map<Key, Found> known_;
};

}  // namespace heed::check
