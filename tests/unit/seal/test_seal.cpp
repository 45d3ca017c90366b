#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "server/seal/key_file.hpp"
#include "server/seal/seal.hpp"
#include "server/seal/text.hpp"

namespace heed::seal {
namespace {

class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "heed_seal_XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(Folder const&) = delete;
  Folder& operator=(Folder const&) = delete;
  std::string file() const { return path_ + "/master"; }

 private:
  std::string path_;
};

TEST(Seal, opens_with_the_key_and_for_what_it_was_sealed) {
  Key const key = make_key();
  for (std::string const text : {"", "x", "שלום", "a longer text that is sealed"}) {
    std::string const sealed = seal(key, text, "record 1");
    EXPECT_EQ(sealed.size(), text.size() + 40);
    EXPECT_EQ(open(key, sealed, "record 1"), text);
    EXPECT_FALSE(open(key, sealed, "record 2"));
    EXPECT_FALSE(open(make_key(), sealed, "record 1"));
  }
}

TEST(Seal, a_flip_of_any_bit_keeps_it_shut) {
  Key const key = make_key();
  std::string const sealed = seal(key, "a text", "id");
  for (std::size_t bit = 0; bit < 8 * sealed.size(); ++bit) {
    std::string flipped = sealed;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_FALSE(open(key, flipped, "id")) << bit;
  }
  for (std::size_t size = 0; size < sealed.size(); ++size)
    EXPECT_FALSE(open(key, sealed.substr(0, size), "id")) << size;
}

TEST(Seal, the_same_text_is_never_sealed_to_the_same_bytes) {
  Key const key = make_key();
  EXPECT_NE(seal(key, "a text", "id"), seal(key, "a text", "id"));
}

TEST(Seal, agrees_with_a_published_vector) {
  // draft-irtf-cfrg-xchacha-03, appendix A.3.1: the ciphertext's beginning, its tag and the rest.
  auto const key = from_hex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
  auto const sealed = from_hex(
      "404142434445464748494a4b4c4d4e4f5051525354555657"
      "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda"
      "7e"
      "39ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565"
      "d3"
      "fff921f9664c97637da9768812f615c68b13b52ec0875924c1c7987947deafd8780acf49");
  auto const bound_to = from_hex("50515253c0c1c2c3c4c5c6c7");
  ASSERT_TRUE(key && sealed && bound_to);
  EXPECT_EQ(open(Key{*key}, *sealed, *bound_to),
            "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the "
            "future, sunscreen would be it.");
}

TEST(Commitment, is_of_its_salt_its_place_and_its_value) {
  std::string const salt(32, 's');
  // By hand: sha256(32 times "s", "/case/facts/a", a zero byte, "1").
  EXPECT_EQ(commit(salt, "/case/facts/a", "1").size(), 64u);
  EXPECT_NE(commit(salt, "/case/facts/a", "1"), commit(salt, "/case/facts/b", "1"));
  EXPECT_NE(commit(salt, "/case/facts/a", "1"), commit(salt, "/case/facts/a", "2"));
  EXPECT_NE(commit(salt, "/case/facts/a", "1"), commit(make_salt(), "/case/facts/a", "1"));
  EXPECT_NE(commit(salt, "/a", "b"), commit(salt, "/ab", ""));
}

TEST(Fingerprint, needs_the_master_key) {
  Key const master{std::string(32, 'm')};
  EXPECT_EQ(fingerprint(master, "body"), fingerprint(master, "body"));
  EXPECT_NE(fingerprint(master, "body"), fingerprint(master, "other"));
  EXPECT_NE(fingerprint(master, "body"), fingerprint(make_key(), "body"));
  EXPECT_EQ(fingerprint(master, "body").size(), 32u);
}

TEST(MasterFile, is_for_its_owner_alone_and_read_back) {
  Folder const folder;
  EXPECT_FALSE(read_master_file(folder.file()).value());
  Key const key = make_key();
  ASSERT_TRUE(write_master_file(folder.file(), key));
  EXPECT_EQ(std::filesystem::status(folder.file()).permissions(), std::filesystem::perms{0600});
  auto const read = read_master_file(folder.file());
  ASSERT_TRUE(read && read.value());
  EXPECT_EQ(read.value()->bytes(), key.bytes());
  std::filesystem::permissions(folder.file(), std::filesystem::perms{0640});
  EXPECT_EQ(read_master_file(folder.file()).error().code, "master.exposed");
}

TEST(MasterFile, refuses_what_is_no_key) {
  Folder const folder;
  Key const key = make_key();
  std::string const whole = "PRIVATE+MASTER+" + id_of(key) + "+" + to_hex(std::string{key.bytes()});
  for (std::string const& text : {std::string{}, std::string{"x"}, whole + "0", whole.substr(1),
                                  whole.substr(0, whole.size() - 1),
                                  "PRIVATE+MASTER+0000000000000000+" + to_hex(key.bytes())}) {
    std::ofstream{folder.file()} << text;
    std::filesystem::permissions(folder.file(), std::filesystem::perms{0600});
    EXPECT_EQ(read_master_file(folder.file()).error().code, "master.malformed") << text;
  }
}

}  // namespace
}  // namespace heed::seal
