#include "server/json/resolved.hpp"

#include <algorithm>
#include <numeric>

#include "engine/base/limits.hpp"
#include "server/json/canonical.hpp"
#include "server/json/case.hpp"
#include "server/json/exact.hpp"
#include "server/json/history.hpp"
#include "server/json/write.hpp"

namespace heed::json {
namespace {

constexpr std::size_t resolved_bytes = 1'024;  // that most cases take at most

void append_facts(std::string& out, Resolving const& resolving, Replacing const* replacing) {
  out += '{';
  auto const begin = out.size();
  std::string value;
  for (auto const place : resolving.order) {
    auto const& given = resolving.subject.facts[place];
    if (!given) continue;
    auto const& fact = resolving.rules.policy.facts[place];
    auto const before = out.size();
    if (before != begin) out += ',';
    append_text(out, fact.name);
    out += ':';
    auto const value_at = out.size();
    if (!append_exact(out, *given, fact.type)) {
      out.resize(before);
    } else if (replacing != nullptr && replacing->facts.contains(fact.name)) {
      value.assign(out, value_at);
      out.resize(value_at);
      replacing->append(out, fact.name, value);
    }
  }
  out += '}';
}

}  // namespace

FactOrder order_facts(Policy const& policy) {
  FactOrder order(policy.facts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, [&](std::size_t left, std::size_t right) {
    return comes_before(policy.facts[left].name, policy.facts[right].name);
  });
  return order;
}

std::string resolved_case(RuleSet const& rules, Case const& subject, Instant now) {
  auto const order = order_facts(rules.policy);
  return resolved_case({rules, subject, now, order});
}

std::string resolved_case(Resolving const& resolving, Replacing const* replacing) {
  auto const& subject = resolving.subject;
  std::string out;
  out.reserve(resolved_bytes);
  out += R"({"at":)";
  append_text(out, Zone::utc().to_text(resolving.now));
  out += R"(,"facts":)";
  append_facts(out, resolving, replacing);
  if (!subject.figures.empty()) {
    out += R"(,"figures":)";
    append_figures(out, subject.figures);
  }
  out += R"(,"history":)";
  append_history(out, subject.history, resolving.rules.policy);
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
