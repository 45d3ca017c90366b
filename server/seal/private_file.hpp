#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/error.hpp"
#include "engine/base/expected.hpp"

/// A small file with a secret, for its owner alone.
namespace heed::seal {

/// What is said of it.
struct PrivateFile {
  std::string_view what;                             // "the log's key"
  std::string_view exposed, unreadable, unwritable;  // codes of refusals
  std::string_view after_exposure;                   // what to do where somebody may have read it
};

/// Its text, without a line end; nothing where there is no file.
///
/// Fails with `exposed` where others may read or write it, or it is no plain file; `unreadable`.
Expected<std::optional<std::string>, Error> read_private_file(std::string const& path,
                                                              PrivateFile const& kind);

/// Puts a line in the place of the file, whole or not at all, with mode 0600. Fails with
/// `unwritable`.
Expected<Done, Error> write_private_file(std::string const& path, std::string_view text,
                                         PrivateFile const& kind);

/// Gives the file `from` the name `to`, durably. Fails with `unwritable`.
Expected<Done, Error> move_private_file(std::string const& from, std::string const& to,
                                        PrivateFile const& kind);

}  // namespace heed::seal
