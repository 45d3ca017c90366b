#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

#include "server/json/case_reader.hpp"
#include "server/json/decision.hpp"

// Every allocation of this program is counted.
namespace {
std::size_t allocations = 0;
}  // namespace

void* operator new(std::size_t size) {
  ++allocations;
  auto* memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) std::abort();
  return memory;
}
void* operator new(std::size_t size, std::nothrow_t const&) noexcept {
  return operator new(size);
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace heed {
namespace {

constexpr std::string_view policy = R"(
policy plain
  languages en, he

role agent
role team_lead above agent

phase respond, resolve

fact order.late is yes or no
fact order.days is whole number
fact order.kind is one of book, toy, food
fact customer.message is text
fact customer.again is yes or no

need functional arrival
need psychological respect

action refund
  phase resolve
action call
  phase respond

score risk from 0 to 100
answer tone is one of plain, warm

rule late
  when order.late and order.days >= 3
  then arrival is violated, severity 4
       do refund by agent within 4 hours
       add 20 to risk
  because en "the order is late" he "ההזמנה מאחרת"

rule again
  when customer.again
  then respect is threatened
       set tone to warm
       say en "We are sorry for the long wait, once more." he "אנו מצטערים על ההמתנה הארוכה, שוב."
  because en "it is not the first time" he "זו לא הפעם הראשונה"

rule hurt
  when respect is at least threatened and order.kind is book
  then escalate to team_lead within 1 hour
       forbid call
  because en "somebody is hurt" he "מישהו נפגע"

rule ring
  when order.late
  then do call within 2 hours
  because en "a call helps" he "שיחה עוזרת"
)";

constexpr std::string_view cases[] = {
    R"({"at":"2026-11-22T10:15:00+02:00","subject":"customer-number-1234567","facts":{"order":)"
    R"({"late":true,"days":5,"kind":"book"},"customer":{"message":"Where is it? I have asked )"
    R"(three times by now, \"soon\" is no answer.","again":true}}})",
    R"({"at":"2026-11-23T10:15:00+02:00","subject":"c-1","facts":{"order":{"late":false,"days":1,)"
    R"("kind":"toy"},"customer":{"message":"איפה ההזמנה שלי? כבר שאלתי שלוש פעמים",)"
    R"("again":false}}})",
    R"({"at":"2026-11-22T10:15:00+02:00","subject":"c-2","facts":{"order.late":true,)"
    R"("order.days":2,"order.kind":"food","customer":{"message":"A text of some length, too.",)"
    R"("again":true}}})",
};

TEST(Allocations, there_is_none_for_a_plain_decision_in_the_steady_state) {
  auto const loaded = load({{"plain.heed", std::string{policy}}}, "revision");
  for (auto const& one : loaded.diagnostics) ADD_FAILURE() << one.message;
  ASSERT_TRUE(loaded.rules);
  json::CaseReader reader{*loaded.rules};
  Evaluator evaluator{*loaded.rules};
  auto const engine = engine_version();
  std::string out;
  std::size_t reading = 0, deciding = 0, writing = 0, fired = 0;
  auto const decide = [&](std::string_view text) {
    auto const begun = allocations;
    auto const subject = reader.read(text);
    auto const read = allocations;
    if (!subject) std::abort();
    auto const& decision = evaluator.decide(*subject.value(), *subject.value()->at);
    auto const decided = allocations;
    out.clear();
    json::write_decision(out, decision, engine);
    fired += decision.fired.size();
    reading += read - begun;
    deciding += decided - read;
    writing += allocations - decided;
  };
  for (int round = 0; round < 3; ++round)
    for (auto const text : cases) decide(text);
  reading = deciding = writing = fired = 0;
  for (int round = 0; round < 100; ++round)
    for (auto const text : cases) decide(text);
  EXPECT_EQ(reading, 0u);
  EXPECT_EQ(deciding, 0u);
  EXPECT_EQ(writing, 0u);
  EXPECT_EQ(fired, 100u * 6u);
}

}  // namespace
}  // namespace heed
