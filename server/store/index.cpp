#include "server/store/index.hpp"

#include <algorithm>

namespace heed::store {
namespace {

Expected<BlockIndex, Error> gather(Database& database, std::int64_t block) {
  auto rows = database.query(
      "SELECT sequence, at, subject, revision, marks FROM records "
      "WHERE sequence BETWEEN ? AND ? ORDER BY sequence",
      first_of(block), first_of(block + 1) - 1);
  if (!rows) return pass_on(rows);
  BlockIndex index;
  while (true) {
    auto const row = rows.value().next();
    if (!row) return pass_on(row);
    if (row.value() == Row::none) return index;
    Query const& read = rows.value();
    index.add(read.integer(0), read.integer(1), read.bytes(2), read.bytes(3), read.bytes(4));
  }
}

Expected<Done, Error> write_block(Database& database, BlockIndex const& index) {
  if (auto written = database.run("INSERT INTO blocks VALUES (?, ?, ?)", index.block,
                                  index.at_first, index.at_last);
      !written) {
    return written;
  }
  for (auto const& [term, places] : sorted_terms(index)) {
    std::string const bytes = encode(places);
    if (auto written =
            database.run("INSERT INTO postings VALUES (?, ?, ?)", index.block, term, Blob{bytes});
        !written) {
      return written;
    }
  }
  return Done{};
}

}  // namespace

std::string encode(Places const& places) {
  std::string bytes;
  for (std::size_t place = 0; place < places.size(); ++place) {
    if (places[place]) bytes += static_cast<char>(place);
  }
  return bytes;
}

Places decode_places(std::string_view bytes) {
  Places places;
  for (char const byte : bytes) places.set(static_cast<unsigned char>(byte));
  return places;
}

void BlockIndex::add(std::int64_t sequence, std::int64_t at_us, std::string_view subject,
                     std::string_view revision, std::string_view marks) {
  bool const first = block == 0;
  block = block_of(sequence);
  at_first = first ? at_us : std::min(at_first, at_us);
  at_last = first ? at_us : std::max(at_last, at_us);
  auto const place = static_cast<std::size_t>(sequence - first_of(block));
  auto const mark = [&](std::string_view term) {
    auto known = terms.find(term);
    if (known == terms.end()) known = terms.emplace(std::string{term}, Places{}).first;
    known->second.set(place);
  };
  if (!subject.empty()) mark("subject:" + std::string{subject});
  if (!revision.empty()) mark("revision:" + std::string{revision});
  for (std::string_view const line : mark_lines(marks)) mark(index_term(line));
}

std::vector<std::pair<std::string_view, Places>> sorted_terms(BlockIndex const& index) {
  std::vector<std::pair<std::string_view, Places>> sorted{index.terms.begin(), index.terms.end()};
  std::ranges::sort(sorted, {}, &std::pair<std::string_view, Places>::first);
  return sorted;
}

Expected<std::int64_t, Error> index_full_blocks(Database& database, std::int64_t blocks_indexed,
                                                std::int64_t last) {
  for (; first_of(blocks_indexed + 2) - 1 <= last; ++blocks_indexed) {
    auto const index = gather(database, blocks_indexed + 1);
    if (!index) return pass_on(index);
    if (auto written = write_block(database, index.value()); !written) return pass_on(written);
    if (index.value().block % span_blocks != 0) continue;
    static std::string const insert = "INSERT INTO spans " + std::string{select_span};
    auto written = database.run(insert, span_of(index.value().block));
    if (!written) return pass_on(written);
  }
  return blocks_indexed;
}

Expected<MarkedBlocks, Error> find_span(Database& database, std::string_view term,
                                        std::int64_t from, std::int64_t to) {
  std::int64_t const step = from <= to ? 1 : -1;
  auto row = database.query(
      "WITH RECURSIVE at(span) AS (SELECT ?1 UNION ALL SELECT span + ?3 FROM at WHERE span <> ?2) "
      "SELECT s.span, s.blocks FROM at CROSS JOIN spans s ON s.span = at.span AND s.term = ?4 "
      "LIMIT 1",
      from, to, step, term);
  if (!row) return pass_on(row);
  auto const found = row.value().next();
  if (!found) return pass_on(found);
  if (found.value() == Row::none) return MarkedBlocks{};
  return MarkedBlocks{row.value().integer(0), static_cast<std::uint64_t>(row.value().integer(1))};
}

Expected<Places, Error> find_places(Database& database, std::string_view term, std::int64_t block) {
  auto row =
      database.query("SELECT places FROM postings WHERE block = ? AND term = ?", block, term);
  if (!row) return pass_on(row);
  auto const found = row.value().next();
  if (!found) return pass_on(found);
  return found.value() == Row::none ? Places{} : decode_places(row.value().bytes(0));
}

}  // namespace heed::store
