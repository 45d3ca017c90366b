#include "server/json/comparison.hpp"

#include <array>

#include "server/json/write.hpp"

namespace heed::json {
namespace {

constexpr std::array<std::string_view, 3> how_names{"added", "removed", "changed"};

void append_number(std::string& out, std::string_view member, std::uint64_t number) {
  out += member;
  out += std::to_string(number);
}

void append(std::string& out, PolicyComparison::Side const& side) {
  out += R"({"name":)";
  append_text(out, side.name);
  out += R"(,"revision":)";
  append_text(out, side.revision);
  out += '}';
}

/// Without its closing brace.
void append_open(std::string& out, DeclarationChange const& change) {
  out += R"({"kind":)";
  append_text(out, change.kind);
  out += R"(,"name":)";
  append_or_null(out, change.name);
  out += R"(,"how":)";
  append_text(out, how_names[static_cast<std::size_t>(change.how)]);
}

void append_words(std::string& out, Texts const& words) {
  if (words.empty())
    out += "null";
  else
    append_texts(out, words);
}

/// Without its closing brace.
void append_open(std::string& out, PointChange const& change) {
  out += R"({"point":)";
  append_text(out, change.point);
  out += R"(,"title":)";
  append_texts(out, change.title);
  out += R"(,"before":)";
  append_words(out, change.before);
  out += R"(,"after":)";
  append_words(out, change.after);
}

/// Without its closing brace.
void append_open(std::string& out, CaseName const& name) {
  append_number(out, R"({"line":)", name.line);
  out += R"(,"subject":)";
  append_or_null(out, name.subject);
}

void append(std::string& out, ComparedCase const& example, Zone const& zone) {
  append_open(out, example.name);
  out += R"(,"at":)";
  append_text(out, zone.to_text(example.at));
  out += R"(,"changes":)";
  append_each(out, example.changes, [&](PointChange const& change) {
    append_open(out, change);
    out += '}';
  });
  out += '}';
}

void append(std::string& out, ComparisonGroup const& group, PolicyComparison const& comparison) {
  out += R"({"rules":)";
  append_list(out, group.rules);
  out += R"(,"causes":)";
  append_each(out, group.causes, [&](std::size_t cause) {
    append_open(out, comparison.changes[cause]);
    out += '}';
  });
  append_number(out, R"(,"cases":)", group.cases);
  out += R"(,"changes":)";
  append_each(out, group.points, [&](PointChange const& change) {
    append_open(out, change);
    append_number(out, R"(,"cases":)", change.cases);
    out += '}';
  });
  append_number(out, R"(,"changes_left_out":)", group.points_left_out);
  out += R"(,"examples":)";
  append_each(out, group.examples,
              [&](ComparedCase const& example) { append(out, example, comparison.zone); });
  out += R"(,"touched":)";
  append_each(out, group.names, [&](CaseName const& name) {
    append_open(out, name);
    out += '}';
  });
  out += '}';
}

void append(std::string& out, Refusal const& refusal) {
  append_open(out, refusal.name);
  out += refusal.by_before ? R"(,"by_old":true)" : R"(,"by_old":false)";
  out += refusal.by_after ? R"(,"by_new":true)" : R"(,"by_new":false)";
  out += R"(,"why":)";
  append_text(out, refusal.why);
  out += '}';
}

}  // namespace

void write_comparison(std::string& out, PolicyComparison const& comparison) {
  out += R"({"old":)";
  append(out, comparison.before);
  out += R"(,"new":)";
  append(out, comparison.after);
  append_number(out, R"(,"cases":)", comparison.cases);
  append_number(out, R"(,"changed":)", comparison.changed);
  append_number(out, R"(,"same":)", comparison.same);
  append_number(out, R"(,"refused":{"by_old":)", comparison.refused_by_before);
  append_number(out, R"(,"by_new":)", comparison.refused_by_after);
  append_number(out, R"(,"by_both":)", comparison.refused_by_both);
  out += R"(},"policy_changes":)";
  append_each(out, comparison.changes, [&](DeclarationChange const& change) {
    append_open(out, change);
    out += R"(,"before":)";
    append_or_null(out, change.before);
    out += R"(,"after":)";
    append_or_null(out, change.after);
    out += '}';
  });
  out += R"(,"groups":)";
  append_each(out, comparison.groups,
              [&](ComparisonGroup const& group) { append(out, group, comparison); });
  append_number(out, R"(,"groups_left_out":)", comparison.groups_left_out);
  out += R"(,"refusals":)";
  append_each(out, comparison.refusals, [&](Refusal const& refusal) { append(out, refusal); });
  out += '}';
}

}  // namespace heed::json
