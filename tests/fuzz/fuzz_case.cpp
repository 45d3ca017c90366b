#include <cstddef>
#include <cstdint>
#include <string_view>

#include "server/json/canonical.hpp"
#include "server/json/case.hpp"
#include "server/json/case_reader.hpp"
#include "server/json/problem.hpp"
#include "server/json/resolved.hpp"
#include "server/json/source.hpp"
#include "tests/support/small_policy.hpp"

// Whatever bytes are sent as a case: reading ends in a case or in mistakes, and a case that was
// read is written as resolved, read again as the same and canonical.
namespace heed::json {
namespace {

RuleSet const& rules() {
  static RuleSet const all = heed::testing::small_rules();
  return all;
}

Source const& source() {
  static Source const one = [] {
    Source made;
    made.fields = {
        {SourceField::Target::subject, {}, "/ticket/id", {}},
        {SourceField::Target::now, {}, "/ticket/at", {}},
        {SourceField::Target::fact,
         heed::testing::id_of(rules(), "customer.tier"),
         "/ticket/tier",
         {{"1", Chosen{0}}, {"true", Chosen{2}}}},
        {SourceField::Target::fact, heed::testing::id_of(rules(), "case.tags"), "/ticket/tags", {}},
        {SourceField::Target::fact,
         heed::testing::id_of(rules(), "order.items"),
         "/ticket/lines",
         {}}};
    auto const items = heed::testing::id_of(rules(), "order.items");
    made.item_lines = {
        {items, {1}, "/in", {}}, {items, {1, 0}, "/label", {}}, {items, {3}, "", {}}};
    return made;
  }();
  return one;
}

void examine(Expected<Case, CaseMistakes> const& result) {
  if (!result) {
    std::string problem;
    write_problem(problem, to_problem(result.error()));
    ensure(static_cast<bool>(read_document(problem, 1u << 24)));
    return;
  }
  auto const& subject = result.value();
  auto const now = subject.at.value_or(Instant{});
  auto const text = resolved_case(rules(), subject, now);
  auto const again = read_resolved_case(rules(), text);
  ensure(static_cast<bool>(again));
  ensure(again.value().facts == subject.facts && again.value().subject == subject.subject);
  ensure(again.value().ignored == subject.ignored);
  ensure(resolved_case(rules(), again.value(), now) == text);
  auto const bytes = canonical(text, 1u << 24);
  ensure(bytes && bytes.value() == text);
}

/// The reader of many cases reads the same, whatever it read before.
void compare(Expected<Case, CaseMistakes> const& result, std::string_view text) {
  static CaseReader reader{rules()};
  auto const other = reader.read(text);
  ensure(static_cast<bool>(other) == static_cast<bool>(result));
  if (!result) {
    ensure(to_problem(other.error()).detail == to_problem(result.error()).detail);
    return;
  }
  auto const& read = *other.value();
  ensure(read.facts == result.value().facts && read.at == result.value().at);
  ensure(resolved_case(rules(), read, Instant{}) ==
         resolved_case(rules(), result.value(), Instant{}));
}

}  // namespace
}  // namespace heed::json

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text{reinterpret_cast<char const*>(data), size};
  auto const result = heed::json::read_case(heed::json::rules(), text);
  heed::json::examine(result);
  heed::json::compare(result, text);
  heed::json::examine(heed::json::read_payload(heed::json::rules(), heed::json::source(), text));
  return 0;
}
