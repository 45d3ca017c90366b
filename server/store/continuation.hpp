#pragma once
#include <cstdint>

#include "server/store/reader.hpp"

/// How a copy of a log stands to the log whose place it is to take.
namespace heed::store {

enum class Continuation {
  whole,      // it holds every record of the log, perhaps more
  older,      // it is a beginning of the log, and lacks what came after
  forked,     // it begins like the log at most, and goes on otherwise
  other_log,  // it is a copy of another one
};

struct Standing {
  Continuation how = Continuation::whole;
  std::int64_t copy_records = 0, log_records = 0;
};

/// By their roots. Fails as reading does, and with log.corrupt where a tree is damaged.
Expected<Standing, Error> compare(Reader& copy, Reader& log);

}  // namespace heed::store
