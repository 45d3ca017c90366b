#include <algorithm>
#include <array>

#include "engine/base/hex.hpp"
#include "server/store/envelope.hpp"
#include "server/store/index.hpp"
#include "server/store/revision.hpp"
#include "server/store/uuid.hpp"
#include "tests/unit/store/store_fixture.hpp"

namespace heed::store::testing {
namespace {

TEST(Sha256, agrees_with_the_published_vectors) {
  EXPECT_EQ(to_hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  Sha256 hash;
  hash.add("a").add("").add("bc");
  EXPECT_EQ(hash.finish(), sha256("abc"));
  EXPECT_EQ(hash.add("abc").finish(), sha256("abc"));
}

TEST(Revision, hashes_lengths_names_and_texts_in_the_order_of_the_names) {
  std::vector<SourceText> const sources = {{"b.heed", "2"}, {"a.heed", "text"}};
  std::string const layout =
      std::string("\0\0\0\0\0\0\0\6", 8) + "a.heed" + std::string("\0\0\0\0\0\0\0\4", 8) + "text" +
      std::string("\0\0\0\0\0\0\0\6", 8) + "b.heed" + std::string("\0\0\0\0\0\0\0\1", 8) + "2";
  EXPECT_EQ(revision_of(sources), to_hex(sha256(layout)));
  std::vector<SourceText> const turned = {sources[1], sources[0]};
  EXPECT_EQ(revision_of(turned), revision_of(sources));
  EXPECT_NE(revision_of(std::vector<SourceText>{{"a.heed", "text2"}, {"b.heed", ""}}),
            revision_of(sources));
}

TEST(Envelope, is_canonical_json_of_its_members) {
  RecordColumns const record{.sequence = 17,
                             .kind = "decision",
                             .id = "01999999-0000-7000-8000-000000000000",
                             .at_us = 1'795'335'300'000'000,
                             .recorded_at_us = 1'795'335'300'000'417,
                             .subject = "לקוח \"7\"\\\x01\x1f\n\t\b\f\r\x7f/",
                             .revision = "abc",
                             .engine = "0.1.0",
                             .key = "",
                             .request = "",
                             .marks = "\nrule:x\n",
                             .case_digest = sha256("{}"),
                             .decision_digest = sha256("[]"),
                             .by = "t-1",
                             .trace = "0af7651916cd43dd8448eb211c80319c",
                             .sealed_digest = sha256("sealed")};
  EXPECT_EQ(compose_envelope(record),
            R"({"at":"1795335300000000","by":"t-1","case":")" + to_hex(sha256("{}")) +
                R"(","decision":")" + to_hex(sha256("[]")) +
                R"(","engine":"0.1.0","format":3,"id":"01999999-0000-7000-8000-000000000000",)"
                R"("key":"","kind":"decision","marks":"\nrule:x\n",)"
                R"("recorded_at":"1795335300000417","request":"","revision":"abc",)"
                R"("sealed":")" +
                to_hex(sha256("sealed")) +
                R"(","sequence":17,"subject":"לקוח \"7\"\\\u0001\u001f\n\t\b\f\r)"
                "\x7f/\",\"trace\":\"0af7651916cd43dd8448eb211c80319c\"}");
  EXPECT_EQ(hash_record(record), sha256(std::string("\0", 1) + compose_envelope(record)));
  EXPECT_EQ(leaf_of(record), hash_record(record));
}

TEST(Envelope, of_earlier_formats_has_not_the_members_that_came_later) {
  RecordColumns record{.sequence = 1, .by = "t-1"};
  EXPECT_NE(compose_envelope(record).find(R"("sealed":"","sequence":1)"), std::string::npos);
  record.format = unsealed_format;
  std::string const envelope = compose_envelope(record);
  for (char const* member : {"\"by\"", "\"sealed\"", "\"trace\"", "\"previous\""})
    EXPECT_EQ(envelope.find(member), std::string::npos) << member;
}

TEST(Envelope, of_format_1_names_the_record_before) {
  RecordColumns const record{
      .sequence = 1, .format = 1, .previous = std::string_view{"\x00\xff", 2}};
  std::string const envelope = compose_envelope(record);
  EXPECT_NE(envelope.find(R"("marks":"","previous":"00ff","recorded_at")"), std::string::npos);
  EXPECT_EQ(hash_record(record), sha256(envelope));
  EXPECT_EQ(leaf_of(record), sha256(std::string("\0", 1) + envelope));
}

TEST(Envelope, the_genesis_hash_holds_the_id_of_the_store) {
  EXPECT_EQ(genesis_hash("00ff"),
            sha256(R"({"format":1,"genesis":"heed decision log","store":"00ff"})"));
}

TEST(Marks, come_back_sorted_and_none_twice) {
  Marks const marks{.needs = {{"respect", "violated"}, {"respect", "violated"}, {"a", "met"}},
                    .rules = {"b", "a", "כלל"},
                    .actions = {},
                    .roles = {"lead"}};
  std::string const text = encode(marks).value();
  EXPECT_EQ(text, "\nneed:a=met\nneed:respect=violated\nrole:lead\nrule:a\nrule:b\nrule:כלל\n");
  EXPECT_EQ(encode(decode(text)).value(), text);
  EXPECT_EQ(encode(Marks{}).value(), "");
  EXPECT_EQ(index_term("need:respect=violated"), "need:respect");
  EXPECT_EQ(index_term("rule:a=b"), "rule:a=b");
}

TEST(Index, places_are_written_as_a_byte_each) {
  Places places;
  places.set(0);
  places.set(9);
  places.set(255);
  EXPECT_EQ(encode(places), std::string("\x00\x09\xff", 3));
  EXPECT_EQ(decode_places(encode(places)), places);
  EXPECT_EQ(block_of(1), 1);
  EXPECT_EQ(block_of(256), 1);
  EXPECT_EQ(block_of(257), 2);
  EXPECT_EQ(first_of(2), 257);
}

void fill_with_ones(std::span<unsigned char> bytes) {
  std::ranges::fill(bytes, 0xff);
}

TEST(Uuid, is_of_version_7_and_begins_with_the_time) {
  UuidSource ids{fill_with_ones};
  std::string const id = ids.next(0x0123456789ab * std::int64_t{1'000});
  EXPECT_EQ(id, "01234567-89ab-77ff-bfff-ffffffffffff");
  EXPECT_TRUE(is_uuid(id));
}

TEST(Uuid, grows_though_the_clock_stands_still_or_goes_back) {
  UuidSource ids;
  std::string last = ids.next(5'000'000);
  for (int number = 0; number < 10'000; ++number) {
    std::string const next = ids.next(5'000'000 - number);
    ASSERT_LT(last, next);
    ASSERT_TRUE(is_uuid(next));
    last = next;
  }
}

TEST(Uuid, knows_what_is_none) {
  for (char const* text :
       {"", "01234567-89ab-47ff-bfff-ffffffffffff", "01234567-89AB-77ff-bfff-ffffffffffff",
        "01234567x89ab-77ff-bfff-ffffffffffff", "01234567-89ab-77ff-bfff-fffffffffff"}) {
    EXPECT_FALSE(is_uuid(text)) << text;
  }
}

}  // namespace
}  // namespace heed::store::testing
