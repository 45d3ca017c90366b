#include "engine/run/history.hpp"

#include <algorithm>

#include "engine/base/expected.hpp"
#include "engine/compile/reads.hpp"
#include "engine/run/lists.hpp"

/// Events of the past, as conditions count them.
namespace heed::run {
namespace {

using Events = std::span<PastEvent const>;

/// Whether an event counts.
Truth counts(Frame& frame, PastEvent const& event, ExpressionPtr const& where) {
  Binding const binding{frame, {&event.fields, std::nullopt}};
  return fits(frame, where);
}

/// What others' events there are for a figure; null where there are none.
Past::OfOthers const* find_others(Frame const& frame, bool across_customers,
                                  std::string const& figure) {
  if (!across_customers) return nullptr;
  auto const& of_others = frame.inputs.past.of_others;
  auto const found = of_others.find(figure);
  return found == of_others.end() ? nullptr : &found->second;
}

PastEvents const& own_events(Frame const& frame, EventId event) {
  return frame.inputs.past.of_events[index(event)];
}

Figure count(Frame& frame, EventWindow const& form, Instant after) {
  Figure::Count count{0, 0};
  auto const add = [&](Events events) {
    if (!form.where) {
      count.surely += static_cast<std::int64_t>(events.size());
      *count.possibly += static_cast<std::int64_t>(events.size());
      return;
    }
    for (auto const& event : events) {
      auto const truth = counts(frame, event, form.where);
      if (truth == Truth::yes) ++count.surely;
      if (truth != Truth::no) ++*count.possibly;
    }
  };
  add(find_after(own_events(frame, form.event), after));
  if (auto const* others = find_others(frame, form.across_customers, form.figure)) {
    add(find_after(others->events, after));
    if (others->complete_after && after < *others->complete_after) count.possibly.reset();
  }
  return {count};
}

std::optional<Instant> find_later(std::optional<Instant> one, std::optional<Instant> other) {
  return !one || (other && *other > *one) ? other : one;
}

/// Goes back from the last one until one surely counts.
void look_back(Frame& frame, Events events, ExpressionPtr const& where, Figure::Latest& latest) {
  for (auto event = events.rbegin(); event != events.rend(); ++event) {
    auto const truth = counts(frame, *event, where);
    if (truth != Truth::no) latest.possibly = find_later(latest.possibly, event->at);
    if (truth != Truth::yes) continue;
    latest.surely = find_later(latest.surely, event->at);
    return;
  }
}

Figure find_latest(Frame& frame, TimeSince const& form) {
  Figure::Latest latest;
  look_back(frame, own_events(frame, form.event), form.where, latest);
  if (auto const* others = find_others(frame, form.across_customers, form.figure)) {
    look_back(frame, others->events, form.where, latest);
    auto const& complete_after = others->complete_after;
    if (complete_after && (!latest.surely || *latest.surely < *complete_after))
      latest.possibly = find_later(latest.possibly, complete_after);
  }
  return {latest};
}

/// A figure that the case brings; null where it brings none.
Figure const* find_brought(Frame const& frame, std::string const& figure) {
  auto const& brought = frame.inputs.subject->figures;
  auto found = brought.end();
  if (frame.reading == Reading::left_open) found = brought.find(open_mark + figure);
  if (found == brought.end()) found = brought.find(figure);
  return found == brought.end() ? nullptr : &found->second;
}

/// Whether a condition may come to something else with `possibly` and its like left open: it has
/// one, or names what may have one.
bool may_leave_open(ExpressionPtr const& where) {
  bool found = false;
  auto const look = [&found](Expression const& part) {
    found =
        found ||
        std::visit(
            overloaded{
                [](KnownTest const&) { return true; }, [](Possibly const&) { return true; },
                [](Certainly const&) { return true; }, [](DefineValue const&) { return true; },
                [](TableValue const&) { return true; }, [](AnswerValue const&) { return true; },
                [](ScoreValue const&) { return true; }, [](SeverityValue const&) { return true; },
                [](NeedTest const&) { return true; }, [](AnyNeedTest const&) { return true; },
                [](NeedCount const&) { return true; }, [](AdvisedTest const&) { return true; },
                [](JoinedValue const&) { return true; },
                [](auto const&) { return false; },  // reads the case alone
            },
            part.form);
  };
  if (where) compiling::for_each_within(*where, look);
  return found;
}

/// What is brought, was computed before, or is computed now. Within the brackets of a list it may
/// be different for each item.
template <class Form, class Compute>
Figure figure_of(Frame& frame, Form const& form, Compute const& compute) {
  auto const* brought = form.across_customers ? find_brought(frame, form.figure) : nullptr;
  auto const known = frame.past.find(&form);
  bool const is_kept = frame.items.empty() && known != frame.past.end();
  auto figure = brought != nullptr ? *brought : is_kept ? known->second : compute();
  if (frame.items.empty() && !is_kept) frame.past.emplace(&form, figure);
  if (!form.across_customers) return figure;
  frame.figures.insert_or_assign(form.figure, figure);
  // Whether it was counted or is brought: decided again, the same is looked for.
  if (may_leave_open(form.where)) frame.read_something_open = true;
  return figure;
}

/// The instant after which events count, or why there is none; an unknown length is no failure.
Expected<std::optional<Instant>, Flaw> find_begin(Frame& frame, EventWindow const& form) {
  auto const* value = settled_value_of(frame, *form.last);
  if (value == nullptr) return std::optional<Instant>{};
  auto const* length = std::get_if<Duration>(value);
  if (length == nullptr) return Failure{Flaw::none};
  auto const back = *length == never ? std::nullopt : negate(*length);
  auto const begin = back ? add(frame.inputs.now, *back, frame.policy().zone) : std::nullopt;
  if (!begin) return Failure{find_flaw_of_moving(*length)};
  return begin;
}

Value const* keep_whole(Frame& frame, std::int64_t number) {
  return frame.keep(Number{number});
}

Outcome make_outcome(Frame& frame, EventWindow const& form, Figure::Count const& count) {
  if (form.count) {
    auto const* least = keep_whole(frame, count.surely);
    if (!count.possibly) return {least, nullptr};
    return make_bounds(least, keep_whole(frame, *count.possibly));
  }
  if (count.surely > 0) return make_known(value_from(true));
  return count.possibly == 0 ? make_known(value_from(false)) : Outcome{};
}

}  // namespace

Outcome evaluate(Frame& frame, EventWindow const& form) {
  auto const begin = find_begin(frame, form);
  if (!begin || !begin.value()) return {};
  auto const figure = figure_of(frame, form, [&] { return count(frame, form, *begin.value()); });
  auto const* number = std::get_if<Figure::Count>(&figure.form);
  return number == nullptr ? Outcome{} : make_outcome(frame, form, *number);
}

Outcome evaluate(Frame& frame, TimeSince const& form) {
  auto const figure = figure_of(frame, form, [&] { return find_latest(frame, form); });
  auto const* latest = std::get_if<Figure::Latest>(&figure.form);
  if (latest == nullptr) return {};
  auto const since = [&frame](std::optional<Instant> at) {
    return frame.keep(at ? between(*at, frame.inputs.now) : never);
  };
  return make_bounds(since(latest->possibly), since(latest->surely));
}

std::optional<Flaw> find_flaw_of(Frame& frame, EventWindow const& form) {
  auto const begin = find_begin(frame, form);
  return begin ? std::nullopt : std::optional{begin.error()};
}

std::span<PastEvent const> find_counted(Frame& frame, EventWindow const& form) {
  auto const begin = find_begin(frame, form);
  if (!begin || !begin.value()) return {};
  return find_after(own_events(frame, form.event), begin.value());
}

std::span<PastEvent const> find_counted(Frame& frame, TimeSince const& form) {
  Figure::Latest latest;
  look_back(frame, own_events(frame, form.event), form.where, latest);
  return find_after(own_events(frame, form.event), latest.surely);
}

bool counts_from_now(Policy const& policy, Expression const& expression) {
  if (auto const* define = std::get_if<DefineValue>(&expression.form))
    return counts_from_now(policy, *policy.defines[index(define->define)].value);
  return std::holds_alternative<TimeSince>(expression.form);
}

Value const* count_from_now(Frame& frame, Value const* value) {
  auto const* length = value == nullptr ? nullptr : std::get_if<Duration>(value);
  bool const is_exact = length != nullptr && length->months == 0 && length->calendar == nullptr;
  if (length == nullptr || is_exact || *length == never) return value;
  auto const back = negate(*length);
  auto const begin = back ? add(frame.inputs.now, *back, frame.policy().zone) : std::nullopt;
  if (begin) return frame.keep(between(*begin, frame.inputs.now));
  if (length->calendar != nullptr) return value;  // it then compares with nothing
  // Further back than any event can be.
  constexpr std::int64_t ten_thousand_years_s = 315'576'000'000;
  return frame.keep(
      Duration{0, Number{length->months < 0 ? -ten_thousand_years_s : ten_thousand_years_s}});
}

bool reads_item(Expression const& expression) {
  bool found = false;
  compiling::for_each_within(expression, [&found](Expression const& one) {
    found = found || std::holds_alternative<ItemField>(one.form);
  });
  return found;
}

}  // namespace heed::run
