#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/advisor.hpp"

/// A record of the log as a page to read or to print.
namespace heed::pages {

/// Whether what the log's tree proves of the record holds.
enum class Proof {
  holds,
  waits,  // the signed head is from before the record
  unsigned_log,
  broken,
};

/// Whether its policy decides the logged case to the logged bytes.
enum class DecidedAgain {
  same,
  differs,
  other_engine,  // made by another version: only close to what was decided then
  sealed,        // not done: what is private in it cannot be read; shown is what was logged
  erased,        // likewise: it was erased
};

struct ShownRecord {
  std::int64_t sequence = 0;
  std::string id, subject, by, trace;
  Instant at, recorded_at;
  std::string hash;  // of its leaf in the tree, hexadecimal

  std::string log;  // its name
  std::string verifier_key;
  std::int64_t head_records = 0;  // under the signed head
  Proof proof = Proof::holds;

  /// Of a decision: null where it is none, where its case is gone, or its policy cannot be loaded.
  std::shared_ptr<RuleSet const> rules;
  Explanation explanation;
  Case known;
  std::vector<std::string> hidden_facts;  // known, but their values cannot be read
  EngineVersion engine;                   // that decided it
  std::string revision;
  DecidedAgain again = DecidedAgain::same;

  /// Of every other record: what it is, in words of each language, and what it holds as JSON.
  Texts what;
  std::string holds;
};

/// One page in these languages, one after the other; the first is the page's own. No script.
std::string record_page(ShownRecord const& record, std::vector<Language> const& languages);

}  // namespace heed::pages
