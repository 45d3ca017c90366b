#include "server/store/activations.hpp"
#include "server/store/policy_list.hpp"
#include "server/store/revision.hpp"
#include "server/store/uuid.hpp"
#include "tests/unit/store/failing_disk.hpp"
#include "tests/unit/store/store_fixture.hpp"

namespace heed::store::testing {
namespace {

std::string new_id() {
  static UuidSource ids;
  return ids.next(system_now_us());
}

/// Stores a policy that differs from others by `number`, and answers its revision.
std::string put(Log& log, int number, std::string by = {}) {
  std::vector<SourceText> const sources{{"p.heed", "policy p" + std::to_string(number) + "\n"}};
  auto const revision = revision_of(sources);
  EXPECT_TRUE(log.put_policy(revision, "p", sources, std::move(by)));
  return revision;
}

Expected<Activated, Error> activate(Log& log, std::string const& revision,
                                    std::vector<std::string> instead_of = {}) {
  return log.activate({.id = new_id(), .revision = revision, .instead_of = std::move(instead_of)});
}

Entry decided_by(std::string const& revision, int number) {
  Entry entry = sample_entry(number);
  entry.revision = revision;
  return entry;
}

TEST(Activations, go_on_from_one_another) {
  Folder const folder;
  auto const log = open_log(folder.file());
  auto const first = put(*log, 1), second = put(*log, 2);
  EXPECT_EQ(activate(*log, first).value().record.text,
            R"({"from":"","tests":null,"to":")" + first + R"(","way":"folder","writers":[]})");
  auto const refused = activate(*log, second, {"something else"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "policies.changed");
  EXPECT_NE(refused.error().message.find(first), std::string::npos);
  EXPECT_TRUE(activate(*log, second, {"something else", first}));
  EXPECT_EQ(activate(*log, "0").error().code, "policies.unknown");
  auto const reader = open_reader(folder.file());
  auto const held = reader->hold();
  EXPECT_EQ(active_revision(held.database).value(), second);
  EXPECT_EQ(activations_of(held.database, first, 9).value().size(), 1u);
  auto const found = verify_file(folder.file());
  EXPECT_FALSE(found.problem);
  EXPECT_EQ(found.activations, 2);
}

TEST(Activations, of_what_is_active_write_nothing) {
  Folder const folder;
  auto const log = open_log(folder.file());
  auto const first = put(*log, 1);
  auto const once = activate(*log, first);
  auto const again = activate(*log, first);
  EXPECT_EQ(once.value().written, Written::now);
  EXPECT_EQ(again.value().written, Written::before);
  EXPECT_EQ(again.value().record.id, once.value().record.id);
  EXPECT_TRUE(append(*log, decided_by(first, 1)));
  EXPECT_EQ(verify_file(folder.file()).records, 2);
}

TEST(Activations, are_kept_by_a_disk_that_fails_or_are_not_answered) {
  int written = 0;
  for (int nth = 0; nth < 30; ++nth) {
    Folder const folder;
    {
      auto const log = open_log({.path = folder.file(), .vfs = failing_disk()});
      auto const first = put(*log, 1), second = put(*log, 2);
      ASSERT_TRUE(activate(*log, first));
      set_fault(Fault::anything, nth);
      bool const answered = static_cast<bool>(activate(*log, second));
      set_fault(Fault::none);
      auto const reader = open_reader(folder.file());
      auto const held = reader->hold();
      auto const active = active_revision(held.database).value();
      if (answered) {
        EXPECT_EQ(active, second) << nth;
      } else {
        EXPECT_TRUE(active == first || active == second) << nth;
      }
      written += answered;
    }
    EXPECT_EQ(verdict(folder.file()), "sound") << nth;
  }
  EXPECT_GT(written, 0);
}

TEST(Activations, that_do_not_go_on_from_one_another_are_found) {
  Folder const folder;
  auto const log = open_log(folder.file());
  auto const first = put(*log, 1), second = put(*log, 2);
  ASSERT_TRUE(activate(*log, first));
  Entry entry{.kind = "policy",
              .id = new_id(),
              .revision = second,
              .engine = "0",
              .case_json = activation_text({.id = {}, .revision = second}, second, {})};
  ASSERT_TRUE(append(*log, entry));
  EXPECT_EQ(verdict(folder.file()), "verify.activation");
}

TEST(Activations, come_before_the_decisions_by_their_policy) {
  Folder const folder;
  auto const log = open_log(folder.file());
  ASSERT_TRUE(append(*log, sample_entry(1)));  // as earlier versions did
  auto const first = put(*log, 1), second = put(*log, 2);
  ASSERT_TRUE(activate(*log, first));
  ASSERT_TRUE(activate(*log, second));
  ASSERT_TRUE(append(*log, decided_by(first, 2)));  // was under way
  auto const found = verify_file(folder.file());
  EXPECT_FALSE(found.problem);
  EXPECT_EQ(found.late_decisions.count, 1);
  ASSERT_TRUE(append(*log, sample_entry(3)));
  EXPECT_EQ(verdict(folder.file()), "verify.inactive");
}

TEST(Activations, of_four_eyes_are_not_by_who_wrote_the_policy) {
  Folder const folder;
  auto const log = open_log(folder.file());
  auto const revision = put(*log, 1, "dana");
  put(*log, 1, "noa");
  put(*log, 1, "dana");
  Activation activation{.id = new_id(), .revision = revision, .by = "noa", .four_eyes = true};
  auto const refused = log->activate(activation);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "policies.four-eyes");
  EXPECT_NE(refused.error().message.find("`dana`, `noa`"), std::string::npos);
  activation.by = "\"omer";
  auto const activated = log->activate(activation);
  ASSERT_TRUE(activated);
  EXPECT_NE(activated.value().record.text.find(R"("writers":["dana","noa"])"), std::string::npos);
}

TEST(Activations, of_four_eyes_need_to_know_who_wrote_the_policy) {
  Folder const folder;
  auto const log = open_log(folder.file());
  auto const first = put(*log, 1), draft = put(*log, 2);
  ASSERT_TRUE(activate(*log, first));
  Activation activation{.id = new_id(), .revision = draft, .by = "noa", .four_eyes = true};
  EXPECT_EQ(log->activate(activation).error().code, "policies.four-eyes");
  put(*log, 2, "dana");
  EXPECT_TRUE(log->activate(activation));
  activation = {.id = new_id(), .revision = first, .by = "noa", .four_eyes = true};
  EXPECT_TRUE(log->activate(activation)) << "it was active before: the way back is open";
}

}  // namespace
}  // namespace heed::store::testing
