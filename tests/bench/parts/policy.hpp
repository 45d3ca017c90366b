#pragma once
#include <string>

/// A policy of any size and a case for it, always the same, for what is measured inside one
/// program. Against other engines see tests/bench/peers.
namespace heed::bench {

/// Rules over choices, numbers and flags, of which about eight fire.
std::string policy_text(int rules);
/// A case of some 700 bytes.
std::string case_text(int number);

/// Rules that look for phrases in a text.
std::string phrases_text(int phrases);
/// Rules over windows of time.
std::string history_text();

}  // namespace heed::bench
