#include "server/store/tree.hpp"

#include "server/proof/paths.hpp"
#include "tests/unit/store/store_fixture.hpp"

namespace heed::store::testing {
namespace {

using proof::Root;

Digest leaf_number(std::int64_t number) {
  return proof::hash_leaf(std::to_string(number));
}

TEST(Tree, of_a_log_is_over_the_envelopes_of_its_records) {
  Folder const folder;
  append_all(*open_log(folder.file()), 0, 300);
  auto const reader = open_reader(folder.file());
  std::vector<Digest> leaves;
  ASSERT_TRUE(reader->visit(1, [&](RecordRow row) {
    leaves.push_back(proof::hash_leaf(envelope_of(row)));
    EXPECT_EQ(as_bytes(leaves.back()), row.hash);
    return Visit::next;
  }));
  Root const tree{300, proof::root_over(leaves)};
  EXPECT_EQ(reader->head().value().root, tree.hash);
  auto tiles = reader->tiles();
  for (std::int64_t index = 0; index < 300; index += 13) {
    auto const path = tiles.hash(proof::inclusion_path(index, 300)).value();
    EXPECT_TRUE(
        proof::proves_inclusion(leaves[static_cast<std::size_t>(index)], index, tree, path));
    Root const earlier{index, proof::root_over({leaves.data(), static_cast<std::size_t>(index)})};
    EXPECT_TRUE(proof::proves_consistency(earlier, tree,
                                          tiles.hash(proof::consistency_path(index, 300)).value()));
  }
}

// Straight into the tiles: 70,000 leaves fill a tile of the level above them.
TEST(Tree, grows_over_levels_and_goes_on_from_any_size) {
  Folder const folder;
  open_log(folder.file());
  auto opened = Database::open({.path = folder.file()});
  Database& database = opened.value();
  ASSERT_TRUE(database.script("BEGIN"));
  auto tree = GrowingTree::load(database, 0).value();
  proof::Frontier expected;
  for (std::int64_t number = 0; number < 70'000; ++number) {
    ASSERT_TRUE(tree.append(database, leaf_number(number)));
    proof::append(expected, leaf_number(number));
    if (number % 256 != 255 || (number % 7'936 != 0 && number < 65'000)) continue;
    auto const loaded = GrowingTree::load(database, number + 1);
    ASSERT_TRUE(loaded) << loaded.error().message;
    ASSERT_EQ(loaded.value().root(), proof::root_of(expected));
    tree = loaded.value();
  }
  EXPECT_EQ(tree.root(), proof::root_of(expected));
  EXPECT_EQ(database.read_integer("SELECT count(*) FROM tiles WHERE level = 0").value(), 273);
  EXPECT_EQ(database.read_integer("SELECT count(*) FROM tiles WHERE level = 1").value(), 2);
  EXPECT_EQ(database.read_integer("SELECT count(*) FROM tiles WHERE level = 2").value(), 1);
  proof::Tiles tiles{
      [&](int level, std::int64_t index) { return read_tile(database, level, index); }};
  Root const whole{69'888, tiles.root(69'888).value()};
  for (std::int64_t const index : {0, 65'535, 65'536, 69'887}) {
    auto const path = tiles.hash(proof::inclusion_path(index, whole.size)).value();
    EXPECT_TRUE(proof::proves_inclusion(leaf_number(index), index, whole, path));
  }
  ASSERT_TRUE(database.script("ROLLBACK"));
}

TEST(Tree, a_change_of_any_tile_is_found) {
  Folder const folder;
  append_all(*open_log(folder.file()), 0, 600);
  struct Case {
    char const* sql;
    char const* code;
  };
  constexpr Case cases[] = {
      {"UPDATE tiles SET hashes = zeroblob(8192) WHERE level = 0 AND tile = 1", "verify.tree"},
      {"UPDATE tiles SET hashes = zeroblob(8191) WHERE level = 0 AND tile = 1", "verify.tree"},
      {"UPDATE tiles SET hashes = zeroblob(64) WHERE level = 1", "verify.tree"},
      {"DELETE FROM tiles WHERE level = 1", "verify.tree"},
      {"UPDATE tiles SET tile = 7 WHERE level = 0 AND tile = 1", "verify.tree"},
      {"INSERT INTO tiles VALUES (0, 2, zeroblob(8192))", "verify.tree"},
      {"INSERT INTO tiles VALUES (2, 0, zeroblob(32))", "verify.tree"},
      {"INSERT INTO tiles VALUES (-1, 0, zeroblob(32))", "verify.tree"},
      {"INSERT INTO tiles VALUES (0, -1, zeroblob(32))", "verify.tree"},
  };
  for (Case const& tampered : cases) {
    std::string const copy = folder.file("copy.db");
    tamper(folder.file(), "VACUUM INTO '" + copy + "'");
    tamper(copy, tampered.sql);
    EXPECT_EQ(verdict(copy), tampered.code) << tampered.sql;
    std::remove(copy.c_str());
  }
}

TEST(Tree, a_log_whose_tree_is_damaged_takes_no_further_record) {
  Folder const folder;
  append_all(*open_log(folder.file()), 0, 600);
  tamper(folder.file(), "UPDATE tiles SET hashes = zeroblob(64) WHERE level = 1");
  auto const log = Log::open({.path = folder.file()});
  ASSERT_FALSE(log);
  EXPECT_EQ(log.error().code, "log.corrupt");
  EXPECT_NE(log.error().help.find("backup"), std::string::npos);
}

}  // namespace
}  // namespace heed::store::testing
