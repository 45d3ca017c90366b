#pragma once
#include <string>
#include <string_view>

#include "engine/advisor.hpp"
#include "engine/base/error.hpp"
#include "engine/base/expected.hpp"
#include "server/store/reader.hpp"

namespace heed::api {

/// What a record of this kind says, in a few words.
std::string_view kind_words(std::string_view kind, Language language);

/// A record as JSON: schemas/record.schema.json. The case and the decision stand in it as they were
/// logged. Times are RFC 3339 in UTC.
std::string record_json(store::Record const& record);

/// A record as a person reads it: who, when, by which policy, and the decision in words, computed
/// again from the logged case under the policy in the store. Fails with log.no-policy or
/// log.unreadable where that cannot be done.
Expected<std::string, Error> record_words(store::Reader& reader, store::Record const& record,
                                          Language language);

}  // namespace heed::api
