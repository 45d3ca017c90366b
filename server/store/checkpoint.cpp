#include "server/store/checkpoint.hpp"

namespace heed::store {

std::string origin_of(std::string_view store_id) {
  return "heed/" + std::string{store_id};
}

Expected<std::vector<Signer>, Error> read_signers(Database& database) {
  auto rows =
      database.query("SELECT number, verifier_key, since, handover FROM signers ORDER BY number");
  if (!rows) return pass_on(rows);
  std::vector<Signer> signers;
  while (true) {
    auto const row = rows.value().next();
    if (!row) return pass_on(row);
    if (row.value() == Row::none) return signers;
    signers.push_back({rows.value().integer(0), std::string{rows.value().bytes(1)},
                       rows.value().integer(2), std::string{rows.value().bytes(3)}});
  }
}

Expected<Done, Error> insert_signer(Database& database, Signer const& signer) {
  return database.run("INSERT INTO signers VALUES (?, ?, ?, ?)", signer.number, signer.verifier_key,
                      signer.since, signer.handover);
}

// The keys' texts hold nothing that JSON escapes: proof::is_key_name.
std::string rotation_text(std::string_view key, std::string_view replaced) {
  return R"({"key":")" + std::string{key} + R"(","replaces":")" + std::string{replaced} + "\"}";
}

Expected<SignedHead, Error> read_signed_head(Database& database) {
  auto read = database.query("SELECT signer, sequence, note FROM checkpoint");
  if (!read) return pass_on(read);
  auto const row = read.value().next();
  if (!row) return pass_on(row);
  if (row.value() == Row::none) return SignedHead{};
  return SignedHead{read.value().integer(0), read.value().integer(1),
                    std::string{read.value().bytes(2)}};
}

Expected<Done, Error> write_signed_head(Database& database, SignedHead const& head) {
  return database.run("UPDATE checkpoint SET signer = ?, sequence = ?, note = ?", head.signer,
                      head.sequence, head.note);
}

}  // namespace heed::store
