#pragma once
#include <string>
#include <string_view>

#include "server/store/database.hpp"
#include "server/store/envelope.hpp"
#include "server/store/record.hpp"
#include "server/store/sealing.hpp"

/// Records as rows of the table `records`.
namespace heed::store {

/// "SELECT … FROM records AS r " and `rest`, with the columns that read_row expects.
std::string select_records(std::string_view rest);
/// The same of a table from before version 4, which lacks some of them.
std::string select_old_records(std::string_view rest);

/// A row as it stands, unchecked. Views: until the query moves on.
struct RecordRow {
  RecordColumns columns;  // with the digests left empty
  std::string_view hash;
  std::string_view case_json;
  std::string_view decision_json;
  std::string_view sealed = {};
  /// Of case, decision and sealed, one after the other, where these are gone; empty where they are
  /// there. That of `sealed` is missing where nothing was sealed.
  std::string_view digests = {};
  Secret const* secret = nullptr;  // where the row was read to be shown: what is sealed
};
RecordRow read_row(Query const& query);

/// Fills in the digests of the columns: computed, or as they were kept. False where the kept ones
/// are not of that form, or beside what they stand for.
bool fill_digests(RecordRow& row);

/// The envelope of a row, whose digests are filled in for it.
std::string envelope_of(RecordRow row);

/// A row as a record. A hash of a wrong length is read as zeros.
Record to_record(RecordRow const& row);
/// The same with what is sealed, which is opened where it can be; `master` may be null.
Expected<Record, Error> to_record(Database& database, seal::Key const* master,
                                  RecordRow const& row);

Expected<Done, Error> insert_row(Database& database, RecordRow const& row);

}  // namespace heed::store
