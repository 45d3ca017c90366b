#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "server/seal/key.hpp"
#include "server/store/database.hpp"
#include "server/store/secret.hpp"

/// The keys of subjects, and what is sealed by them. Each subject has one in use; a record without
/// a subject has one of its own. Within the transaction under way.
///
/// Rows of `subject_keys` have one length, are added at the end and never deleted, so that SQLite
/// never moves one and leaves a copy behind: destroying a key writes zeros over it in its place.
namespace heed::store {

/// Whose key: `record` counts where there is no subject.
struct KeyOwner {
  std::string_view subject;
  std::string_view record;
};

/// Seals `text` for a row of this id by its owner's key in use, which is made where there is none.
Expected<std::string, Error> seal_text(Database& database, seal::Key const& master,
                                       KeyOwner const& owner, std::string_view id,
                                       std::string_view text);

/// Opens what was sealed for a row of this id. `master` may be null. Empty stays empty.
Expected<Secret, Error> open_sealed(Database& database, seal::Key const* master,
                                    std::string_view sealed, std::string_view id);

/// The number of its owner's key in use; 0 where there is none.
Expected<std::int64_t, Error> find_key(Database& database, KeyOwner const& owner);

/// Destroys a key: from here on `erased_by`, the sequence of the record that says so, stands in its
/// place.
Expected<Done, Error> destroy_key(Database& database, KeyOwner const& owner, std::int64_t number,
                                  std::int64_t erased_by);

/// The key that sealed something; 0 where that is not to be read from it.
std::int64_t key_number_of(std::string_view sealed);

}  // namespace heed::store
