#include <algorithm>
#include <thread>
#include <vector>

#include "server/api/verify.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/log_file.hpp"
#include "server/cli/terminal.hpp"
#include "server/http/problem.hpp"
#include "server/store/verify.hpp"

namespace heed::cli {
namespace {

/// What all threads together computed again.
struct Redecided {
  std::int64_t decided = 0;
  std::int64_t by_another_engine = 0;
};

Redecided count(std::vector<api::Redecider> const& again) {
  Redecided sum;
  for (api::Redecider const& each : again) {
    sum.decided += each.decided_again();
    sum.by_another_engine += each.by_another_engine();
  }
  return sum;
}

std::string verification_json(store::Verification const& found, Redecided const& again) {
  std::string text = "{\"holds\":";
  text += found.problem ? "false" : "true";
  text += ",\"records\":" + std::to_string(found.records);
  text += ",\"policies\":" + std::to_string(found.policies);
  text += ",\"decided_again\":" + std::to_string(again.decided);
  text += ",\"by_another_engine\":" + std::to_string(again.by_another_engine);
  text += ",\"last_sequence\":" + std::to_string(found.last_sequence);
  text += ",\"root\":\"" + store::to_hex(found.root) + "\"";
  text += ",\"signed_records\":" + std::to_string(found.signed_records);
  text += ",\"keys\":[";
  for (auto const& key : found.keys) {
    if (text.back() != '[') text += ',';
    http::append_json(text, key);
  }
  text += "],\"keys_not_handed_over\":" + std::to_string(found.keys_not_handed_over);
  text += ",\"store\":\"" + found.store_id + "\"";
  if (found.problem) {
    auto const member = [&](char const* name, std::string_view value) {
      text += std::string{",\""} + name + "\":";
      http::append_json(text, value);
    };
    text += ",\"problem\":{\"sequence\":" + std::to_string(found.problem->sequence);
    member("code", found.problem->code);
    member("message", found.problem->message);
    member("expected", found.problem->expected);
    member("found", found.problem->found);
    text += "}";
  }
  return text + "}\n";
}

std::string signature_text(store::Verification const& found) {
  std::string text = "its head over " + std::to_string(found.signed_records) +
                     " records is signed by " + (found.keys.empty() ? "" : found.keys.back()) +
                     "\n";
  std::int64_t const unsigned_records = found.last_sequence - found.signed_records;
  if (unsigned_records > 0)
    text += std::to_string(unsigned_records) +
            " records after it wait for a signature: opening the log for writing signs them\n";
  if (found.keys_not_handed_over > 0)
    text += std::to_string(found.keys_not_handed_over) + " of its " +
            std::to_string(found.keys.size()) +
            " keys were not signed for by the key before: ask the operator why\n";
  text += "not covered by any hash, and not checked: events of histories, names of policies\n";
  return text + "root " + store::to_hex(found.root) +
         "\nthat nothing was written anew shows only against a head kept elsewhere: `heed log "
         "witness`\n";
}

std::string verification_text(store::Verification const& found, Redecided const& again) {
  std::string text;
  if (found.problem) {
    auto const& problem = *found.problem;
    text = "the log does not hold: [" + std::string{problem.code} + "] ";
    if (problem.sequence > 0) text += "record " + std::to_string(problem.sequence) + ": ";
    text += problem.message + "\n";
    if (!problem.expected.empty()) text += "  expected " + problem.expected.substr(0, 400) + "\n";
    if (!problem.found.empty()) text += "  found    " + problem.found.substr(0, 400) + "\n";
    text += std::to_string(found.records) + " records before it hold\n";
    return text;
  }
  text = "the log holds: " + std::to_string(found.records) + " records, " +
         std::to_string(found.policies) + " policies, " + std::to_string(again.decided) +
         " decisions computed again to the same bytes\n";
  if (again.by_another_engine > 0)
    text += std::to_string(again.by_another_engine) +
            " decisions were made by another version of the engine or of the time zones, and were "
            "not computed again\n";
  return text + signature_text(found);
}

}  // namespace

int run(LogVerify const& options) {
  auto const reader = open_log(options.store);
  if (!reader) return cannot;
  unsigned const jobs =
      options.jobs != 0 ? options.jobs : std::max(1u, std::thread::hardware_concurrency());
  api::Redecider const first{engine_version(), std::make_shared<api::LoadedPolicies>()};
  std::vector<api::Redecider> again(jobs, first);
  std::vector<store::RecordCheck> checks;
  for (api::Redecider& each : again)
    checks.push_back([&each](store::Record const& record, store::StoredPolicy const* policy) {
      return each.check(record, policy);
    });
  Progress progress{"verified"};
  auto const found = store::verify(
      *reader,
      {.checks = std::move(checks), .progress = [&](std::int64_t done_now, std::int64_t of) {
         progress.show(static_cast<std::uint64_t>(done_now), static_cast<std::uint64_t>(of));
       }});
  if (!found) {
    tell(found.error());
    return cannot;
  }
  put(stdout, options.json ? verification_json(found.value(), count(again))
                           : verification_text(found.value(), count(again)));
  return found.value().problem ? does_not_hold : done;
}

}  // namespace heed::cli
