#include "server/store/list.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <limits>

#include "server/store/head.hpp"
#include "server/store/index.hpp"
#include "server/store/rows.hpp"

namespace heed::store {
namespace {

constexpr std::int64_t no_earlier = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t no_later = std::numeric_limits<std::int64_t>::max();

// A filter in the words of the tables.
struct Search {
  seal::Key const* master;
  Filter const& filter;
  Order order;
  std::vector<std::string> terms;  // what the index can answer
  std::vector<std::string> lines;  // what the marks column must contain; always four
  std::int64_t from_us;
  std::int64_t until_us;
  SpanTimes& times;

  bool asks_for_time() const { return from_us != no_earlier || until_us != no_later; }
};

Search plan(seal::Key const* master, SpanTimes& times, Filter const& filter, Order order) {
  Search search{master,
                filter,
                order,
                {},
                {},
                filter.from_us.value_or(no_earlier),
                filter.until_us.value_or(no_later),
                times};
  auto const add = [&](char const* kind, std::string const& name) {
    if (!name.empty()) search.terms.push_back(kind + name);
  };
  // The rarest first: where it is not in a block, the others are not asked for.
  add("subject:", filter.subject);
  add("role:", filter.role);
  add("action:", filter.action);
  add("need:", filter.need);
  add("rule:", filter.rule);
  add("revision:", filter.revision);
  auto const contain = [&](std::string line, bool asked) {
    search.lines.push_back(asked ? std::move(line) : "");
  };
  contain(
      "\nneed:" + filter.need + "=" + (filter.need_state.empty() ? "" : filter.need_state + "\n"),
      !filter.need.empty());
  contain("\nrule:" + filter.rule + "\n", !filter.rule.empty());
  contain("\naction:" + filter.action + "\n", !filter.action.empty());
  contain("\nrole:" + filter.role + "\n", !filter.role.empty());
  return search;
}

// Records from `first` to `last`, both included.
struct Range {
  std::int64_t first;
  std::int64_t last;
};

std::string const& select_matching(Order order) {
  static std::string const where =
      "WHERE r.sequence BETWEEN ?1 AND ?2 AND r.at >= ?3 AND (r.at < ?4 OR ?4 = " +
      std::to_string(no_later) +
      ") AND (?5 = '' OR r.subject = ?5) AND (?6 = '' OR r.revision = ?6) "
      "AND (?7 = '' OR r.kind = ?7) AND (?8 = '' OR instr(r.marks, ?8)) "
      "AND (?9 = '' OR instr(r.marks, ?9)) AND (?10 = '' OR instr(r.marks, ?10)) "
      "AND (?11 = '' OR instr(r.marks, ?11)) AND (?13 = '' OR r.\"by\" = ?13) "
      "ORDER BY r.sequence ";
  static std::string const up = select_records(where + "LIMIT ?12");
  static std::string const down = select_records(where + "DESC LIMIT ?12");
  return order == Order::oldest_first ? up : down;
}

// Adds what matches in the range to the page, up to `limit` records in all.
Expected<Done, Error> take(Database& database, Search const& search, Range range, std::size_t limit,
                           std::vector<Record>& records) {
  auto const rest = static_cast<std::int64_t>(limit - records.size());
  if (rest == 0 || range.first > range.last) return Done{};
  auto rows = database.query(select_matching(search.order), range.first, range.last, search.from_us,
                             search.until_us, search.filter.subject, search.filter.revision,
                             search.filter.kind, search.lines[0], search.lines[1], search.lines[2],
                             search.lines[3], rest, search.filter.by);
  if (!rows) return pass_on(rows);
  while (true) {
    auto const row = rows.value().next();
    if (!row) return pass_on(row);
    if (row.value() == Row::none) return Done{};
    auto record = to_record(database, search.master, read_row(rows.value()));
    if (!record) return pass_on(record);
    records.push_back(std::move(record).value());
  }
}

// Where the search goes on within an indexed block: all places that every term stands at.
Expected<Places, Error> candidates(Database& database, Search const& search, std::int64_t block) {
  Places places;
  places.set();
  for (std::string const& term : search.terms) {
    auto const found = find_places(database, term, block);
    if (!found) return found;
    places &= found.value();
    if (places.none()) break;
  }
  return places;
}

// What there is to look through: blocks, the first of them in whole spans.
struct Indexed {
  std::int64_t last;        // block, in the order of the search
  std::int64_t spans_full;  // from 1
};

enum class Asked { time, time_and_term };

// The next block from `block` to `last`, in the order of the search, that holds a record of its
// time and, where that is asked, one with its first term; 0 for none.
Expected<std::int64_t, Error> next_in_blocks(Database& database, Search const& search, Asked asked,
                                             std::int64_t block, std::int64_t last) {
  static std::string const term = "CROSS JOIN postings p ON p.block = b.block AND p.term = ?5 ";
  static auto const select = [](std::string const& join, char const* end) {
    return "SELECT b.block FROM blocks b " + join +
           "WHERE b.block BETWEEN ?1 AND ?2 AND b.at_last >= ?3 AND b.at_first <= ?4 AND ?5 = ?5 "
           "ORDER BY b.block " +
           end;
  };
  static std::string const statements[2][2] = {
      {select("", "DESC LIMIT 1"), select("", "LIMIT 1")},
      {select(term, "DESC LIMIT 1"), select(term, "LIMIT 1")}};
  static std::string const none;
  auto const has_term = asked == Asked::time_and_term;
  auto const& statement = statements[has_term ? 1 : 0][search.order == Order::oldest_first ? 1 : 0];
  auto found =
      database.query(statement, std::min(block, last), std::max(block, last), search.from_us,
                     search.until_us, has_term ? search.terms.front() : none);
  if (!found) return pass_on(found);
  auto const row = found.value().next();
  if (!row) return pass_on(row);
  return row.value() == Row::none ? 0 : found.value().integer(0);
}

// The next block of full spans, `block` among them, that may hold a record of its time; 0 for none.
Expected<std::int64_t, Error> next_of_its_time(Database& database, Search const& search,
                                               std::int64_t block, std::int64_t last) {
  if (!search.asks_for_time()) return block;
  bool const up = search.order == Order::oldest_first;
  while (up ? block <= last : block >= last) {
    auto const span =
        search.times.find(span_of(block), span_of(last), search.from_us, search.until_us);
    if (span == 0) return 0;
    auto const first = first_block_of(span), end = first_block_of(span + 1) - 1;
    block = up ? std::max(block, first) : std::min(block, end);
    auto const to = up ? std::min(last, end) : std::max(last, first);
    auto const found = next_in_blocks(database, search, Asked::time, block, to);
    if (!found || found.value() != 0) return found;
    block = to + (up ? 1 : -1);
  }
  return 0;
}

// The next block of full spans with a record of its time and, where terms are asked for, one with
// the first of them.
Expected<std::int64_t, Error> next_in_spans(Database& database, Search const& search,
                                            std::int64_t block, std::int64_t last) {
  bool const up = search.order == Order::oldest_first;
  while (up ? block <= last : block >= last) {
    auto const of_its_time = next_of_its_time(database, search, block, last);
    if (!of_its_time || of_its_time.value() == 0 || search.terms.empty()) return of_its_time;
    block = of_its_time.value();
    auto found = find_span(database, search.terms.front(), span_of(block), span_of(last));
    if (!found) return pass_on(found);
    auto [span, blocks] = found.value();
    if (span == 0) return 0;
    auto const first = first_block_of(span);
    if (span == span_of(block))
      blocks &=
          up ? ~std::uint64_t{0} << (block - first) : ~std::uint64_t{0} >> (63 - (block - first));
    if (blocks == 0) {
      block = up ? first + span_blocks : first - 1;
      continue;
    }
    auto const with_term = first + (up ? std::countr_zero(blocks) : 63 - std::countl_zero(blocks));
    if (up ? with_term > last : with_term < last) return 0;
    if (with_term == block || !search.asks_for_time()) return with_term;
    block = with_term;
  }
  return 0;
}

Expected<std::int64_t, Error> next_block(Database& database, Search const& search,
                                         std::int64_t block, Indexed indexed) {
  auto const last = indexed.last, in_spans = indexed.spans_full * span_blocks;
  auto const asked = search.terms.empty() ? Asked::time : Asked::time_and_term;
  if (std::min(block, last) > in_spans) return next_in_blocks(database, search, asked, block, last);
  if (std::max(block, last) <= in_spans) return next_in_spans(database, search, block, last);
  bool const up = search.order == Order::oldest_first;
  auto const found = up ? next_in_spans(database, search, block, in_spans)
                        : next_in_blocks(database, search, asked, block, in_spans + 1);
  if (!found || found.value() != 0) return found;
  return up ? next_in_blocks(database, search, asked, in_spans + 1, last)
            : next_in_spans(database, search, in_spans, last);
}

Expected<Done, Error> take_block(Database& database, Search const& search, std::int64_t block,
                                 Range within, std::size_t limit, std::vector<Record>& records) {
  std::int64_t const first = first_of(block);
  Range const range{std::max(within.first, first), std::min(within.last, first_of(block + 1) - 1)};
  if (search.terms.empty()) return take(database, search, range, limit, records);
  auto const places = candidates(database, search, block);
  if (!places) return pass_on(places);
  for (std::int64_t step = 0; step < block_records && records.size() < limit; ++step) {
    std::int64_t const place =
        search.order == Order::oldest_first ? step : block_records - 1 - step;
    std::int64_t const sequence = first + place;
    if (!places.value()[static_cast<std::size_t>(place)]) continue;
    if (sequence < range.first || sequence > range.last) continue;
    if (auto taken = take(database, search, {sequence, sequence}, limit, records); !taken) {
      return taken;
    }
  }
  return Done{};
}

// Goes through the indexed blocks of `within`; answers the record up to which it has looked.
Expected<std::int64_t, Error> take_indexed(Database& database, Search const& search, Range within,
                                           std::size_t limit, std::int64_t spans_full,
                                           std::vector<Record>& records) {
  bool const up = search.order == Order::oldest_first;
  std::int64_t const end = up ? within.last : within.first, step = up ? 1 : -1;
  std::int64_t block = block_of(up ? within.first : within.last);
  for (std::size_t looked = 0; records.size() < limit; ++looked, block += step) {
    if ((block_of(end) - block) * step < 0) return end;
    auto const next = next_block(database, search, block, {block_of(end), spans_full});
    if (!next) return next;
    if (next.value() == 0) return end;
    block = next.value();
    if (looked == limits::log_scan_blocks_max)
      return up ? first_of(block) - 1 : first_of(block + 1);
    if (auto taken = take_block(database, search, block, within, limit, records); !taken) {
      return pass_on(taken);
    }
  }
  return records.back().sequence;
}

Expected<std::int64_t, Error> read_cursor(std::string const& cursor, Order order) {
  std::int64_t sequence = 0;
  char const* const end = cursor.data() + cursor.size();
  char const letter = order == Order::oldest_first ? 'o' : 'n';
  if (cursor.size() > 1 && cursor[0] == letter) {
    auto const read = std::from_chars(cursor.data() + 1, end, sequence);
    if (read.ec == std::errc{} && read.ptr == end && sequence > 0) return sequence;
  }
  return Failure<Error>{{"log.bad-cursor", "`" + cursor + "` is not a cursor of this list",
                         "take it from the page before, with the same order"}};
}

Expected<Page, Error> list_within(Database& database, Search const& search,
                                  PageRequest const& request) {
  auto const head = read_head(database);
  if (!head) return pass_on(head);
  bool const up = request.order == Order::oldest_first;
  std::size_t const limit = std::clamp(request.limit, std::size_t{1}, limits::log_page_records_max);
  Range rest{1, head.value().sequence};
  if (!request.cursor.empty()) {
    auto const cursor = read_cursor(request.cursor, request.order);
    if (!cursor) return pass_on(cursor);
    (up ? rest.first : rest.last) =
        up ? cursor.value() + 1 : std::min(rest.last, cursor.value() - 1);
  }
  std::int64_t const indexed = first_of(head.value().blocks_indexed + 1) - 1;
  Range const tail{std::max(rest.first, indexed + 1), rest.last};
  Range const blocks{rest.first, std::min(rest.last, indexed)};
  Page page;
  std::int64_t looked_to = up ? blocks.last : blocks.first;
  if (!up) {
    if (auto taken = take(database, search, tail, limit, page.records); !taken) {
      return pass_on(taken);
    }
  }
  if (blocks.first <= blocks.last && page.records.size() < limit) {
    auto const spans_full = head.value().blocks_indexed / span_blocks;
    if (auto read = search.times.read(database, search.asks_for_time() ? spans_full : 0); !read)
      return pass_on(read);
    auto const looked = take_indexed(database, search, blocks, limit, spans_full, page.records);
    if (!looked) return pass_on(looked);
    looked_to = looked.value();
  }
  bool const all_blocks = looked_to == (up ? blocks.last : blocks.first);
  if (up && all_blocks) {
    if (auto taken = take(database, search, tail, limit, page.records); !taken) {
      return pass_on(taken);
    }
  }
  if (page.records.size() == limit) looked_to = page.records.back().sequence;
  bool const more = page.records.size() == limit || !all_blocks;
  if (more && looked_to != (up ? rest.last : rest.first)) {
    page.next = (up ? "o" : "n") + std::to_string(looked_to);
  }
  return page;
}

}  // namespace

Expected<Page, Error> list_records(Database& database, seal::Key const* master, SpanTimes& times,
                                   Filter const& filter, PageRequest const& request) {
  if (auto begun = database.run("BEGIN"); !begun) return pass_on(begun);
  auto const search = plan(master, times, filter, request.order);
  auto page = list_within(database, search, request);
  database.roll_back();
  return page;
}

}  // namespace heed::store
