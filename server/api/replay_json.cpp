#include "server/api/replay.hpp"
#include "server/json/comparison.hpp"
#include "server/json/write.hpp"

namespace heed::api {
namespace {

void append_number(std::string& out, std::string_view member, std::uint64_t number) {
  out.append(member).append(std::to_string(number));
}

void append_subject(std::string& out, std::string const& subject) {
  out += R"(,"subject":)";
  if (subject.empty())
    out += "null";
  else
    json::append_text(out, subject);
}

void append_groups(std::string& out, std::string_view member,
                   std::vector<pages::ReplayGroup> const& groups) {
  out += member;
  json::append_each(out, groups, [&](pages::ReplayGroup const& group) {
    out += R"({"what":)";
    json::append_text(out, group.what);
    append_number(out, R"(,"cases":)", group.cases);
    out += R"(,"records":)";
    json::append_each(out, group.names, [&](CaseName const& name) {
      append_number(out, R"({"sequence":)", name.line);
      append_subject(out, name.subject);
      out += '}';
    });
    out += '}';
  });
}

void append_changes(std::string& out, pages::Replay const& replay) {
  out += R"(,"changes":)";
  json::append_each(out, replay.changes, [&](pages::ChangedDecision const& change) {
    out += R"({"sequence":)" + std::to_string(change.sequence) + R"(,"id":)";
    json::append_text(out, change.id);
    append_subject(out, change.subject);
    out += R"(,"at":)";
    json::append_text(out, replay.zone.to_text(change.at));
    out += R"(,"revision":)";
    json::append_text(out, change.revision);
    out += '}';
  });
  append_number(out, R"(,"changes_left_out":)", replay.changed - replay.changes.size());
}

}  // namespace

std::string replay_json(pages::Replay const& replay) {
  std::string out = R"({"policy":{"name":)";
  json::append_text(out, replay.policy.name);
  out += R"(,"revision":)";
  json::append_text(out, replay.policy.revision);
  append_number(out, R"(},"decisions":)", replay.decisions);
  append_number(out, R"(,"compared":)", replay.compared);
  append_number(out, R"(,"changed":)", replay.changed);
  append_number(out, R"(,"same":)", replay.compared - replay.changed);
  append_number(out, R"(,"not_compared":{"unreadable":)", replay.unreadable);
  append_number(out, R"(,"dropped":)", replay.dropped);
  append_number(out, R"(,"without_policy":)", replay.without_policy);
  append_number(out, R"(},"by_another_engine":)", replay.by_another_engine);
  append_number(out, R"(,"not_as_logged":)", replay.not_as_logged);
  out += R"(,"comparisons":)";
  json::append_each(out, replay.comparisons, [&](PolicyComparison const& comparison) {
    json::write_comparison(out, comparison);
  });
  append_groups(out, R"(,"unreadable":)", replay.refusals);
  append_groups(out, R"(,"passed_over":)", replay.passed_over);
  append_groups(out, R"(,"short_history":)", replay.short_history);
  append_groups(out, R"(,"no_figures":)", replay.no_figures);
  append_changes(out, replay);
  return out + "}\n";
}

}  // namespace heed::api
