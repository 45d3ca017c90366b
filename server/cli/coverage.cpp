#include <algorithm>
#include <filesystem>
#include <map>

#include "server/cli/counted.hpp"
#include "server/cli/files.hpp"
#include "server/cli/subject.hpp"
#include "server/cli/test_reports.hpp"
#include "server/pages/coverage.hpp"
#include "server/pages/html.hpp"

namespace heed::cli {
namespace {

using Outcome = Coverage::Outcome;

std::string share_line(std::string const& name, Share const& share, std::string const& words) {
  if (share.all == 0)
    return "  " + name + std::string(17 - name.size() - 1, ' ') + "-  the policy has none\n";
  auto figure = pages::percent(share.reached, share.all);
  return "  " + name + std::string(10 - name.size(), ' ') +
         std::string(7 - std::min<std::size_t>(figure.size(), 7), ' ') + figure + "  " +
         std::to_string(share.reached) + " of " + std::to_string(share.all) + " " + words + "\n";
}

std::string never(Outcome const& outcome) {
  switch (outcome.kind) {
    case Outcome::Kind::need_met:
      return "need `" + outcome.name + "` was never met";
    case Outcome::Kind::need_threatened:
      return "need `" + outcome.name + "` was never threatened";
    case Outcome::Kind::need_violated:
      return "need `" + outcome.name + "` was never violated";
    case Outcome::Kind::done:
      return "action `" + outcome.name + "` was never advised";
    case Outcome::Kind::forbidden:
      return "action `" + outcome.name + "` was never forbidden";
    case Outcome::Kind::offered:
      return "action `" + outcome.name + "` was never offered";
    case Outcome::Kind::said:
      return "script `" + outcome.name + "` was never said";
    case Outcome::Kind::escalated:
      return "never escalated to `" + outcome.name + "`";
    case Outcome::Kind::alerted:
      return "`" + outcome.name + "` was never alerted";
    case Outcome::Kind::recorded:
      return "event `" + outcome.name + "` was never recorded";
  }
  return outcome.name;
}

std::string missing_branch(Coverage::Part const& part) {
  if (part.yes > 0 && part.no > 0) return {};
  auto text = "`" + part.text + "` was never ";
  text += part.yes == 0 && part.no == 0 ? "decided" : part.yes == 0 ? "true" : "false";
  if (part.unknown > 0)
    text += ", unknown in " + counted(static_cast<std::int64_t>(part.unknown), "test");
  return text;
}

/// What one line of a file holds for lcov.
struct Line {
  std::uint64_t count = 0;
  bool is_whole = false;  // of a rule or a row: its count says more than its parts'
};

struct Traces {
  std::string functions, branches;
  std::uint64_t functions_hit = 0, functions_all = 0, branches_hit = 0, branches_all = 0;
  std::map<std::uint32_t, Line> lines;
  std::map<std::uint32_t, unsigned> blocks;
};

void put_line(Traces& traces, std::uint32_t number, std::uint64_t count, bool is_whole) {
  auto& line = traces.lines[number];
  if (line.is_whole && !is_whole) return;
  line = {is_whole ? count : std::max(line.count, count), is_whole};
}

void put_rule(Traces& traces, std::uint32_t line, Coverage::Rule const& rule) {
  traces.functions += "FN:" + std::to_string(line) + "," + rule.name + "\n";
  traces.functions += "FNDA:" + std::to_string(rule.fired) + "," + rule.name + "\n";
  ++traces.functions_all;
  if (rule.fired > 0) ++traces.functions_hit;
  put_line(traces, line, rule.fired, true);
}

void put_part(Traces& traces, std::uint32_t line, Coverage::Part const& part) {
  auto const seen = part.yes + part.no + part.unknown;
  auto const block = std::to_string(traces.blocks[line]++);
  auto branch = 0;
  for (auto const taken : {part.yes, part.no}) {
    traces.branches += "BRDA:" + std::to_string(line) + "," + block + "," +
                       std::to_string(branch++) + "," +
                       (seen == 0 ? std::string{"-"} : std::to_string(taken)) + "\n";
    ++traces.branches_all;
    if (taken > 0) ++traces.branches_hit;
  }
  put_line(traces, line, seen, false);
}

std::string record_of(std::string const& name, Traces const& traces) {
  auto text = "TN:\nSF:" + name + "\n" + traces.functions;
  text += "FNF:" + std::to_string(traces.functions_all) + "\n";
  text += "FNH:" + std::to_string(traces.functions_hit) + "\n" + traces.branches;
  text += "BRF:" + std::to_string(traces.branches_all) + "\n";
  text += "BRH:" + std::to_string(traces.branches_hit) + "\n";
  std::size_t hit = 0;
  for (auto const& [number, line] : traces.lines) {
    text += "DA:" + std::to_string(number) + "," + std::to_string(line.count) + "\n";
    if (line.count > 0) ++hit;
  }
  text += "LF:" + std::to_string(traces.lines.size()) + "\n";
  return text + "LH:" + std::to_string(hit) + "\nend_of_record\n";
}

std::string lcov_of(Tested const& tested) {
  auto const& sources = tested.policy.sources;
  auto const& coverage = tested.run.coverage;
  std::vector<Traces> traces(sources.size());
  auto const at = [&](Place const& where, auto const& put) {
    auto const file = static_cast<std::size_t>(where.file);
    if (file >= sources.size()) return;
    put(traces[file], find_line_column(sources[file].text, where.span.begin).line);
  };
  for (auto const& rule : coverage.rules)
    at(rule.where, [&](Traces& file, std::uint32_t line) { put_rule(file, line, rule); });
  for (auto const& part : coverage.parts)
    at(part.where, [&](Traces& file, std::uint32_t line) { put_part(file, line, part); });
  for (auto const& row : coverage.rows)
    at(row.where, [&](Traces& file, auto line) { put_line(file, line, row.applied, true); });
  std::string text;
  for (std::size_t file = 0; file < sources.size(); ++file)
    if (!traces[file].lines.empty()) text += record_of(sources[file].name, traces[file]);
  return text;
}

Expected<Done, Error> write_pages(std::filesystem::path const& folder, Tested const& tested,
                                  std::string const& asked) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed)
    return Failure<Error>{{"file.unwritable",
                           "cannot make the folder `" + folder.string() + "`: " + failed.message(),
                           ""}};
  auto const& rules = *tested.policy.loaded.rules;
  for (auto const& file : pages::coverage_pages(rules.policy, tested.run, tested.policy.sources,
                                                choose_language(rules, asked))) {
    auto written = replace_file((folder / file.name).string(), file.text);
    if (!written) return written;
  }
  return Done{};
}

