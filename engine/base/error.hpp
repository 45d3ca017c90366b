#pragma once
#include <string>
#include <string_view>

namespace heed {

/// Something of the world that did not work out, for the caller or the operator.
struct Error {
  std::string_view code;  // stable, e.g. "log.full"; always a literal
  std::string message;    // lower case, no full stop: what is wrong and where
  std::string help;       // what to do about it; empty where the message says it all
};

}  // namespace heed
