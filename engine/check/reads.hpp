#pragma once
#include <functional>
#include <variant>

#include "engine/check/policy.hpp"

/// What a condition or value reads, besides facts.
namespace heed::check {

/// What the rules that do an action give it: they are read, not those that forbid it.
struct Doing {
  ActionId action;
};
using ReadTarget = std::variant<DefineId, TableId, NeedId, ScoreId, AnswerId, ActionId, Doing>;

/// `upward`: the reading can only become truer while the needs that it reads become worse.
struct Read {
  ReadTarget target;
  bool upward = false;
  Expression const* at = nullptr;  // the reading itself
};

/// Calls `see` for each reading of `expression`, from left to right. `upward` says whether the
/// expression's place keeps readings upward: true for a rule's condition, false for a value.
void each_read(Expression const& expression, bool upward, std::function<void(Read)> const& see);

/// Calls `see` for each fact that `expression` names itself, not through a define or the like.
void each_fact(Expression const& expression, std::function<void(FactId)> const& see);

/// Calls `see` for each field of an event that conditions over the past look at in `expression`.
void each_event_field(Expression const& expression,
                      std::function<void(EventId, std::uint32_t field)> const& see);
/// The same of the `where` of a condition over events of this name.
void each_event_field(Expression const& where, EventId event,
                      std::function<void(EventId, std::uint32_t field)> const& see);

}  // namespace heed::check
