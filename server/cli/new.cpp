#include <filesystem>

#include "server/cli/commands.hpp"
#include "server/cli/files.hpp"
#include "server/cli/terminal.hpp"

namespace heed::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view policy_text =
    R"heed(# A small policy to start from.
# `heed check` tells its mistakes, `heed test` runs its tests.

policy first_steps "First steps"
  languages en, he
  zone "Asia/Jerusalem"

fact case.category is one of wrong_item, late, other
  title en "What went wrong"  he "מה השתבש"
  ask en "What went wrong?"  he "מה השתבש?"

fact agent.message is private text
  title en "What we wrote to the customer"  he "מה כתבנו ללקוח"

fact customer.captive is yes or no
  title en "Has no other supplier"  he "אין ספק אחר"
  ask en "Could the customer buy this elsewhere?"  he "האם אפשר לקנות את זה במקום אחר?"

need functional right_item "Getting what was ordered"

need psychological respect "Being treated with respect"
  weight 5

role agent "Service agent"

role team_lead "Team lead" above agent

phase respond, resolve

action apologise "Apologise"
  phase respond

action replace_item "Send the right item"
  phase resolve

score churn_risk from 0 to 100

phrases blame "Words that put the fault on the customer"
  en "not my fault", "you should have looked"
  he "לא אשמתי", "היית צריך להסתכל"

rule wrong_item_is_replaced "The wrong item is replaced"
  when case.category is wrong_item
  then right_item is violated
       do replace_item
  because en "What was missed can be repaired."
          he "מה שהוחמץ אפשר לתקן."

rule blamed_for_the_mistake "The customer was blamed"
  when agent.message mentions blame
  then respect is violated, severity 4
       do apologise by team_lead within 2 hours
       escalate to team_lead within 4 hours
  because en "A hurt respect does not heal by itself."
          he "כבוד שנפגע אינו מתאחה מעצמו."

rule hurt_customer_may_leave "A hurt customer who can leave may leave"
  when respect is violated and not customer.captive
  then add 40 to churn_risk
  because en "A customer who was hurt and has a choice seldom comes back."
          he "לקוח שנפגע ויש לו ברירה כמעט אינו חוזר."

test "the wrong item alone hurts nobody"
  given case.category is wrong_item
        agent.message is "We are sending the right one today."
  expect right_item is violated
         no psychological need is violated
         do replace_item by agent
         no escalation

test "blame hurts respect, and we ask whether the customer can leave"
  given agent.message is "זה לא אשמתי"
  expect respect is violated
         escalate to team_lead
         question customer.captive
)heed";

constexpr std::string_view case_text = R"json({
  "at": "2026-11-22T10:15:00+02:00",
  "subject": "c-4711",
  "facts": {
    "case": {"category": "wrong_item"},
    "agent": {"message": "It is not my fault that you did not look."}
  }
}
)json";

}  // namespace

int run(New const& options) {
  fs::path const folder{options.folder};
  std::error_code failed;
  if (fs::exists(folder, failed) && !fs::is_empty(folder, failed)) {
    tell({"new.not-empty", "`" + options.folder + "` is there already and is not empty",
          "give the name of a new folder"});
    return cannot;
  }
  fs::create_directories(folder, failed);
  if (failed) {
    tell({"file.unwritable", "cannot make `" + options.folder + "`: " + failed.message(), ""});
    return cannot;
  }
  for (auto const& [name, text] :
       {std::pair{"policy.heed", policy_text}, {"case.json", case_text}}) {
    auto const written = replace_file((folder / name).string(), text);
    if (!written) {
      tell(written.error());
      return cannot;
    }
  }
  std::string const at = options.folder;
  put(stdout, "made " + at + "/policy.heed and " + at + "/case.json; now try\n" + "  heed check " +
                  at + "\n  heed test " + at + "\n  heed decide --policy " + at + " --text " + at +
                  "/case.json\n");
  return done;
}

}  // namespace heed::cli
