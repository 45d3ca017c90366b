#pragma once
#include "server/store/log.hpp"

/// Handing decisions to the log, those of many requests at once.
namespace heed::api {

/// Gives an entry to the log together with others of this round of the event loop: a commit costs
/// as much for one as for some dozen. It waits until the round ends, the log is idle and some have
/// come together, or some milliseconds have passed. `callback` is told what became of it, as
/// Log::append says, and also where the log refuses it at once.
void append_together(store::Log& log, store::Entry entry, store::Log::Callback callback);

}  // namespace heed::api
