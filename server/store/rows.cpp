#include "server/store/rows.hpp"

#include "server/store/marks.hpp"

namespace heed::store {

namespace {

constexpr std::string_view old_columns =
    "SELECT r.sequence, r.format, r.kind, r.id, r.at, r.recorded_at, r.subject, r.revision, "
    "r.engine, r.key, r.request, r.previous, r.hash, r.marks, r.\"case\", r.decision, ";

std::string select(std::string_view new_columns, std::string_view rest) {
  return std::string{old_columns}.append(new_columns).append(" FROM records AS r ").append(rest);
}

}  // namespace

std::string select_records(std::string_view rest) {
  return select("r.\"by\", r.trace, r.sealed, r.digests", rest);
}

std::string select_old_records(std::string_view rest) {
  return select("'', '', x'', x''", rest);
}

RecordRow read_row(Query const& query) {
  RecordRow row;
  row.columns = {.sequence = query.integer(0),
                 .format = query.integer(1),
                 .kind = query.bytes(2),
                 .id = query.bytes(3),
                 .at_us = query.integer(4),
                 .recorded_at_us = query.integer(5),
                 .subject = query.bytes(6),
                 .revision = query.bytes(7),
                 .engine = query.bytes(8),
                 .key = query.bytes(9),
                 .request = query.bytes(10),
                 .previous = query.bytes(11),
                 .marks = query.bytes(13)};
  row.hash = query.bytes(12);
  row.case_json = query.bytes(14);
  row.decision_json = query.bytes(15);
  row.columns.by = query.bytes(16);
  row.columns.trace = query.bytes(17);
  row.sealed = query.bytes(18);
  row.digests = query.bytes(19);
  return row;
}

bool fill_digests(RecordRow& row) {
  RecordColumns& columns = row.columns;
  if (row.digests.empty()) {
    columns.case_digest = sha256(row.case_json);
    columns.decision_digest = sha256(row.decision_json);
    if (!row.sealed.empty()) columns.sealed_digest = sha256(row.sealed);
    return true;
  }
  constexpr std::size_t each = sizeof(Digest);
  bool const has_sealed = row.digests.size() == 3 * each;
  if (!has_sealed && row.digests.size() != 2 * each) return false;
  columns.case_digest = to_digest(row.digests.substr(0, each));
  columns.decision_digest = to_digest(row.digests.substr(each, each));
  if (has_sealed) columns.sealed_digest = to_digest(row.digests.substr(2 * each));
  return row.case_json.empty() && row.decision_json.empty() && row.sealed.empty();
}

std::string envelope_of(RecordRow row) {
  fill_digests(row);
  return compose_envelope(row.columns);
}

Record to_record(RecordRow const& row) {
  RecordColumns const& columns = row.columns;
  Record record;
  record.entry = {.kind = std::string{columns.kind},
                  .id = std::string{columns.id},
                  .at_us = columns.at_us,
                  .subject = std::string{columns.subject},
                  .revision = std::string{columns.revision},
                  .engine = std::string{columns.engine},
                  .case_json = std::string{row.case_json},
                  .decision_json = std::string{row.decision_json},
                  .marks = decode(columns.marks),
                  .key = std::string{columns.key},
                  .request = std::string{columns.request},
                  .by = std::string{columns.by},
                  .trace = std::string{columns.trace}};
  record.sequence = columns.sequence;
  record.recorded_at_us = columns.recorded_at_us;
  record.hash = to_digest(row.hash);
  record.is_dropped = !row.digests.empty();
  return record;
}

Expected<Record, Error> to_record(Database& database, seal::Key const* master,
                                  RecordRow const& row) {
  auto secret = open_sealed(database, master, row.sealed, row.columns.id);
  if (!secret) return pass_on(secret);
  Record record = to_record(row);
  record.seal = secret.value().seal;
  record.entry.secret = std::move(secret.value().text);
  return record;
}

Expected<Done, Error> insert_row(Database& database, RecordRow const& row) {
  RecordColumns const& columns = row.columns;
  return database.run("INSERT INTO records VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                      columns.sequence, columns.format, columns.kind, columns.id, columns.at_us,
                      columns.recorded_at_us, columns.subject, columns.revision, columns.engine,
                      columns.key, Blob{columns.request}, Blob{columns.previous}, Blob{row.hash},
                      columns.marks, row.case_json, row.decision_json, columns.by, columns.trace,
                      Blob{row.sealed}, Blob{row.digests});
}

}  // namespace heed::store
