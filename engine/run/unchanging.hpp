#pragma once
#include <utility>
#include <vector>

#include "engine/run/frame.hpp"
#include "engine/run/lent.hpp"

/// Parts of decisions that are the same in every case.
namespace heed::run {

/// What was made of them so far; it outlives the cases. Who decides but once needs none.
struct Unchanging {
  explicit Unchanging(RuleSet const& rules)
      : items(rules.constant_items.size()), reasons(rules.policy.rules.size()) {}

  std::vector<lent::PlanItem const*> items;  // by number of a constant item; null: not made yet
  std::vector<lent::Reason const*> reasons;  // by RuleId; null: not made yet, or of each case
  Room room;                                 // where they live
};

/// Keeps what `make()` answers, made with all that it takes from the frame's room.
template <class Part, class Make>
Part const* keep(Unchanging& unchanging, Frame& frame, Make const& make) {
  std::swap(frame.room, unchanging.room);
  auto& room = frame.room;
  auto* written = new (room.take_many<lent::Written>(1)) lent::Written{&unchanging.room, {}};
  auto* part = new (room.take_many<Part>(1)) Part(make());
  part->written = written;
  std::swap(frame.room, unchanging.room);
  return part;
}

}  // namespace heed::run
