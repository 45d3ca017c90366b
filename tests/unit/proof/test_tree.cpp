#include "engine/base/hex.hpp"
#include "server/proof/tree.hpp"

#include <gtest/gtest.h>

#include "server/proof/paths.hpp"
#include "tests/unit/proof/small_tree.hpp"

namespace heed::proof::testing {
namespace {

// The tree of eight leaves with which implementations of RFC 6962 and RFC 9162 are compared.
std::vector<Digest> published_leaves() {
  using namespace std::string_view_literals;
  std::vector<Digest> leaves;
  for (std::string_view const data :
       {""sv, "\x00"sv, "\x10"sv, "\x20\x21"sv, "\x30\x31"sv, "\x40\x41\x42\x43"sv,
        "\x50\x51\x52\x53\x54\x55\x56\x57"sv,
        "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"sv})
    leaves.push_back(hash_leaf(data));
  return leaves;
}

constexpr std::string_view published_roots[] = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};

std::vector<std::string> in_hex(std::vector<Digest> const& hashes) {
  std::vector<std::string> words;
  for (Digest const& hash : hashes) words.push_back(to_hex(hash).substr(0, 8));
  return words;
}

TEST(Tree, has_the_published_roots) {
  auto const leaves = published_leaves();
  Frontier frontier;
  EXPECT_EQ(to_hex(root_of(frontier)), published_roots[0]);
  for (std::size_t size = 1; size <= leaves.size(); ++size) {
    append(frontier, leaves[size - 1]);
    EXPECT_EQ(to_hex(root_of(frontier)), published_roots[size]) << size;
    EXPECT_EQ(to_hex(root_over({leaves.data(), size})), published_roots[size]) << size;
  }
}

TEST(Tree, has_the_published_inclusion_proofs) {
  struct Case {
    std::int64_t index, size;
    std::vector<std::string> path;
  };
  Case const cases[] = {
      {0, 1, {}},
      {0, 8, {"96a296d2", "5f083f0a", "6b47aaf2"}},
      {5, 8, {"bc1a0643", "ca854ea1", "d37ee418"}},
      {2, 3, {"fac54203"}},
      {1, 5, {"6e340b9c", "5f083f0a", "bc1a0643"}},
  };
  auto const leaves = published_leaves();
  for (Case const& known : cases) {
    auto tiles = tiles_of(leaves);
    auto const path = tiles.hash(inclusion_path(known.index, known.size));
    ASSERT_TRUE(path);
    EXPECT_EQ(in_hex(path.value()), known.path);
    EXPECT_TRUE(proves_inclusion(leaves[static_cast<std::size_t>(known.index)], known.index,
                                 {known.size, from_hex(published_roots[known.size])},
                                 path.value()));
  }
}

TEST(Tree, has_the_published_consistency_proofs) {
  struct Case {
    std::int64_t earlier, later;
    std::vector<std::string> path;
  };
  Case const cases[] = {
      {1, 1, {}},
      {1, 8, {"96a296d2", "5f083f0a", "6b47aaf2"}},
      {6, 8, {"0ebc5d34", "ca854ea1", "d37ee418"}},
      {2, 5, {"5f083f0a", "bc1a0643"}},
      {6, 7, {"0ebc5d34", "b08693ec", "d37ee418"}},
  };
  auto const leaves = published_leaves();
  for (Case const& known : cases) {
    auto tiles = tiles_of(leaves);
    auto const path = tiles.hash(consistency_path(known.earlier, known.later));
    ASSERT_TRUE(path);
    EXPECT_EQ(in_hex(path.value()), known.path);
    EXPECT_TRUE(proves_consistency({known.earlier, from_hex(published_roots[known.earlier])},
                                   {known.later, from_hex(published_roots[known.later])},
                                   path.value()));
  }
}

constexpr std::int64_t sizes_max = 130;

// The proof with one byte changed, a hash missing, one too many, two turned: none of them proves.
template <class Proves>
void expect_refusals(std::vector<Digest> const& path, std::size_t turn, Proves const& proves) {
  for (std::size_t place = 0; place < path.size(); ++place) {
    auto changed = path;
    changed[place][turn % 32] ^= static_cast<unsigned char>(1u << (turn % 8));
    EXPECT_FALSE(proves(changed));
  }
  auto longer = path;
  longer.push_back(hash_leaf("more"));
  EXPECT_FALSE(proves(longer));
  if (path.empty()) return;
  auto shorter = path;
  shorter.pop_back();
  EXPECT_FALSE(proves(shorter));
  if (path.size() > 1) {
    auto turned = path;
    std::swap(turned.front(), turned.back());
    EXPECT_FALSE(proves(turned));
  }
}

TEST(Paths, prove_every_leaf_of_every_size_and_nothing_else) {
  auto const leaves = numbered_leaves(sizes_max);
  auto tiles = tiles_of(leaves);
  for (std::int64_t size = 1; size <= sizes_max; ++size) {
    Root const tree = defined_tree(leaves, size);
    EXPECT_EQ(tiles.root(size).value(), tree.hash);
    for (std::int64_t index = 0; index < size; ++index) {
      Digest const& leaf = leaves[static_cast<std::size_t>(index)];
      auto const path = tiles.hash(inclusion_path(index, size)).value();
      ASSERT_TRUE(proves_inclusion(leaf, index, tree, path)) << index << " of " << size;
      EXPECT_FALSE(proves_inclusion(hash_leaf("other"), index, tree, path));
      EXPECT_FALSE(proves_inclusion(leaf, index + 1, tree, path));
      EXPECT_FALSE(proves_inclusion(leaf, index - 1, tree, path));
      EXPECT_FALSE(proves_inclusion(leaf, index, {size, hash_leaf("other")}, path));
      expect_refusals(path, static_cast<std::size_t>(index), [&](auto const& changed) {
        return proves_inclusion(leaf, index, tree, changed);
      });
    }
  }
}

TEST(Paths, prove_every_growth_and_nothing_else) {
  auto const leaves = numbered_leaves(sizes_max);
  auto tiles = tiles_of(leaves);
  for (std::int64_t size = 0; size <= sizes_max; ++size) {
    Root const later = defined_tree(leaves, size);
    for (std::int64_t before = 0; before <= size; ++before) {
      Root const earlier = defined_tree(leaves, before);
      auto const path = tiles.hash(consistency_path(before, size)).value();
      ASSERT_TRUE(proves_consistency(earlier, later, path)) << before << " of " << size;
      EXPECT_FALSE(proves_consistency({before, hash_leaf("other")}, later, path));
      EXPECT_EQ(proves_consistency(earlier, {size, hash_leaf("other")}, path),
                before == 0 && size > 0);
      expect_refusals(path, static_cast<std::size_t>(before), [&](auto const& changed) {
        return proves_consistency(earlier, later, changed);
      });
    }
  }
  EXPECT_FALSE(proves_consistency(defined_tree(leaves, 5), defined_tree(leaves, 4), {}));
  EXPECT_FALSE(proves_consistency({-1, {}}, defined_tree(leaves, 4), {}));
}

TEST(Paths, each_flipped_byte_is_refused) {
  auto const leaves = numbered_leaves(77);
  auto tiles = tiles_of(leaves);
  Root const tree = defined_tree(leaves, 77);
  Root const earlier = defined_tree(leaves, 43);
  auto inclusion = tiles.hash(inclusion_path(43, 77)).value();
  auto consistency = tiles.hash(consistency_path(43, 77)).value();
  for (auto* const path : {&inclusion, &consistency}) {
    for (Digest& hash : *path) {
      for (unsigned char& byte : hash) {
        byte ^= 0x40;
        EXPECT_FALSE(path == &inclusion ? proves_inclusion(leaves[43], 43, tree, *path)
                                        : proves_consistency(earlier, tree, *path));
        byte ^= 0x40;
      }
    }
  }
  EXPECT_TRUE(proves_inclusion(leaves[43], 43, tree, inclusion));
  EXPECT_TRUE(proves_consistency(earlier, tree, consistency));
}

TEST(Tiles, prove_across_levels) {
  auto const leaves = numbered_leaves(70'000);
  auto tiles = tiles_of(leaves);
  Frontier frontier;
  for (Digest const& leaf : leaves) append(frontier, leaf);
  Root const tree{70'000, root_of(frontier)};
  EXPECT_EQ(tiles.root(tree.size).value(), tree.hash);
  for (std::int64_t const index : {0, 1, 255, 256, 65'535, 65'536, 69'887, 69'888, 69'999}) {
    auto const path = tiles.hash(inclusion_path(index, tree.size)).value();
    EXPECT_TRUE(proves_inclusion(leaves[static_cast<std::size_t>(index)], index, tree, path))
        << index;
    Root const earlier{index + 1, tiles.root(index + 1).value()};
    EXPECT_TRUE(proves_consistency(earlier, tree,
                                   tiles.hash(consistency_path(index + 1, tree.size)).value()));
  }
}

TEST(Tiles, a_tile_that_is_too_short_is_damage) {
  Tiles tiles{[](int, std::int64_t) -> Expected<std::vector<Digest>, Error> {
    return std::vector<Digest>{hash_leaf("only")};
  }};
  EXPECT_EQ(tiles.hash(inclusion_path(0, 2)).error().code, "log.corrupt");
}

}  // namespace
}  // namespace heed::proof::testing
