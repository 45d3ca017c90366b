#include "server/http/problem.hpp"

#include <gtest/gtest.h>

#include "server/http/render.hpp"
#include "server/http/target.hpp"

namespace heed::http {
namespace {

TEST(HttpProblem, says_type_title_status_detail_and_further_members) {
  auto const response =
      problem(422, "case-mistakes", "the case has mistakes", "2 of them", R"("mistakes":[1,2])");
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(response.content_type, "application/problem+json");
  EXPECT_EQ(response.body,
            R"({"type":"urn:heed:problem:case-mistakes","title":"the case has mistakes",)"
            R"("status":422,"detail":"2 of them","mistakes":[1,2]})");
}

TEST(HttpProblem, leaves_out_what_is_empty) {
  EXPECT_EQ(problem(404, "not-found", "nothing is here").body,
            R"({"type":"urn:heed:problem:not-found","title":"nothing is here","status":404})");
}

TEST(HttpProblem, text_becomes_valid_json) {
  struct Case {
    std::string_view text;
    std::string_view json;
  };
  constexpr Case cases[] = {
      {"plain", R"("plain")"},
      {"quote \" and \\", R"("quote \" and \\")"},
      {"line\nbreak\ttab\r", R"("line\nbreak\ttab\r")"},
      {std::string_view{"nul\0 bell\x07", 10}, R"("nul\u0000 bell\u0007")"},
      {"שלום", "\"שלום\""},
      {"😀", "\"😀\""},
      {"broken \xFF\xC0\xAF end", "\"broken \uFFFD\uFFFD\uFFFD end\""},
      {"half \xD7", "\"half \uFFFD\""},
      {"surrogate \xED\xA0\x80", "\"surrogate \uFFFD\uFFFD\uFFFD\""},
  };
  for (auto const& [text, json] : cases) {
    std::string out;
    append_json(out, text);
    EXPECT_EQ(out, json);
  }
}

TEST(HttpRender, a_value_cannot_start_another_field) {
  Response response;
  response.status = 303;
  response.headers.emplace_back("Location", "/x\r\nSet-Cookie: a=b");
  response.headers.emplace_back("Cache-Control", "max-age=60");
  std::string out;
  append_response(out, response, {Framing::by_length, After::close, false, "now"});
  EXPECT_EQ(out,
            "HTTP/1.1 303 See Other\r\nDate: now\r\nX-Content-Type-Options: nosniff\r\n"
            "Referrer-Policy: no-referrer\r\n"
            "Location: /x  Set-Cookie: a=b\r\nCache-Control: max-age=60\r\n"
            "Content-Type: application/json\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

TEST(HttpRender, dates_are_written_as_http_wants_them) {
  EXPECT_EQ(http_date(784'111'777), "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST(HttpTarget, a_query_is_read_into_its_items) {
  Request request;
  EXPECT_EQ(read_target(request, "/a/b?x=1&&y=%3D&z&x=2#part").mistake, "");
  ASSERT_EQ(request.query.size(), 4u);
  EXPECT_EQ(request.query[1].value, "=");
  EXPECT_EQ(request.query[2].name, "z");
  EXPECT_EQ(query_value(request, "x"), "1");
  EXPECT_EQ(query_value(request, "w"), std::nullopt);
  EXPECT_EQ(request.segments, (std::vector<std::string>{"a", "b"}));
}

TEST(HttpTarget, a_query_with_too_many_items_is_refused) {
  Request request;
  std::string target = "/a?";
  for (int i = 0; i < 300; ++i) target += "x=1&";
  EXPECT_EQ(read_target(request, target).mistake, "the query has too many items");
}

}  // namespace
}  // namespace heed::http
