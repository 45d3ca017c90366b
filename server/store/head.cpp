#include "server/store/head.hpp"

namespace heed::store {

Expected<Head, Error> read_head(Database& database) {
  auto read = database.query("SELECT sequence, root, blocks_indexed, keys_expired FROM head");
  if (!read) return pass_on(read);
  auto const row = read.value().next();
  if (!row) return pass_on(row);
  std::string_view const root = row.value() == Row::ready ? read.value().bytes(1) : "";
  if (root.size() != sizeof(Digest)) {
    return Failure<Error>{{"log.corrupt", "the log has lost its head",
                           "keep the file as it is and restore a backup"}};
  }
  return Head{read.value().integer(0), to_digest(root), read.value().integer(2),
              read.value().integer(3)};
}

Expected<Done, Error> write_head(Database& database, Head const& head) {
  return database.run(
      "UPDATE head SET sequence = ?, root = ?, blocks_indexed = ?, keys_expired = ?", head.sequence,
      Blob{as_bytes(head.root)}, head.blocks_indexed, head.keys_expired);
}

}  // namespace heed::store
