#include "server/api/record_text.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/log_file.hpp"
#include "server/cli/terminal.hpp"
#include "server/store/kinds.hpp"

namespace heed::cli {
namespace {

std::string joined(std::vector<std::string> const& words) {
  std::string text;
  for (auto const& word : words) text += (text.empty() ? "" : ", ") + word;
  return text.empty() ? "-" : text;
}

/// One record on a line: sequence, id, time, subject, needs, escalations.
std::string summary_of(store::Record const& record) {
  auto const& marks = record.entry.marks;
  if (record.entry.kind != store::kinds::decision)
    return std::to_string(record.sequence) + "  " + record.entry.id + "  " +
           Zone::utc().to_text(Instant{record.recorded_at_us}) + "  " +
           std::string{api::kind_words(record.entry.kind, Language::english)};
  std::vector<std::string> needs;
  for (auto const& need : marks.needs) needs.push_back(need.need + " " + need.state);
  return std::to_string(record.sequence) + "  " + record.entry.id + "  " +
         Zone::utc().to_text(Instant{record.entry.at_us}) + "  " +
         (record.entry.subject.empty() ? "-" : record.entry.subject) + "  needs: " + joined(needs) +
         "  escalated to: " + joined(marks.roles);
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
  auto const reader = open_log(options.store);
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
  auto const reader = open_log(options.store);
  if (!reader) return cannot;
  auto const record = reader->find(options.id);
  if (!record) {
    tell(record.error());
    return cannot;
  }
  if (!record.value()) {
    tell(no_such_record(options.id));
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

}  // namespace heed::cli
