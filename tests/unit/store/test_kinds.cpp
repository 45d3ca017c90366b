#include "server/store/activations.hpp"
#include "server/store/kinds.hpp"
#include "tests/unit/store/store_fixture.hpp"

namespace heed::store::testing {
namespace {

Entry entry_of(std::string_view kind) {
  Entry entry = sample_entry(0);
  entry.kind = kind;
  entry.marks = {};
  entry.decision_json.clear();
  entry.case_json = "{}";
  entry.revision.clear();
  return entry;
}

TEST(Kinds, of_every_name_can_be_written_and_verified) {
  Folder const folder;
  {
    auto const log = open_log(folder.file());
    for (Kind const& kind : all_kinds()) {
      if (kind.name == kinds::key) continue;  // of which the log itself writes the records
      Entry entry = entry_of(kind.name);
      if (kind.name == kinds::erasure) entry.case_json = R"({"events":0,"key":9,"records":0})";
      if (kind.names_policy) entry.revision = sample_revision();
      if (kind.name == kinds::policy)
        entry.case_json = activation_text({.id = {}, .revision = sample_revision()}, "", {});
      entry.by = "t-1";
      auto const appended = append(*log, std::move(entry));
      EXPECT_TRUE(appended) << kind.name;
    }
  }
  EXPECT_EQ(verdict(folder.file()), "sound");
  auto const page = open_reader(folder.file())->list({.kind = "erasure"}, {}).value();
  ASSERT_EQ(page.records.size(), 1u);
  EXPECT_EQ(page.records[0].entry.by, "t-1");
}

TEST(Kinds, refuse_what_they_do_not_allow) {
  auto const code_of = [](Entry entry) {
    auto const prepared = prepare(std::move(entry));
    return prepared ? std::string_view{} : prepared.error().code;
  };
  EXPECT_EQ(code_of(entry_of("gossip")), "log.bad-record");
  EXPECT_EQ(code_of(entry_of(kinds::policy)), "log.bad-record") << "names no policy";
  Entry entry = entry_of(kinds::erasure);
  EXPECT_EQ(code_of(entry), "");
  entry.revision = sample_revision();
  EXPECT_EQ(code_of(entry), "log.bad-record");
  entry = entry_of(kinds::erasure);
  entry.decision_json = "{}";
  EXPECT_EQ(code_of(entry), "log.bad-record");
  entry = entry_of(kinds::erasure);
  entry.case_json = "";
  EXPECT_EQ(code_of(entry), "log.bad-record");
  entry = sample_entry(0);
  entry.trace = "0AF7651916CD43DD8448EB211C80319C";
  EXPECT_EQ(code_of(entry), "log.bad-record");
}

TEST(Kinds, that_there_are_not_are_found) {
  Folder const folder;
  append_all(*open_log(folder.file()), 0, 3);
  {
    auto database = Database::open({.path = folder.file()});
    Writer writer{std::move(database).value(), system_now_us, day_us, folder.file() + ".key"};
    Prepared prepared = prepare(sample_entry(3)).value();
    prepared.entry.kind = "gossip";
    std::vector<Item> const items{std::move(prepared)};
    ASSERT_TRUE(writer.take_key());
    ASSERT_TRUE(writer.write(items));
  }
  EXPECT_EQ(verdict(folder.file()), "verify.kind");
}

}  // namespace
}  // namespace heed::store::testing
