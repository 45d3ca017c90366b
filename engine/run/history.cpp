#include "engine/run/evaluate.hpp"

/// Events of the past.
namespace heed::run {

Outcome evaluate(Frame&, EventWindow const&) {
  ensure(false);  // refused by the checker
  return {};
}

Outcome evaluate(Frame&, TimeSince const&) {
  ensure(false);  // refused by the checker
  return {};
}

}  // namespace heed::run
