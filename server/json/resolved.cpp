#include "server/json/resolved.hpp"

#include <algorithm>
#include <utility>

#include "engine/base/limits.hpp"
#include "server/json/canonical.hpp"
#include "server/json/case.hpp"
#include "server/json/exact.hpp"
#include "server/json/history.hpp"
#include "server/json/write.hpp"

namespace heed::json {
namespace {

using Members = std::vector<std::pair<std::string_view, std::string>>;

void add_value(Members& members, std::string_view name, Value const& value, Type const& type) {
  std::string text;
  if (append_exact(text, value, type)) members.emplace_back(name, std::move(text));
}

// The members as an object, sorted.
void append_sorted(std::string& out, Members& members) {
  std::sort(members.begin(), members.end(), [](auto const& left, auto const& right) {
    return comes_before(left.first, right.first);
  });
  append_members(out, members);
}

}  // namespace

std::string resolved_case(RuleSet const& rules, Case const& subject, Instant now) {
  auto const& policy = rules.policy;
  std::string out = R"({"at":)";
  append_text(out, Zone::utc().to_text(now));
  Members facts;
  facts.reserve(policy.facts.size());
  for (std::size_t i = 0; i < policy.facts.size(); ++i) {
    if (!subject.facts[i]) continue;
    add_value(facts, policy.facts[i].name, *subject.facts[i], policy.facts[i].type);
  }
  out += R"(,"facts":)";
  append_sorted(out, facts);
  if (!subject.figures.empty()) {
    out += R"(,"figures":)";
    append_figures(out, subject.figures);
  }
  out += R"(,"history":)";
  append_history(out, subject.history, policy);
  if (!subject.ignored.empty()) {
    out += R"(,"ignored":)";
    append_list(out, subject.ignored);
  }
  if (!subject.subject.empty()) {
    out += R"(,"subject":)";
    append_text(out, subject.subject);
  }
  out += '}';
  return out;
}

Expected<Case, CaseMistakes> read_resolved_case(RuleSet const& rules, std::string_view json) {
  auto const document = read_document(json, limits::log_record_bytes_max);
  if (!document) return Failure<CaseMistakes>{to_mistakes(document.error())};
  return read_case(rules, document.value());
}

}  // namespace heed::json
