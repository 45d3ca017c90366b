#pragma once
#include <optional>
#include <span>
#include <vector>

#include "engine/run/history.hpp"

/// Events of a case as conditions find them: by event, then time.
namespace heed::run {

struct PastEvent {
  Instant at;
  std::vector<std::optional<Value>> fields;  // by Event::fields; empty: unknown
};

/// Of one event, ascending by time.
using PastEvents = std::vector<PastEvent>;

struct Past {
  std::vector<PastEvents> of_events;  // by EventId; empty where no condition reads the event
  struct OfOthers {
    PastEvents events;
    std::optional<Instant> complete_after;
  };
  std::map<std::string, OfOthers, std::less<>> of_others;  // by figure
};

/// Sorts what a policy reads. Later events than `now` are left out. What `past` held is forgotten.
void fill_past(Past& past, RuleSet const& rules, Case const& subject, Instant now,
               Others const& others);

/// Those with after < at; all of them where `after` is nothing.
std::span<PastEvent const> find_after(PastEvents const& events, std::optional<Instant> after);

struct Frame;

/// The events of the customer's own history that decide what the expression comes to: those within
/// the window; those after the last one that surely counts. None where the window is not known.
std::span<PastEvent const> find_counted(Frame& frame, EventWindow const& form);
std::span<PastEvent const> find_counted(Frame& frame, TimeSince const& form);

/// Whether an expression is `time since last …`, or a define of that.
bool counts_from_now(Policy const& policy, Expression const& expression);
/// What stands beside such an expression: months and working time as the exact length that they
/// have, counted back from now. Anything else as it is; null for null.
Value const* count_from_now(Frame& frame, Value const* value);

/// Whether a field of an item or event stands in the expression.
bool reads_item(Expression const& expression);

/// Before the name of a figure that was found with `possibly` and its like left open.
inline constexpr auto open_mark = "?";

}  // namespace heed::run
