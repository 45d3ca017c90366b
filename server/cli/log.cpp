#include "engine/base/visible.hpp"
#include "server/api/record_text.hpp"
#include "server/api/sealing.hpp"
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
  auto filter = read_filter(options.filter);
  if (!filter) return cannot;
  if (options.kind != "all") filter->kind = options.kind;
  auto const reader = open_private_log(options.store, options.master);
  if (!reader) return cannot;
  auto page = reader->list(
      *filter,
      {.order = options.order == "oldest" ? store::Order::oldest_first : store::Order::newest_first,
       .limit = options.limit,
       .cursor = options.cursor});
  if (!page) {
    tell(page.error());
    return cannot;
  }
  for (auto& record : page.value().records) {
    api::open_record(record);
    auto const line = options.json ? api::record_json(record) : visible(summary_of(record));
    if (!put(stdout, line + "\n")) return cannot;
  }
  if (!page.value().next.empty()) put(stderr, "more with --cursor " + page.value().next + "\n");
  return done;
}

}  // namespace heed::cli
