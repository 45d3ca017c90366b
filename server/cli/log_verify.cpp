#include "server/cli/log_verify.hpp"

#include <algorithm>
#include <thread>
#include <vector>

#include "engine/base/hex.hpp"
#include "server/api/verify.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/counted.hpp"
#include "server/cli/log_file.hpp"
#include "server/cli/terminal.hpp"
#include "server/http/problem.hpp"
#include "server/store/verify.hpp"

namespace heed::cli {
namespace {

std::string verification_json(Verified const& verified) {
  auto const& found = verified.found;
  std::string text = "{\"holds\":";
  text += found.problem ? "false" : "true";
  text += ",\"records\":" + std::to_string(found.records);
  text += ",\"policies\":" + std::to_string(found.policies);
  text += ",\"decided_again\":" + std::to_string(verified.decided_again);
  text += ",\"by_another_engine\":" + std::to_string(verified.by_another_engine);
  text += ",\"last_sequence\":" + std::to_string(found.last_sequence);
  text += ",\"root\":\"" + to_hex(found.root) + "\"";
  text += ",\"signed_records\":" + std::to_string(found.signed_records);
  text += ",\"keys\":[";
  for (auto const& key : found.keys) {
    if (text.back() != '[') text += ',';
    http::append_json(text, key);
  }
  text += "],\"keys_not_handed_over\":" + std::to_string(found.keys_not_handed_over);
  text += ",\"activations\":" + std::to_string(found.activations);
  text += ",\"late_decisions\":" + std::to_string(found.late_decisions.count);
  text += ",\"sealed\":" + std::to_string(found.sealed);
  text += ",\"sealed_for_good\":" + std::to_string(found.erased);
  text += ",\"not_opened\":" + std::to_string(found.locked);
  text += ",\"dropped\":" + std::to_string(found.dropped);
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
  std::string text = "its head over " + counted(found.signed_records, "record") + " is signed by " +
                     (found.keys.empty() ? "" : found.keys.back()) + "\n";
  std::int64_t const unsigned_records = found.last_sequence - found.signed_records;
  if (unsigned_records > 0)
    text += counted(unsigned_records, "record") + " after it " +
            (unsigned_records == 1 ? "waits" : "wait") +
            " for a signature: opening the log for writing gives one\n";
  if (found.keys_not_handed_over > 0)
    text += std::to_string(found.keys_not_handed_over) + " of its " +
            std::to_string(found.keys.size()) +
            " keys were not signed for by the key before: ask the operator why\n";
  text +=
      "not covered by any hash, and not checked: events of histories, names of policies, and who "
      "wrote those that were never active\n";
  return text + "root " + to_hex(found.root) +
         "\nthat nothing was written anew shows only against a head kept elsewhere: `heed log "
         "witness`\n";
}

/// How often another policy came in the place of one, and who went on deciding by the earlier one.
std::string activations_text(store::Verification const& found) {
  if (found.activations == 0)
    return "no record says which policy was active: earlier versions wrote none\n";
  std::string text =
      std::to_string(found.activations) +
      (found.activations == 1 ? " activation of a policy" : " activations of policies") +
      ", each from the one before\n";
  auto const& late = found.late_decisions;
  if (late.count > 0)
    text += std::to_string(late.count) +
            " decisions were recorded after another policy had come in the place of theirs, the "
            "last " +
            std::to_string(late.longest_us / 1'000) +
            " ms after it: requests that were under way; more than some seconds are a question "
            "to the operator\n";
  return text;
}

std::string verification_text(Verified const& verified) {
  auto const& found = verified.found;
  std::string text;
  if (found.problem)
    return "the log does not hold: " + words_of(*found.problem) + counted(found.records, "record") +
           " before it " + (found.records == 1 ? "holds" : "hold") + "\n";
  text = "the log holds: " + counted(found.records, "record") + ", " +
         counted(found.policies, "policy") + ", " + counted(verified.decided_again, "decision") +
         " computed again to the same bytes\n";
  if (verified.by_another_engine > 0)
    text += std::to_string(verified.by_another_engine) +
            " decisions were made by another version of the engine or of the time zones, and were "
            "not computed again\n";
  return text + seals_text(found) + activations_text(found) + signature_text(found);
}

}  // namespace

Expected<Verified, Error> verify_log(store::Reader& reader, unsigned jobs, Depth depth) {
  if (jobs == 0) jobs = std::max(1u, std::thread::hardware_concurrency());
  api::Redecider const first{engine_version(), std::make_shared<api::LoadedPolicies>()};
  std::vector<api::Redecider> again(depth == Depth::quick ? 0 : jobs, first);
  std::vector<store::RecordCheck> checks;
  for (api::Redecider& each : again)
    checks.push_back([&each](store::Record const& record, store::StoredPolicy const* policy) {
      return each.check(record, policy);
    });
  Progress progress{"verified"};
  auto found = store::verify(
      reader,
      {.checks = std::move(checks), .progress = [&](std::int64_t done_now, std::int64_t of) {
         progress.show(static_cast<std::uint64_t>(done_now), static_cast<std::uint64_t>(of));
       }});
  if (!found) return Failure<Error>{found.error()};
  Verified verified{.found = std::move(found).value()};
  for (api::Redecider const& each : again) {
    verified.decided_again += each.decided_again();
    verified.by_another_engine += each.by_another_engine();
  }
  return verified;
}

std::string seals_text(store::Verification const& found) {
  std::string text;
  auto const add = [&text](std::int64_t count, char const* does, char const* what) {
    if (count <= 0) return;
    std::string_view const verb{does};
    auto const either = verb.find('/');
    text += counted(count, "record") + " ";
    text += count == 1 ? verb.substr(0, either) : verb.substr(either + 1);
    text += what;
  };
  add(found.sealed - found.erased - found.locked, "holds/hold",
      " sealed values, which were opened and held against what the records commit to\n");
  add(found.erased, "is/are",
      " sealed for good, their values erased: their decisions were not computed again\n");
  add(found.locked, "was/were",
      " not opened, for the master key is not at hand: their decisions were not computed again\n");
  add(found.dropped, "was/were", " dropped for their age, their hashes kept\n");
  return text;
}

std::string words_of(store::Problem const& problem) {
  std::string text = "[" + std::string{problem.code} + "] ";
  if (problem.sequence > 0) text += "record " + std::to_string(problem.sequence) + ": ";
  text += problem.message + "\n";
  if (!problem.expected.empty()) text += "  expected " + problem.expected.substr(0, 400) + "\n";
  if (!problem.found.empty()) text += "  found    " + problem.found.substr(0, 400) + "\n";
  return text;
}

int run(LogVerify const& options) {
  auto const reader = open_private_log(options.store, options.master);
  if (!reader) return cannot;
  auto const verified = verify_log(*reader, options.jobs, Depth::decisions);
  if (!verified) {
    tell(verified.error());
    return cannot;
  }
  put(stdout,
      options.json ? verification_json(verified.value()) : verification_text(verified.value()));
  return verified.value().found.problem ? does_not_hold : done;
}

}  // namespace heed::cli
