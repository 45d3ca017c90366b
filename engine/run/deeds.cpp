#include "engine/run/deeds.hpp"

namespace heed::run {
namespace {

Consequence const& consequence_at(Frame const& frame, Writing const& writing) {
  return frame.policy().rules[index(writing.rule)].then[writing.consequence];
}

}  // namespace

Do const& what_is_done(Frame const& frame, Writing const& writing) {
  auto const& consequence = consequence_at(frame, writing);
  auto const* instead = std::get_if<Instead>(&consequence);
  return instead == nullptr ? std::get<Do>(consequence) : instead->what;
}

Truth find_cause(Frame& frame, Writing const& writing) {
  if (!frame.has_fired(writing.rule) && !frame.is_pending(writing.rule)) return Truth::no;
  auto const own = frame.has_fired(writing.rule) ? Truth::yes : Truth::unknown;
  auto const* instead = std::get_if<Instead>(&consequence_at(frame, writing));
  return instead == nullptr ? own : both(own, is_done(frame, instead->of));
}

Truth is_done(Frame& frame, Writing const& writing) {
  if (writing.is_plain) {
    auto const status = frame.status[index(writing.rule)];
    return status == RuleStatus::fired     ? Truth::yes
           : status == RuleStatus::pending ? Truth::unknown
                                           : Truth::no;
  }
  auto const cause = find_cause(frame, writing);
  if (cause == Truth::no) return cause;
  return both(cause, is_carried_out(frame, what_is_done(frame, writing)));
}

Truth is_done(Frame& frame, ActionId action) {
  if (auto const* memo = frame.done.find(index(action))) return *memo;
  auto truth = Truth::no;
  for (auto const& writing : frame.writers.doing[index(action)])
    truth = either(truth, is_done(frame, writing));
  return frame.done.keep(index(action), truth);
}

}  // namespace heed::run
