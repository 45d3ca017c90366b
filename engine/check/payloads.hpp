#pragma once
#include "engine/check/draft.hpp"

namespace heed::check {

/// Checks what `source` declares: where in a CRM's own payload each fact stands.
void check_payloads(Draft& draft);

}  // namespace heed::check
