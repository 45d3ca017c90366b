#include "server/proof/note.hpp"

#include <gtest/gtest.h>

#include "server/proof/base64.hpp"
#include "server/proof/checkpoint.hpp"
#include "server/proof/tree.hpp"

namespace heed::proof {
namespace {

// The example with which implementations of signed notes are compared.
constexpr std::string_view published_signer =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
constexpr std::string_view published_verifier =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr std::string_view published_note =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6K"
    "E6RyyBwJnAM=\n";

TEST(Key, is_read_and_written_as_published) {
  auto const signer = read_signing_key(published_signer);
  ASSERT_TRUE(signer);
  EXPECT_EQ(to_text(signer.value()), published_signer);
  EXPECT_EQ(to_text(signer.value().verifier()), published_verifier);
  EXPECT_EQ(read_verifier_key(published_verifier).value(), signer.value().verifier());
}

TEST(Key, another_text_is_none) {
  for (std::string_view const text :
       {"", "PeterNeumann", "PeterNeumann+c74f20a3+",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumanN+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+AhpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n"}) {
    EXPECT_EQ(read_verifier_key(text).error().code, "key.malformed") << text;
  }
  EXPECT_EQ(read_signing_key(published_verifier).error().code, "key.malformed");
  std::string changed{published_signer};
  changed[50] ^= 1;
  auto const refused = read_signing_key(changed);
  EXPECT_EQ(refused.error().code, "key.malformed");
  EXPECT_EQ(refused.error().message.find("AYEK"), std::string::npos);
}

TEST(Key, two_new_ones_are_not_the_same) {
  auto const one = make_signing_key("heed/a");
  auto const other = make_signing_key("heed/a");
  EXPECT_NE(one.seed(), other.seed());
  EXPECT_NE(one.verifier().id, other.verifier().id);
  EXPECT_EQ(read_signing_key(to_text(one)).value().seed(), one.seed());
}

TEST(Note, is_read_and_written_as_published) {
  auto const note = read_note(published_note);
  ASSERT_TRUE(note) << note.error().message;
  EXPECT_EQ(to_text(note.value()), published_note);
  EXPECT_EQ(check_signature(note.value(), read_verifier_key(published_verifier).value()),
            Signing::holds);
  auto const signer = read_signing_key(published_signer).value();
  EXPECT_EQ(to_text(make_note(note.value().text, {&signer})), published_note);
}

TEST(Note, no_byte_of_it_can_be_changed) {
  auto const key = read_verifier_key(published_verifier).value();
  for (std::size_t place = 0; place < published_note.size(); ++place) {
    std::string changed{published_note};
    changed[place] = static_cast<char>(changed[place] ^ 1);
    auto const note = read_note(changed);
    EXPECT_FALSE(note && check_signature(note.value(), key) == Signing::holds) << place;
  }
}

TEST(Note, may_have_signatures_of_others_and_empty_lines) {
  auto const one = make_signing_key("one");
  auto const other = make_signing_key("other.example/log");
  auto const text = to_text(make_note("a\n\nb\n", {&one, &other}));
  auto const note = read_note(text).value();
  EXPECT_EQ(note.text, "a\n\nb\n");
  EXPECT_EQ(check_signature(note, one.verifier()), Signing::holds);
  EXPECT_EQ(check_signature(note, other.verifier()), Signing::holds);
  EXPECT_EQ(check_signature(note, make_signing_key("one").verifier()), Signing::absent);
  auto forged = note;
  forged.signatures[0].bytes[5] ^= 1;
  EXPECT_EQ(check_signature(forged, one.verifier()), Signing::wrong);
  EXPECT_EQ(check_signature(forged, other.verifier()), Signing::holds);
}

TEST(Note, another_text_is_none) {
  for (std::string_view const text :
       {"", "\n", "text\n", "text\n\n", "text\n\n— name\n", "text\n\n— name AAAA\n",
        "text\n\n- name AAAAAAA=\n", "text\n\n— na+me AAAAAAA=\n", "text\n\n—  AAAAAAA=\n",
        "text\n\n— name AAAAAAA=", "te\txt\n\n— name AAAAAAA=\n", "text\n\n— name AAAAAAB=\n"}) {
    EXPECT_EQ(read_note(text).error().code, "note.malformed") << text;
  }
  EXPECT_TRUE(read_note("text\n\n— name AAAAAAA=\n"));
}

TEST(Checkpoint, is_three_lines_and_what_follows) {
  Checkpoint const checkpoint{"heed/0f", {7, hash_leaf("x")}, {"more"}};
  std::string const text = to_text(checkpoint);
  EXPECT_EQ(text, "heed/0f\n7\n" + to_base64(as_bytes(checkpoint.tree.hash)) + "\nmore\n");
  EXPECT_EQ(read_checkpoint(text).value(), checkpoint);
  for (std::string const& wrong :
       {std::string{}, std::string{"a\n1\n"}, "a\n07\n" + to_base64(as_bytes(sha256(""))) + "\n",
        "a\n-7\n" + to_base64(as_bytes(sha256(""))) + "\n", std::string{"a\n7\nAAAA\n"},
        "a\n7\n" + to_base64(as_bytes(sha256(""))),
        "a\n\n7\n" + to_base64(as_bytes(sha256(""))) + "\n"}) {
    EXPECT_EQ(read_checkpoint(wrong).error().code, "checkpoint.malformed") << wrong;
  }
}

TEST(Checkpoint, opens_with_its_key_alone) {
  auto const key = make_signing_key("heed/0f");
  Checkpoint const checkpoint{"heed/0f", {7, hash_leaf("x")}};
  std::string const text = to_text(make_note(to_text(checkpoint), {&key}));
  EXPECT_EQ(open_checkpoint(text, key.verifier()).value(), checkpoint);
  EXPECT_EQ(open_checkpoint(text, make_signing_key("heed/0f").verifier()).error().code,
            "checkpoint.unsigned");
  EXPECT_EQ(open_checkpoint(text, make_signing_key("heed/10").verifier()).error().code,
            "checkpoint.other-log");
  std::string forged = text;
  forged.replace(forged.find("\n7\n"), 3, "\n8\n");
  EXPECT_EQ(open_checkpoint(forged, key.verifier()).error().code, "checkpoint.forged");
}

TEST(Base64, has_one_text_for_the_same_bytes) {
  for (std::string_view const bytes : {"", "f", "fo", "foo", "foob", "\xff\xfe"})
    EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
  EXPECT_EQ(to_base64("foob"), "Zm9vYg==");
  for (std::string_view const text :
       {"Z", "Zg", "Zg=", "Zh==", "Zg==\n", "Z===", "====", "Zm=v", "Zm9v=", "Zm9-"})
    EXPECT_FALSE(from_base64(text)) << text;
}

}  // namespace
}  // namespace heed::proof
