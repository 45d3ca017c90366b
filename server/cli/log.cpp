#include "server/api/record_text.hpp"
#include "server/api/verify.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/terminal.hpp"
#include "server/http/problem.hpp"
#include "server/store/reader.hpp"
#include "server/store/verify.hpp"

namespace heed::cli {
namespace {

/// Opens the log; tells why not and answers null.
std::unique_ptr<store::Reader> open(std::string const& path) {
  auto reader = store::Reader::open({.path = path});
  if (reader) return std::move(reader).value();
  tell(reader.error());
  return nullptr;
}

/// Reads a time into `at_us`; false, and told, where it is none.
bool read_time(std::string const& text, std::optional<std::int64_t>& at_us) {
  if (text.empty()) return true;
  auto const at = Zone::utc().parse(text);
  if (!at) {
    tell({"usage.time", "`" + text + "` is no time", "write it as 2026-11-22T10:15:00+02:00"});
    return false;
  }
  at_us = at->micros;
  return true;
}

std::string joined(std::vector<std::string> const& words) {
  std::string text;
  for (auto const& word : words) text += (text.empty() ? "" : ", ") + word;
  return text.empty() ? "-" : text;
}

/// One record on a line: sequence, id, time, subject, needs, escalations.
std::string summary_of(store::Record const& record) {
  auto const& marks = record.entry.marks;
  std::vector<std::string> needs;
  for (auto const& need : marks.needs) needs.push_back(need.need + " " + need.state);
  return std::to_string(record.sequence) + "  " + record.entry.id + "  " +
         Zone::utc().to_text(Instant{record.entry.at_us}) + "  " +
         (record.entry.subject.empty() ? "-" : record.entry.subject) + "  needs: " + joined(needs) +
         "  escalated to: " + joined(marks.roles);
}

std::string verification_json(store::Verification const& found, api::Redecider const& again) {
  std::string text = "{\"holds\":";
  text += found.problem ? "false" : "true";
  text += ",\"records\":" + std::to_string(found.records);
  text += ",\"policies\":" + std::to_string(found.policies);
  text += ",\"decided_again\":" + std::to_string(again.decided_again());
  text += ",\"by_another_engine\":" + std::to_string(again.by_another_engine());
  text += ",\"last_sequence\":" + std::to_string(found.last_sequence);
  text += ",\"last_hash\":\"" + store::to_hex(found.last_hash) + "\"";
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

std::string verification_text(store::Verification const& found, api::Redecider const& again) {
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
         std::to_string(found.policies) + " policies, " + std::to_string(again.decided_again()) +
         " decisions computed again to the same bytes\n";
  if (again.by_another_engine() > 0)
    text += std::to_string(again.by_another_engine()) +
            " decisions were made by another version of the engine or of the time zones, and were "
            "not computed again\n";
  text += "last record " + std::to_string(found.last_sequence) + "  " +
          store::to_hex(found.last_hash) +
          "\nnote it down: a log whose end was cut off shows only against it\n";
  return text;
}

}  // namespace

int run(LogList const& options) {
  store::Filter filter{.subject = options.subject,
                       .revision = options.revision,
                       .need = options.need,
                       .rule = options.rule,
                       .action = options.action,
                       .role = options.escalation};
  if (!read_time(options.from, filter.from_us) || !read_time(options.until, filter.until_us))
    return cannot;
  auto const reader = open(options.store);
  if (!reader) return cannot;
  auto const page = reader->list(filter, {.limit = options.limit, .cursor = options.cursor});
  if (!page) {
    tell(page.error());
    return cannot;
  }
  for (auto const& record : page.value().records)
    put(stdout, (options.json ? api::record_json(record) : summary_of(record)) + "\n");
  if (!page.value().next.empty()) put(stderr, "more with --cursor " + page.value().next + "\n");
  return done;
}

int run(LogShow const& options) {
  auto const reader = open(options.store);
  if (!reader) return cannot;
  auto const record = reader->find(options.id);
  if (!record) {
    tell(record.error());
    return cannot;
  }
  if (!record.value()) {
    tell({"log.no-such-record", "no decision in the log has the id `" + options.id + "`",
          "`heed log list STORE` lists them"});
    return does_not_hold;
  }
  if (options.json) return put(stdout, api::record_json(*record.value()) + "\n") ? done : cannot;
  auto const words = api::record_words(*reader, *record.value(), find_language(options.language));
  if (!words) {
    tell(words.error());
    return cannot;
  }
  return put(stdout, words.value()) ? done : cannot;
}

int run(LogVerify const& options) {
  auto const reader = open(options.store);
  if (!reader) return cannot;
  api::Redecider again{engine_version()};
  Progress progress{"verified"};
  auto const found = store::verify(
      *reader,
      {.check = [&](store::Record const& record,
                    store::StoredPolicy const* policy) { return again.check(record, policy); },
       .progress =
           [&](std::int64_t done_now, std::int64_t of) {
             progress.show(static_cast<std::uint64_t>(done_now), static_cast<std::uint64_t>(of));
           }});
  if (!found) {
    tell(found.error());
    return cannot;
  }
  put(stdout, options.json ? verification_json(found.value(), again)
                           : verification_text(found.value(), again));
  return found.value().problem ? does_not_hold : done;
}

}  // namespace heed::cli