std::string title_of(Policy const& policy, Language language) {
  auto const title = text_of(policy.title, language);
  return pages::isolated(title.empty() ? policy.name : title);
}

}  // namespace

std::string coverage_text(Tested const& tested) {
  auto const& coverage = tested.run.coverage;
  auto const& sources = tested.policy.sources;
  auto const shares = shares_of(coverage);
  auto text = "coverage of " + tested.policy.path + "\n";
  text += share_line("all", total_of(shares), "things to reach");
  text += share_line("rules", shares.rules, "fired");
  text += share_line("branches", shares.branches, "of conditions taken");
  text += share_line("rows", shares.rows, "of tables applied");
  text += share_line("outcomes", shares.outcomes, "came about");
  std::string missing;
  for (auto const& rule : coverage.rules)
    if (rule.fired == 0)
      missing +=
          "  " + place_text(rule.where, sources) + ": rule `" + rule.name + "` never fired\n";
  for (auto const& part : coverage.parts)
    if (auto const branch = missing_branch(part); !branch.empty())
      missing += "  " + place_text(part.where, sources) + ": " + branch + "\n";
  for (auto const& row : coverage.rows)
    if (row.applied == 0)
      missing += "  " + place_text(row.where, sources) + ": a row of table `" + row.table +
                 "` never applied\n";
  for (auto const& outcome : coverage.outcomes)
    if (outcome.count == 0) missing += "  " + never(outcome) + "\n";
  return missing.empty() ? text : text + "reached by no test:\n" + missing;
}

std::string lcov_text(std::vector<Tested> const& all) {
  std::string text;
  for (auto const& tested : all) text += lcov_of(tested);
  return text;
}

Expected<Done, Error> write_coverage_pages(std::string const& folder,
                                           std::vector<Tested> const& all,
                                           std::string const& language) {
  if (all.size() == 1) return write_pages(folder, all.front(), language);
  auto const chosen = find_language(language);
  auto const title = pages::either(chosen, "What the tests reach", "מה הבדיקות בודקות");
  auto index = "<h1>" + std::string{title} + "</h1>\n<ul>\n";
  for (std::size_t at = 0; at < all.size(); ++at) {
    auto const& policy = all[at].policy.loaded.rules->policy;
    auto const name = std::to_string(at + 1) + "-" + policy.name;
    auto written = write_pages(std::filesystem::path{folder} / name, all[at], language);
    if (!written) return written;
    auto const total = total_of(shares_of(all[at].run.coverage));
    index += "<li>" + pages::link(name + "/index.html", title_of(policy, chosen)) + " " +
             pages::code(policy.name) + ": " + pages::percent(total.reached, total.all) + "</li>\n";
  }
  return replace_file((std::filesystem::path{folder} / "index.html").string(),
                      pages::page(chosen, title, index + "</ul>\n"));
}

}  // namespace heed::cli
