#include "server/api/proof_text.hpp"

#include "engine/base/hex.hpp"
#include "server/http/problem.hpp"

namespace heed::api {
namespace {

std::string text_of(std::int64_t number) {
  return std::to_string(number);
}

void append_member(std::string& out, std::string_view name, std::string_view value) {
  out.append(",\"").append(name).append("\":");
  http::append_json(out, value);
}

// What both proofs end with: the signed head, and the key to look for under it.
Expected<std::string, Error> with_head(store::Reader& reader, std::string proof,
                                       store::SignedHead const& head) {
  auto const signers = reader.signers();
  if (!signers) return Failure<Error>{signers.error()};
  append_member(proof, "checkpoint", head.note);
  for (auto const& signer : signers.value()) {
    if (signer.number == head.signer) append_member(proof, "verifier_key", signer.verifier_key);
  }
  return proof + "}";
}

}  // namespace

std::string hashes_json(std::vector<proof::Digest> const& hashes) {
  std::string out = "[";
  for (auto const& hash : hashes) out += (out.size() > 1 ? ",\"" : "\"") + to_hex(hash) + "\"";
  return out + "]";
}

Expected<std::optional<ProvedRecord>, Error> find_proved(store::Reader& reader,
                                                         std::int64_t sequence) {
  std::optional<ProvedRecord> found;
  auto const visited = reader.visit(sequence, [&](store::RecordRow const& row) {
    if (row.columns.sequence != sequence) return store::Visit::stop;
    found = {sequence, std::string{row.columns.id}, store::envelope_of(row)};
    return store::Visit::stop;
  });
  if (!visited) return Failure<Error>{visited.error()};
  return found;
}

Expected<std::string, Error> inclusion_json(store::Reader& reader, ProvedRecord const& record,
                                            store::SignedHead const& head) {
  if (record.sequence > head.sequence) {
    return Failure<Error>{{"log.unsigned",
                           "no signed head covers record " + text_of(record.sequence) + " yet",
                           "the server signs within a moment; where none runs, the next start "
                           "does"}};
  }
  auto const path = reader.tiles().hash(proof::inclusion_path(record.sequence - 1, head.sequence));
  if (!path) return Failure<Error>{path.error()};
  std::string proof = "{\"id\":\"" + record.id + "\",\"sequence\":" + text_of(record.sequence) +
                      ",\"leaf_index\":" + text_of(record.sequence - 1) +
                      ",\"tree_size\":" + text_of(head.sequence);
  append_member(proof, "record", record.envelope);
  append_member(proof, "leaf_hash", to_hex(proof::hash_leaf(record.envelope)));
  proof += ",\"path\":" + hashes_json(path.value());
  return with_head(reader, std::move(proof), head);
}

Expected<std::string, Error> consistency_json(store::Reader& reader, std::int64_t from,
                                              store::SignedHead const& head) {
  if (from > head.sequence) {
    return Failure<Error>{
        {"log.shorter",
         "the log has " + text_of(head.sequence) + " records, fewer than " + text_of(from),
         "where a head over more was signed, keep it: the log was cut off"}};
  }
  auto const path = reader.tiles().hash(proof::consistency_path(from, head.sequence));
  if (!path) return Failure<Error>{path.error()};
  return with_head(reader,
                   "{\"from\":" + text_of(from) + ",\"to\":" + text_of(head.sequence) +
                       ",\"path\":" + hashes_json(path.value()),
                   head);
}

}  // namespace heed::api
