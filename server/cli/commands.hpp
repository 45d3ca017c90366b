#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/limits.hpp"

/// One struct of options and one function for each command. Each answers the exit status: 0 done,
/// 1 what was asked does not hold, 2 it cannot be done.
namespace heed::cli {

constexpr int done = 0, does_not_hold = 1, cannot = 2;

struct New {
  std::string folder;
};
struct Check {
  std::vector<std::string> policies;
  std::string format = "text";  // json, sarif
};
struct Fmt {
  std::vector<std::string> policies;
  bool check = false;
};
struct Test {
  std::vector<std::string> policies;
  bool coverage = false;      // as text
  std::string coverage_html;  // a folder; empty: none
  std::string coverage_lcov;  // a file
  std::string junit;          // a file
  std::string minimum;        // percent of coverage; empty: none
  std::string language;       // of the pages; empty: the policy's first
  bool watch = false;
};
struct Decide {
  std::string policy;
  std::string input = "-";
  std::string source;    // a source of the policy: the input is its raw payload
  std::string at;        // instead of the case's own time and the clock
  std::string language;  // of --text; empty: the policy's first
  bool text = false;
  bool lines = false;
};
struct Explain {
  std::string policy;
  std::string input = "-";
  std::string source;
  std::string at;
  std::string rule;
  std::string language;
  std::uint64_t tries = limits::search_tries_max;  // 0: the nearest miss is not looked for
  bool json = false;
};
struct Compare {
  std::string before, after;  // policies
  std::string cases;          // a file of cases, one a line; or
  std::string log;            // a decision log
  std::string source;
  std::string at;
  std::string format = "text";  // json
  std::string html;             // a page to write; empty: none
  std::string language;         // of the text and the page; empty: the new policy's first
  unsigned examples = 3;        // of each group
  bool exit_code = false;       // 1 where anything changes
};
struct Bench {
  std::string policy;
  std::string cases;  // a file, one a line
  std::string source;
  std::string at;
  double seconds = 3;  // for each thing that is measured
  unsigned jobs = 0;   // 0: as many as the machine has
  bool json = false;
};
struct Schema {
  std::string policy;
};
struct Lsp {};
struct Serve {
  std::string policy;        // a folder; empty: the store's active policy
  std::string first_policy;  // a folder, where no policy was ever active in the store
  bool four_eyes = false;    // who wrote a policy may not activate it
  std::string store;
  std::string key_file;  // of the log; empty: the store's name and ".key"
  std::string listen = "127.0.0.1:8080";
  std::string master;  // file of the key that seals; empty: the store's and ".master"
  std::string retain;  // an age, such as "400 days": what is older is dropped daily; empty: never
  std::string tokens;  // file; empty: whoever reaches the server may do everything
  std::string tls_certificate, tls_key;                    // files; both or none
  std::vector<std::string> hosts, origins;                 // beside this machine's own
  unsigned threads = 0;                                    // 0: as many as the machine has
  std::size_t decisions_max = limits::http_decisions_max;  // a batch counts as 64
  std::size_t connections_max = limits::http_connections_max;
  std::size_t connections_per_address = 0;  // 0: as the address listened on makes right
  std::size_t client_requests = limits::http_client_requests_max;
  double client_rate = 0;   // requests a second; 0: without a bound
  double client_burst = 0;  // 0: twice the rate
  std::string log_format = "text", log_level = "info";
  unsigned slow_ms = 1'000;
  bool constant = false;  // answers decisions with a constant: for measuring the server alone
};
struct TokenAdd {
  std::string tokens;  // the file
  std::string name;
  std::vector<std::string> roles;
  std::string expires;  // a time or a duration; empty: never
};
struct TokenList {
  std::string tokens;
  bool json = false;
};
struct TokenRevoke {
  std::string tokens;
  std::string id;
};
/// Which records; what is empty is no condition.
struct LogFilter {
  std::string subject, need, need_state, rule, action, escalation, revision, by, from, until;
};
struct LogList {
  std::string store;
  LogFilter filter;
  std::string kind = "all";
  std::string cursor;
  std::string order = "newest";
  unsigned limit = 50;
  bool json = false;
  std::string
      master;  // file of the key that opens what is sealed; empty: the store's and ".master"
};
struct LogShow {
  std::string store;
  std::string master;           // as above
  std::string id;               // or the record's number
  std::string format = "text";  // json, html
  std::string language = "en";  // or he, both
  bool json = false;
};
struct LogReplay {
  std::string store;
  std::string policy;
  LogFilter filter;
  std::string format = "text";  // json, html
  std::string language;         // empty: the policy's first
  unsigned examples = 3;
  unsigned jobs = 0;
  bool exit_code = false;
};
struct LogVerify {
  std::string store;
  std::string master;  // as above
  unsigned jobs = 0;   // threads that decide again; 0: as many as the machine has
  bool json = false;
};
struct LogProve {
  std::string store;
  std::string id;
};
struct LogCheckpoint {
  std::string store;
};
struct LogKey {
  std::string store;
  std::string key_file;
  bool rotate = false;
  bool lost = false;
};
struct LogWitness {
  std::string store;
  std::string file;
  std::string key;  // to trust; empty: the log's own when nothing was seen
};
struct LogExport {
  std::string store;
  std::string subject, from, until;
  std::string master;  // as above
  bool open = false;   // with what is sealed
};
struct LogErase {
  std::string store;
  std::string subject;
  std::string record;    // in its place: the id of a record without a subject
  std::string key_file;  // of the log; empty: the store's name and ".key"
  bool json = false;
};
struct LogRetain {
  std::string store;
  std::string older_than;  // a duration
  std::string key_file;
  bool json = false;
};

struct LogBackup {
  std::string store;
  std::string copy;
};
struct LogRestore {
  std::string copy;
  std::string store;
  std::string key_file;  // of the log, to look at; empty: the store's name and ".key"
  std::string witness;   // a witness file; empty: none
  std::string master;    // empty: the copy's name and ".master", or else the store's
  unsigned jobs = 0;
  bool quick = false;
  bool replace = false;
  bool accept_loss = false;
};

int run(New const& options);
int run(Check const& options);
int run(Fmt const& options);
int run(Test const& options);
int run(Decide const& options);
int run(Explain const& options);
int run(Compare const& options);
int run(Bench const& options);
int run(Schema const& options);
int run(Lsp const& options);
int run(Serve const& options);
int run(TokenAdd const& options);
int run(TokenList const& options);
int run(TokenRevoke const& options);
int run(LogList const& options);
int run(LogShow const& options);
int run(LogVerify const& options);
int run(LogProve const& options);
int run(LogCheckpoint const& options);
int run(LogKey const& options);
int run(LogWitness const& options);
int run(LogExport const& options);
int run(LogErase const& options);
int run(LogRetain const& options);
int run(LogBackup const& options);
int run(LogReplay const& options);
int run(LogRestore const& options);

}  // namespace heed::cli
