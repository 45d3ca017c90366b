#pragma once
#include <utility>

#include "engine/advisor.hpp"

/// A decision in which every member has something to say, and texts that must be escaped.
namespace heed::testing {

inline Counted full_count(Instant due) {
  Instant const from{due.micros - 90'000'000};
  return {"office", from, {{from, due}, {due, due}}, {Date{20'635}, Date{20'636}}};
}

inline std::vector<PlanItem> full_plan(Instant due) {
  PlanItem refund;
  refund.phase = "resolve";
  refund.action = "refund";
  refund.with = {{"amount", {Shown::Amount{"200.00", "ILS"}}},
                 {"kind", {std::string{"card"}}},
                 {"share", {Shown::Decimal{"0.15"}}},
                 {"when", {}}};
  refund.by = "team_lead";
  refund.internal_to = "warehouse";
  refund.due = due;
  refund.expires = Instant{due.micros + 60'000'000};
  refund.counted = full_count(due);
  refund.approval = Approval{"service_manager", "1000 ILS"};
  refund.requires_ = "identity.verified";
  refund.unless = {"customer_at_fault"};
  refund.rules = {"broken_promise", "wrong_item"};
  PlanItem apologise;
  apologise.action = "apologise";
  apologise.rules = {"blamed"};
  return {refund, apologise};
}

inline void add_lists(Decision& decision, Instant due) {
  decision.say = {{"opening", {{"en", "I am \"sorry\"\n"}, {"he", "אני מצטער"}}, {"blamed"}},
                  {std::nullopt, {{"en", "tab\t \\ \x01 \x7f"}}, {"blamed"}}};
  decision.choices = {{{{"refund", {{"amount", {Shown::Amount{"50.00", "ILS"}}}}, {}, {}},
                        {"replace_item", {}, "identity.verified", {"customer_at_fault"}}},
                       {"wrong_item"}}};
  decision.checks = {{"close", {{"en", "Settled?"}, {"he", "נסגר?"}}, {"blamed", "wrong_item"}}};
  decision.escalations = {{"team_lead",
                           due,
                           full_count(due),
                           {{"service_manager", due}, {"owner", std::nullopt}},
                           "owner",
                           {"blamed"},
                           {{"blamed", {{"en", "A hurt respect does not heal by itself."}}}}},
                          {std::nullopt, std::nullopt, std::nullopt, {}, "legal", {}, {}}};
  decision.alerts = {{"service_manager", std::nullopt, {"legal_threat"}},
                     {"team_lead", due, {"blamed"}}};
  decision.record = {{"blamed", {{"count", {Shown::Decimal{"2"}}}}, {"blamed"}}};
  decision.forbidden = {{"offer_discount", {"blamed"}}};
  decision.withheld = {{"credit", "identity.verified", {"goodwill"}}};
  decision.questions = {{"customer.captive",
                         "yes or no",
                         {},
                         {{"en", "Can they go elsewhere?"}},
                         {"action:refund", "need:respect"}},
                        {"customer.tier", "one of", {"standard", "gold"}, {}, {"score:churn"}}};
  decision.matches = {{"agent.message", "blame", "not my fault", 12, 24}};
  decision.ignored = {"/facts/customer/shoe_size"};
  decision.warnings = {{"answer.conflict", "", "`a` and `b` set `ticket.queue`"},
                       {"computation.division-by-zero", "late", "`1 / case.contacts`"}};
}

inline Decision full_decision() {
  Decision decision;
  decision.zone = Zone::find("Asia/Jerusalem").value_or(Zone::utc());
  decision.at = decision.zone.parse("2026-11-22T10:15:00.25+02:00").value_or(Instant{});
  Instant const due = decision.zone.parse("2026-07-01T12:00:00").value_or(Instant{});
  decision.subject = "c-4711";
  decision.policy = "service_recovery";
  decision.revision = "9f86d081";
  decision.needs = {
      {"respect",
       NeedKind::psychological,
       NeedState::threatened,
       NeedState::violated,
       4,
       5,
       {{"blamed", {{"en", "It hurts."}, {"he", "זה כואב."}}}, {"late", {}}}},
      {"right_item", NeedKind::functional, NeedState::met, NeedState::threatened, 0, 3, {}}};
  decision.scores = {{"churn", Number{45}, Number{45}, Number{70}},
                     {"trust", std::nullopt, Number{-10}, Number::make(1, 3).value_or(Number{})}};
  decision.answers = {{"ticket.priority", {std::string{"high"}}, {std::string{"urgent"}}, {"late"}},
                      {"ticket.queue", {}, {}, {"a", "b"}},
                      {"ticket.tags",
                       {std::vector<Shown>{{std::string{"a"}}, {std::string{"b"}}}},
                       {std::vector<Shown>{}},
                       {}},
                      {"ticket.vip", {true}, {false}, {}}};
  decision.plan = full_plan(due);
  add_lists(decision, due);
  decision.fired = {"blamed", "broken_promise"};
  decision.pending = {"customer_at_fault"};
  return decision;
}

}  // namespace heed::testing
