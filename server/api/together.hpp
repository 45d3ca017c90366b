#pragma once
#include "server/store/log.hpp"

/// Handing decisions to the log, those of many requests at once.
namespace heed::api {

/// Gives an entry to the log together with all others of this round of the event loop, at the
/// latest after some milliseconds: a commit costs as much for one as for some dozen. `callback` is
/// told what became of it, as Log::append says, and also where the log refuses it at once.
void append_together(store::Log& log, store::Entry entry, store::Log::Callback callback);

}  // namespace heed::api
