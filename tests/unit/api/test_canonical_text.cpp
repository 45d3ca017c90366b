#include <gtest/gtest.h>

#include "server/api/canonical_text.hpp"
#include "server/json/canonical.hpp"

namespace heed::api {
namespace {

/// As JSON of ours looks: no blanks, no more escapes than must be.
constexpr std::string_view texts[] = {
    "{}",
    "[]",
    "null",
    "0",
    R"({"b":1,"a":[{"z":null,"y":true},[],{}],"c":{"e":"x","d":false}})",
    R"({"a b":1,"a":2,"a!":3,"A":4,"":5})",
    R"({"text":"a \"quote\", a brace } and \\","at":[1,2]})",
    R"({"n":[0,7,-7,-0,1.50,0.0000001,1e21,123456789012345,1234567890123456789,12.5e2,-0.0]})",
    R"({"he":"שלום","en":"hello","\u0001":1,"b\"":2})",
    "{\"\xF0\x9F\x98\x80\":1,\"\xEF\xBF\xBD\":2,\"\xD7\x90\":3}",
    R"([[[[{"d":1,"c":{"b":2,"a":[{"f":1,"e":2}]}}]]],"",{"x":{}}])",
};

TEST(CanonicalText, is_what_reading_and_writing_the_document_gives) {
  for (auto const text : texts) {
    auto const slowly = json::canonical(text, 1u << 20);
    ASSERT_TRUE(slowly) << text;
    EXPECT_EQ(canonical_text(text), slowly.value()) << text;
  }
}

}  // namespace
}  // namespace heed::api
