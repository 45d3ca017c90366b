#pragma once
#include <cstdint>
#include <string>

namespace heed::store {

/// What became of what is sealed in a row when it was read.
enum class Seal {
  none,  // nothing is sealed in it
  opened,
  locked,   // there is no master key at hand
  erased,   // its key was destroyed
  damaged,  // it is not what was sealed, or its key is not
};

/// What is sealed beside a row, as it was read.
struct Secret {
  Seal seal = Seal::none;
  std::string text = {};       // where opened
  std::int64_t key = 0;        // its number
  std::int64_t erased_by = 0;  // where erased: the sequence of the record that says so
};

}  // namespace heed::store
