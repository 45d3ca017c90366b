#include "server/api/sealing.hpp"

#include <gtest/gtest.h>

#include "server/seal/seal.hpp"
#include "server/seal/text.hpp"

namespace heed::api {
namespace {

RuleSet const& rules() {
  static auto const loaded = load({{"p.heed", R"(policy p "P"
fact count is whole number
fact customer.name is text
fact note is text
event fault
  product is text
  site is whole number
)"}},
                                  "r");
  ensure(loaded.rules != nullptr);
  return *loaded.rules;
}

SealedNames names() {
  SealedNames sealed;
  sealed.facts = {"customer.name", "note"};
  sealed.scripts = {"greet"};
  sealed.said = {"by_note"};
  sealed.because = {"by_note"};
  sealed.arguments["call"] = {"about"};
  sealed.answers = {"who"};
  sealed.scores = {"risk"};
  sealed.times = {"late"};
  sealed.figures = {"count of fault"};
  sealed.event_fields["fault"] = {"product"};
  return sealed;
}

constexpr Instant now{1'795'341'600'000'000};

constexpr auto case_json =
    R"({"at":"2026-11-22T10:00:00Z","facts":{"count":3,"customer.name":"דנה","note":"x"},)"
    R"("figures":{"?count of fault":{"possibly":2,"surely":1},"count of call":{"possibly":null,)"
    R"("surely":1}},)"
    R"("history":[{"at":"2026-11-21T10:00:00Z","event":"fault","product":"p-1","site":2}]})";
constexpr auto decision_json =
    R"({"answers":{"open":{"could_be":1,"value":1},"who":{"could_be":null,"value":"Dana"}},)"
    R"("checks":[],"escalations":[{"because":[{"rule":"by_note","text":{"en":"x"}},)"
    R"({"rule":"other","text":{"en":"y"}}],"due":"d","rules":["late"],"then":[{"due":"e",)"
    R"("to":"b"}],)"
    R"("to":"a"}],"matches":[{"at":[0,1],"fact":"note","phrase":"x","phrases":"p"}],)"
    R"("plan":[{"action":"call","due":"d","rules":["late","a"],"with":{"about":"x","times":2}},)"
    R"({"action":"call","due":"d","rules":["a"],"with":{"times":2}}],)"
    R"("record":[{"event":"fault","rules":["a"],"with":{"product":"p","site":1}}],)"
    R"("say":[{"rules":["a"],"script":"greet","text":{"en":"Hello Dana"}},)"
    R"({"rules":["by_note"],"script":null,"text":{"en":"x"}},)"
    R"({"rules":["a"],"script":"wait","text":{"en":"Wait"}}],)"
    R"("scores":{"calm":{"between":[0,1],"value":0},"risk":{"between":[3,4],"value":3}}})";

void seal(store::Entry& entry, std::string_view of_case, Figures figures, MayHold may_hold,
          std::string_view decision) {
  auto subject = json::read_resolved_case(rules(), of_case);
  ensure(static_cast<bool>(subject));
  subject.value().figures = std::move(figures);
  auto const order = json::order_facts(rules().policy);
  seal_entry(entry, {rules(), subject.value(), now, order}, std::string{decision}, may_hold,
             names());
}

store::Record sealed_record() {
  std::string without_figures{case_json};
  auto const figures_at = without_figures.find("\"figures\"");
  without_figures.erase(figures_at, without_figures.find("\"history\"") - figures_at);
  store::Record record;
  seal(record.entry, without_figures,
       {{"?count of fault", {Figure::Count{1, 2}}}, {"count of call", {Figure::Count{1, {}}}}},
       MayHold::sealed_values, decision_json);
  record.seal = store::Seal::opened;
  return record;
}

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST(SealedRecord, shows_commitments_in_the_place_of_values_and_everything_else) {
  auto const record = sealed_record();
  auto const& [sealed_case, sealed_decision] =
      std::pair{record.entry.case_json, record.entry.decision_json};
  EXPECT_EQ(count_of(sealed_case, R"({"sealed":")"), 4u) << sealed_case;
  EXPECT_EQ(count_of(sealed_decision, R"({"sealed":")"), 13u) << sealed_decision;
  for (auto const* hidden : {"דנה", "\"x\"", "p-1", "Dana", "\"e\""})
    EXPECT_EQ((sealed_case + sealed_decision).find(hidden), std::string::npos) << hidden;
  for (auto const* shown : {"\"count\":3", "\"site\":2", "Wait", "\"times\":2", "\"en\":\"y\""})
    EXPECT_NE((sealed_case + sealed_decision).find(shown), std::string::npos) << shown;
}

TEST(SealedRecord, opens_to_the_same_bytes) {
  auto record = sealed_record();
  ASSERT_TRUE(open_record(record));
  EXPECT_EQ(record.entry.case_json, case_json);
  EXPECT_EQ(record.entry.decision_json, decision_json);
}

TEST(SealedRecord, does_not_open_with_other_values_than_it_commits_to) {
  for (auto const& [from, to] :
       {std::pair{"Dana", "Dina"}, std::pair{"/case/facts/note", "/case/facts/nota"},
        std::pair{"\"salt\":\"", "\"salt\":\"0"}}) {
    auto record = sealed_record();
    auto const at = record.entry.secret.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    record.entry.secret.replace(at, std::string_view{from}.size(), to);
    EXPECT_FALSE(open_record(record)) << from;
  }
}

TEST(SealedRecord, has_no_secret_where_nothing_is_private) {
  store::Entry entry;
  seal(entry, R"({"facts":{"count":3}})", {}, MayHold::sealed_values, R"({"plan":[]})");
  EXPECT_EQ(entry.secret, "");
  EXPECT_EQ(entry.case_json, R"({"at":"2026-11-22T10:00:00Z","facts":{"count":3},"history":[]})");
  EXPECT_EQ(entry.decision_json, R"({"plan":[]})");
}

TEST(SealedRecord, has_a_secret_of_its_case_alone_where_the_decision_holds_none) {
  store::Entry entry;
  auto constexpr decision = R"({"say":[{"rules":["by_note"],"script":null,"text":{"en":"x"}}]})";
  seal(entry, R"({"facts":{"note":"x","customer.name":null}})", {}, MayHold::nothing_sealed,
       decision);
  EXPECT_EQ(count_of(entry.case_json, R"({"sealed":")"), 1u) << entry.case_json;
  EXPECT_NE(entry.secret.find(R"("/case/facts/note":"x")"), std::string::npos) << entry.secret;
  EXPECT_EQ(entry.decision_json, decision);
}

TEST(ADecision, may_hold_sealed_values_where_the_policy_says_so_of_a_part_it_has) {
  Decision decision;
  SealedNames sealed;
  sealed.facts = {"note"};
  sealed.event_fields["fault"] = {"product"};
  EXPECT_EQ(may_hold(decision, sealed), MayHold::nothing_sealed);
  auto with_match = decision;
  with_match.matches.emplace_back();
  EXPECT_EQ(may_hold(with_match, sealed), MayHold::sealed_values);
  auto with_event = decision;
  with_event.record.emplace_back();
  EXPECT_EQ(may_hold(with_event, sealed), MayHold::sealed_values);
  for (auto* const names : {&sealed.scores, &sealed.answers, &sealed.scripts, &sealed.because,
                            &sealed.said, &sealed.checks, &sealed.times}) {
    names->insert("x");
    EXPECT_EQ(may_hold(decision, sealed), MayHold::sealed_values);
    names->clear();
  }
  sealed.arguments["call"] = {"about"};
  EXPECT_EQ(may_hold(decision, sealed), MayHold::sealed_values);
}

TEST(SealedRecord, never_has_the_same_commitment_twice) {
  EXPECT_NE(sealed_record().entry.case_json, sealed_record().entry.case_json);
}

TEST(SealedEvent, opens_to_the_same_fields) {
  store::StoredEvent stored;
  stored.event.event = "fault";
  stored.event.fields = R"({"product":"p-1","site":2})";
  seal_event(stored.event, names());
  EXPECT_EQ(stored.event.fields.find("p-1"), std::string::npos);
  EXPECT_NE(stored.event.fields.find("\"site\":2"), std::string::npos);
  stored.seal = store::Seal::opened;
  open_event(stored);
  EXPECT_EQ(stored.event.fields, R"({"product":"p-1","site":2})");
}

TEST(ReadableCase, is_there_only_where_it_can_be_read) {
  auto const record = sealed_record();
  store::Secret secret{.seal = store::Seal::opened, .text = record.entry.secret};
  EXPECT_EQ(readable_case(record.entry.case_json, &secret, false), case_json);
  EXPECT_FALSE(readable_case("", nullptr, true));
  secret.seal = store::Seal::erased;
  EXPECT_FALSE(readable_case(record.entry.case_json, &secret, false));
  EXPECT_EQ(readable_case(case_json, nullptr, false), case_json);
}

}  // namespace
}  // namespace heed::api
