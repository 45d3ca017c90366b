#pragma once
#include <functional>

/// Rounds of an event loop: it handles all that has come in, then looks again what came meanwhile.
namespace heed::http {

/// Runs `work` on the calling thread's event loop, once that has handled what has come in so far;
/// at once on a thread that runs none. So what each of many requests begins can be done together.
void after_round(std::function<void()> work);

}  // namespace heed::http
