#pragma once
#include <string>
#include <vector>

#include "server/pages/record.hpp"
#include "server/store/reader.hpp"

namespace heed::api {

/// All that a page says of a record: its case decided again under the policy in the store, with the
/// reasons, and whether its proof holds. Fails as reading the log does.
Expected<pages::ShownRecord, Error> show_record(store::Reader& reader, store::Record const& record);

/// The languages of a page: one by its code, or `both`, of which that of the policy comes first.
std::vector<Language> page_languages(std::string_view asked, pages::ShownRecord const& record);

}  // namespace heed::api
