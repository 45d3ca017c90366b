#include "server/store/verify.hpp"

#include <map>
#include <utility>

#include "engine/base/hex.hpp"
#include "server/store/kinds.hpp"
#include "server/store/revision.hpp"
#include "server/store/verify_decisions.hpp"
#include "server/store/verify_seals.hpp"
#include "server/store/verify_surplus.hpp"
#include "server/store/verify_tables.hpp"
#include "server/store/verify_tree.hpp"

namespace heed::store {
namespace {

std::string text_of(std::int64_t number) {
  return std::to_string(number);
}

// One pass over the log, with what must be remembered from one record to the next.
struct Pass {
  VerifyOptions const& options;
  WaitingDecisions decisions{options.checks};
  SealCheck seals;
  TreeCheck tree = {};
  ActivationCheck activations = {};
  Head head = {};        // as it was when the pass began
  Digest previous = {};  // the hash that the next record of format 1 must be bound to
  std::int64_t records = 0;
  std::int64_t terms = 0;  // of all blocks that hold
  BlockIndex block = {};   // what the index must hold for the block under way
  std::map<std::string, StoredPolicy, std::less<>> policies = {};
};

// Whether the record is the next one and has the hash that its columns give.
std::optional<Problem> examine_columns(Pass const& pass, RecordRow const& row) {
  RecordColumns const& columns = row.columns;
  std::int64_t const sequence = pass.records + 1;
  if (columns.sequence != sequence) {
    return Problem{"verify.gap", sequence, text_of(sequence), text_of(columns.sequence),
                   "record " + text_of(sequence) + " is missing"};
  }
  if (columns.format < chained_format || columns.format > envelope_format) {
    return Problem{"verify.format", sequence, text_of(envelope_format), text_of(columns.format),
                   "the record is of a form that this program does not know"};
  }
  bool const has_new_columns =
      !columns.by.empty() || !columns.trace.empty() || columns.sealed_digest;
  if (columns.format < envelope_format && has_new_columns) {
    return Problem{"verify.format", sequence, "", "",
                   "the record says more than its form can hold"};
  }
  std::string_view const previous =
      columns.format == chained_format ? as_bytes(pass.previous) : std::string_view{};
  if (columns.previous != previous) {
    return Problem{"verify.link", sequence, to_hex(previous), to_hex(columns.previous),
                   columns.format != chained_format ? "the record has a link that its form has not"
                   : sequence == 1                  ? "the first record is not bound to this log"
                                   : "the record is not bound to the one before it"};
  }
  Digest const hash = hash_record(columns);
  if (row.hash != as_bytes(hash)) {
    return Problem{"verify.hash", sequence, to_hex(row.hash), to_hex(hash),
                   "the record is not what was written"};
  }
  return std::nullopt;
}

Finding examine_policy(Database& database, Pass& pass, RecordColumns const& record) {
  if (record.revision.empty() || pass.policies.contains(record.revision)) {
    return std::optional<Problem>{};
  }
  std::string const revision{record.revision};
  auto stored = find_policy(database, revision);
  if (!stored) return pass_on(stored);
  if (!stored.value()) {
    return std::optional{Problem{"verify.no-policy", record.sequence, revision, "",
                                 "the sources of the policy that decided the record are missing"}};
  }
  StoredPolicy& policy = *stored.value();
  std::string const computed =
      pass.options.revision ? pass.options.revision(policy.sources) : revision_of(policy.sources);
  if (computed != revision) {
    return std::optional{
        Problem{"verify.policy", record.sequence, revision, computed,
                "the stored sources are not those of the policy that decided the record"}};
  }
  pass.policies.emplace(revision, std::move(policy));
  return std::optional<Problem>{};
}

Finding examine_record(Database& database, Pass& pass, RecordRow row) {
  RecordColumns const& columns = row.columns;
  if (!fill_digests(row) || (!row.digests.empty() && columns.kind != kinds::decision)) {
    return std::optional{Problem{"verify.dropped", pass.records + 1, "", "",
                                 "what is kept of the record is not what a dropped one leaves"}};
  }
  if (auto problem = examine_columns(pass, row)) return problem;
  if (auto const wrong = objection_to(columns, row.case_json, row.decision_json); !wrong.empty()) {
    return std::optional{Problem{"verify.kind", columns.sequence, "", std::string{columns.kind},
                                 std::string{wrong}}};
  }
  Digest const leaf = columns.format == chained_format ? leaf_of(columns) : to_digest(row.hash);
  if (auto found = pass.tree.add(database, row, leaf); !found || found.value()) return found;
  if (auto found = examine_policy(database, pass, columns); !found || found.value()) return found;
  if (auto problem = pass.activations.add(row)) return problem;
  if (auto found = examine_key(database, columns); !found || found.value()) return found;
  Secret secret;
  if (auto found = pass.seals.add(database, row, secret); !found || found.value()) return found;
  bool const is_readable =
      row.digests.empty() && (secret.seal == Seal::none || secret.seal == Seal::opened);
  auto const policy = pass.policies.find(columns.revision);
  if (!pass.options.checks.empty() && is_readable) {
    Record record = to_record(row);
    record.seal = secret.seal;
    record.entry.secret = std::move(secret.text);
    pass.decisions.add(std::move(record),
                       policy == pass.policies.end() ? nullptr : &policy->second);
  }
  pass.block.add(columns.sequence, columns.at_us, columns.subject, columns.revision, columns.marks);
  pass.previous = to_digest(row.hash);
  ++pass.records;
  return std::optional<Problem>{};
}

// A decision that does not hold comes before what was found behind it. Where nothing was, decisions
// are computed while the next rows are read.
Finding examine_decisions(Pass& pass, Finding found) {
  bool const goes_on = found && !found.value();
  auto problem = goes_on ? pass.decisions.examine_ahead() : pass.decisions.examine();
  if (!problem) return found;
  pass.records = problem->sequence - 1;
  return problem;
}

// Examines the rows of the next block.
Finding examine_rows(Database& database, Pass& pass) {
  static std::string const sql =
      select_records("WHERE r.sequence BETWEEN ? AND ? ORDER BY r.sequence");
  std::int64_t const number = block_of(pass.records + 1);
  std::int64_t const last = std::min(first_of(number + 1) - 1, pass.head.sequence);
  auto rows = database.query(sql, pass.records + 1, last);
  if (!rows) return pass_on(rows);
  pass.block = {};
  while (true) {
    auto const row = rows.value().next();
    if (!row) return pass_on(row);
    if (row.value() == Row::none) break;
    auto found = examine_record(database, pass, read_row(rows.value()));
    if (found && !found.value() && pass.decisions.is_full())
      found = examine_decisions(pass, std::move(found));
    if (!found || found.value()) return found;
  }
  if (pass.records < last) {
    std::int64_t const missing = pass.records + 1;
    return std::optional{Problem{"verify.gap", missing, text_of(missing), "",
                                 "record " + text_of(missing) + " is missing"}};
  }
  return std::optional<Problem>{};
}

// The same, with their decisions and their index, where the pass knows the block as indexed.
Finding examine_next_block(Database& database, Pass& pass) {
  auto rows = examine_rows(database, pass);
  auto found = examine_decisions(pass, std::move(rows));
  if (!found || found.value() || pass.block.block > pass.head.blocks_indexed) return found;
  pass.terms += std::ssize(pass.block.terms);
  return examine_block(database, pass.block);
}

std::optional<Problem> examine_blocks(Pass const& pass) {
  Head const& head = pass.head;
  std::int64_t const blocks = head.sequence / block_records;
  if (head.blocks_indexed != blocks) {
    return Problem{"verify.index", head.sequence, text_of(blocks), text_of(head.blocks_indexed),
                   "the head does not say how many blocks are indexed"};
  }
  return std::nullopt;
}

Finding examine_all(Reader& reader, Pass& pass) {
  while (pass.records < pass.head.sequence) {
    auto const held = reader.hold();
    auto found = examine_next_block(held.database, pass);
    if (!found || found.value()) return examine_decisions(pass, std::move(found));
    if (pass.options.progress) pass.options.progress(pass.records, pass.head.sequence);
  }
  if (auto problem = pass.decisions.examine()) {
    pass.records = problem->sequence - 1;
    return problem;
  }
  auto const held = reader.hold();
  if (auto found = pass.tree.end(held.database, pass.head); !found || found.value()) return found;
  if (auto found = pass.seals.end(held.database, pass.head); !found || found.value()) return found;
  if (auto problem = examine_blocks(pass)) return problem;
  auto const surplus =
      examine_surplus(held.database, pass.options.revision ? pass.options.revision : revision_of);
  if (!surplus || surplus.value()) return surplus;
  return examine_rest(held.database, pass.head, pass.terms);
}

// Damage that is met while reading is a finding; other errors are errors.
Expected<Verification, Error> with_damage(Verification result, Error const& error) {
  if (error.code != "log.corrupt") return Failure<Error>{error};
  result.problem =
      Problem{"verify.structure", result.records + 1, "", error.message, "the file is damaged"};
  return result;
}

// Reads the head and what is signed as they were at one moment.
Finding begin(Reader& reader, Pass& pass, std::string const& store_id) {
  pass.previous = genesis_hash(store_id);
  auto const held = reader.hold();
  if (auto begun = held.database.script("BEGIN"); !begun) return pass_on(begun);
  auto found = pass.tree.begin(held.database, origin_of(store_id));
  auto const head = read_head(held.database);
  held.database.roll_back();
  if (!head) return pass_on(head);
  pass.head = head.value();
  return found;
}

Verification result_of(Pass const& pass, std::string store_id) {
  Verification result{.records = pass.records,
                      .policies = std::ssize(pass.policies),
                      .last_sequence = pass.head.sequence,
                      .root = pass.head.root,
                      .signed_records = pass.tree.signed_head().sequence,
                      .checkpoint = pass.tree.signed_head().note,
                      .keys = {},
                      .keys_not_handed_over = pass.tree.keys_not_handed_over(),
                      .activations = pass.activations.activations(),
                      .late_decisions = pass.activations.late(),
                      .sealed = pass.seals.sealed(),
                      .erased = pass.seals.erased(),
                      .locked = pass.seals.locked(),
                      .dropped = pass.seals.dropped(),
                      .store_id = std::move(store_id),
                      .problem = {}};
  for (Signer const& signer : pass.tree.signers()) result.keys.push_back(signer.verifier_key);
  return result;
}

}  // namespace

Expected<Verification, Error> verify(Reader& reader, VerifyOptions const& options) {
  auto const store_id = reader.store_id();
  if (!store_id) return with_damage({}, store_id.error());
  Pass pass{.options = options, .seals = SealCheck{reader.master()}};
  auto found = begin(reader, pass, store_id.value());
  if (found && !found.value()) found = examine_all(reader, pass);
  Verification result = result_of(pass, store_id.value());
  if (!found) return with_damage(std::move(result), found.error());
  result.problem = std::move(found).value();
  return result;
}

}  // namespace heed::store
