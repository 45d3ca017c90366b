#pragma once
#include <string>

#include "engine/base/error.hpp"
#include "engine/base/expected.hpp"

namespace heed::store {

/// A file that is being made, as `NAME.part` beside the name that it is to get. One program at a
/// time; what one that was killed left is cleared away. Gone at the end, unless it got its name.
///
/// Fails with copy.in-use, copy.exists and copy.unwritable.
class PartFile {
 public:
  static Expected<PartFile, Error> make(std::string const& name);
  PartFile(PartFile&& other) noexcept;
  PartFile(PartFile const&) = delete;
  PartFile& operator=(PartFile const&) = delete;
  PartFile& operator=(PartFile&&) = delete;
  ~PartFile();

  std::string const& path() const { return path_; }

  /// Gives it its name, durably, where nothing has that name.
  Expected<Done, Error> place();

  /// The same in the place of what has the name, which is kept as `aside` with what stands beside
  /// it. At every moment there is a file of that name.
  Expected<Done, Error> replace(std::string const& aside);

 private:
  PartFile(std::string name, int handle);
  Failure<Error> failed(std::string const& path) const;

  std::string name_, path_;
  int handle_;
};

/// Whether anything has that name.
bool is_there(std::string const& path);

}  // namespace heed::store
