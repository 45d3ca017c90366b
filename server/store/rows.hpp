#pragma once
#include <string>
#include <string_view>

#include "server/store/database.hpp"
#include "server/store/envelope.hpp"
#include "server/store/record.hpp"

/// Records as rows of the table `records`.
namespace heed::store {

/// "SELECT … FROM records AS r " and `rest`, with the columns that read_row expects.
std::string select_records(std::string_view rest);

/// A row as it stands, unchecked. Views: until the query moves on.
struct RecordRow {
  RecordColumns columns;  // with the digests left empty
  std::string_view hash;
  std::string_view case_json;
  std::string_view decision_json;
};
RecordRow read_row(Query const& query);

/// The envelope of a row, whose digests are computed for it.
std::string envelope_of(RecordRow row);

/// A row as a record. A hash of a wrong length is read as zeros.
Record to_record(RecordRow const& row);

Expected<Done, Error> insert_row(Database& database, RecordRow const& row);

}  // namespace heed::store
