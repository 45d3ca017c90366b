// The life of a policy over HTTP, without a network: put, read, compared, activated.
#include <gtest/gtest.h>

#include <filesystem>
#include <future>

#include "server/api/policy_sources.hpp"
#include "server/api/service.hpp"
#include "server/http/problem.hpp"
#include "server/json/document.hpp"
#include "server/store/policy_list.hpp"
#include "server/store/revision.hpp"
#include "server/store/verify.hpp"
#include "tests/support/golden.hpp"

namespace heed::api {
namespace {

namespace fs = std::filesystem;

std::string policy_text(int days, bool holds = true) {
  return "policy small\n  languages en\n\nfact days is whole number\n\nneed psychological order\n\n"
         "rule late\n  when days >= " +
         std::to_string(days) +
         "\n  then order is violated\n\ntest \"late\"\n  given days is 9\n  expect order is " +
         (holds ? "violated" : "met") + "\n";
}

std::string files_of(std::string const& text, std::string_view name = "policy.heed") {
  std::string body = R"({"files":[{"name":)";
  http::append_json(body, name);
  body += R"(,"text":)";
  http::append_json(body, text);
  return body + "}]}";
}

std::string revision_of(std::string const& text) {
  std::vector<SourceText> const sources{{"policy.heed", text}};
  return store::revision_of(sources);
}

std::string member(http::Response const& answer, std::string_view name) {
  auto const document = json::read_document(answer.body, 1u << 20);
  auto const* const found = document ? json::find_member(document.value(), name) : nullptr;
  EXPECT_NE(found, nullptr) << name << " in " << answer.body;
  return found == nullptr ? "" : found->text;
}

struct Call {
  http::Method method = http::Method::get;
  std::string path;
  std::string body = {};
  std::vector<http::Item> query = {};
  std::string if_match = {};
  std::string user = {};
};

class Policies : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    log_ = store::Log::open({.path = store_path()}).value();
    reader_ = store::Reader::open({.path = store_path(), .master = log_->master()}).value();
    history_ = store::Reader::open({.path = store_path(), .master = log_->master()}).value();
    desk_ = std::make_unique<PolicyDesk>(*reader_);
    desk_->by_folder = false;
    first_ = revision_of(policy_text(7));
    std::vector<SourceText> const sources{{"policy.heed", policy_text(7)}};
    ASSERT_TRUE(log_->put_policy(first_, "small", sources));
    ASSERT_TRUE(log_->activate({.id = ids_.next(1), .revision = first_}));
    policies_ = std::make_unique<PolicyHolder>(store_origin(desk_->shelf),
                                               desk_->shelf.find_active().value(),
                                               [](ActivePolicy const&) { return Done{}; });
    service_.emplace(Service{*policies_, *log_, *reader_, *history_, ids_, metrics_, worker_,
                             *desk_, engine_version(), [] { return Gauges{}; },
                             [] { return Instant{1'800'000'000'000'000}; }});
    router_ = make_router(*service_);
  }
  void TearDown() override {
    if (log_) log_->close();
    fs::remove_all(folder_);
  }

  std::string store_path() const { return (folder_ / "heed.sqlite").string(); }

  http::Response ask(Call call) {
    http::Request request;
    request.method = call.method;
    request.path = std::move(call.path);
    for (std::size_t at = 0; at < request.path.size();) {
      auto const end = std::min(request.path.find('/', at + 1), request.path.size());
      request.segments.push_back(request.path.substr(at + 1, end - at - 1));
      at = end;
    }
    request.body = std::move(call.body);
    request.query = std::move(call.query);
    request.user = std::move(call.user);
    request.headers.add("Content-Type", "application/json");
    if (!call.if_match.empty()) request.headers.add("If-Match", call.if_match);
    std::promise<http::Response> answer;
    auto future = answer.get_future();
    http::handle(router_, request, http::reply_to([&](http::Response response) {
                   answer.set_value(std::move(response));
                 }));
    return future.get();
  }

  http::Response put(std::string const& text, std::string user = {}) {
    return ask({http::Method::put, "/v1/policies", files_of(text), {}, {}, std::move(user)});
  }
  http::Response activate(std::string const& revision, std::string const& instead_of,
                          std::string user = {}, std::vector<http::Item> query = {}) {
    return ask({http::Method::post,
                "/v1/policies/" + revision + "/activate",
                {},
                std::move(query),
                '"' + instead_of + '"',
                std::move(user)});
  }

  fs::path folder_ = fs::path{::testing::TempDir()} /
                     (std::string{"heed-policies-"} +
                      ::testing::UnitTest::GetInstance()->current_test_info()->name());
  std::unique_ptr<store::Log> log_;
  std::unique_ptr<store::Reader> reader_, history_;
  std::unique_ptr<PolicyHolder> policies_;
  store::UuidSource ids_;
  Metrics metrics_;
  Worker worker_{16};
  std::unique_ptr<PolicyDesk> desk_;
  std::optional<Service> service_;
  http::Router router_;
  std::string first_;  // the active revision
};

constexpr auto late = R"({"facts": {"days": 5}})";

TEST_F(Policies, a_draft_is_stored_and_decides_nothing) {
  auto const stored = put(policy_text(3), "dana");
  ASSERT_EQ(stored.status, 201) << stored.body;
  auto const draft = revision_of(policy_text(3));
  EXPECT_EQ(member(stored, "revision"), draft);
  EXPECT_EQ(put(policy_text(3), "dana").status, 200);
  auto const shown = ask({.path = "/v1/policies/" + draft});
  EXPECT_NE(shown.body.find(R"("writers":[{"by":"dana")"), std::string::npos) << shown.body;
  EXPECT_NE(shown.body.find(R"("active":false,"activations":[],"files":[{"name":"policy.heed")"),
            std::string::npos)
      << shown.body;
  auto const decided = ask({http::Method::post, "/v1/decisions", late});
  EXPECT_NE(decided.body.find(first_), std::string::npos) << decided.body;
  EXPECT_EQ(member(ask({.path = "/v1/policies/active"}), "revision"), first_);
}

TEST_F(Policies, a_draft_can_be_tried) {
  put(policy_text(3));
  auto const draft = revision_of(policy_text(3));
  auto const tried =
      ask({http::Method::post, "/v1/preview", late, {{"revision", draft}, {"explain", "full"}}});
  ASSERT_EQ(tried.status, 200) << tried.body;
  EXPECT_NE(tried.body.find(R"("fired":["late"])"), std::string::npos) << tried.body;
  auto const active = ask({http::Method::post, "/v1/preview", late, {{"revision", "active"}}});
  EXPECT_NE(active.body.find(R"("fired":[])"), std::string::npos) << active.body;
  auto const unknown = ask({http::Method::post, "/v1/preview", late, {{"revision", "0"}}});
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(member(unknown, "type"), "urn:heed:problem:policies-unknown");
}

TEST_F(Policies, what_has_mistakes_is_not_stored) {
  auto const refused = put("policy small\nrule x\n  when nothing\n");
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(member(refused, "type"), "urn:heed:problem:policies-mistakes");
  EXPECT_NE(refused.body.find(R"("valid":false,"revision":)"), std::string::npos) << refused.body;
  EXPECT_NE(refused.body.find(R"("diagnostics":[{"file":"policy.heed")"), std::string::npos);
  auto const listed = ask({.path = "/v1/policies"});
  EXPECT_NE(listed.body.find(first_), std::string::npos);
  EXPECT_EQ(listed.body.find(member(refused, "revision")), std::string::npos);
}

TEST_F(Policies, names_of_files_lead_nowhere_else_and_read_as_what_they_are) {
  constexpr std::string_view bad[] = {"",
                                      "/etc/passwd.heed",
                                      "../a.heed",
                                      "a/../b.heed",
                                      "a//b.heed",
                                      "a.heed/",
                                      "./a.heed",
                                      ".a.heed",
                                      "a\\b.heed",
                                      "c:a.heed",
                                      "a\nb.heed",
                                      "a\x7F.heed",
                                      "a.txt",
                                      "a",
                                      " a.heed",
                                      "a .heed/b",
                                      "a\u202E.heed",
                                      "a\u2066.heed",
                                      "a\u200F.heed",
                                      "a\uFEFF.heed",
                                      "a\u0085.heed",
                                      "e\u0301.heed"};
  for (auto const name : bad) {
    auto const refused = ask({http::Method::put, "/v1/policies", files_of(policy_text(3), name)});
    EXPECT_EQ(refused.status, 422) << name;
    EXPECT_EQ(member(refused, "type"), "urn:heed:problem:policies-file-name") << name;
  }
  for (std::string_view const name : {"policy.heed", "rules/late.heed", "מדיניות.heed", "a b.heed"})
    EXPECT_LT(ask({http::Method::put, "/v1/policies", files_of(policy_text(3), name)}).status, 300)
        << name;
  EXPECT_FALSE(check_names({{"a.heed", ""}, {"a.heed", ""}}));
  EXPECT_FALSE(check_names({{"a.csv", ""}}));
  EXPECT_TRUE(check_names({{"a.heed", ""}, {"fees/a.csv", ""}}));
}

TEST_F(Policies, an_activation_is_recorded_and_decides_from_then_on) {
  auto const draft = revision_of(policy_text(3));
  put(policy_text(3), "dana");
  auto const activated = activate(draft, first_, "noa");
  ASSERT_EQ(activated.status, 200) << activated.body;
  EXPECT_EQ(member(activated, "by"), "noa");
  EXPECT_EQ(member(activated, "from"), first_);
  EXPECT_EQ(member(activated, "to"), draft);
  EXPECT_NE(activated.body.find(R"("tests":{"demanded":true,"failed":0,"passed":1})"),
            std::string::npos);
  EXPECT_NE(activated.body.find(R"("way":"http","writers":["dana"])"), std::string::npos);
  auto const decided = ask({http::Method::post, "/v1/decisions", late});
  EXPECT_NE(decided.body.find(draft), std::string::npos) << decided.body;
  auto const record = ask({.path = "/v1/decisions/" + member(activated, "id")});
  EXPECT_EQ(member(record, "kind"), "policy") << record.body;
  EXPECT_EQ(member(record, "by"), "noa");
  auto const found = store::verify(*reader_, {});
  ASSERT_TRUE(found);
  EXPECT_FALSE(found.value().problem) << found.value().problem->message;
}

TEST_F(Policies, an_activation_names_what_it_replaces) {
  auto const draft = revision_of(policy_text(3)), other = revision_of(policy_text(4));
  put(policy_text(3));
  put(policy_text(4));
  std::string const path = "/v1/policies/" + draft + "/activate";
  for (char const* field : {"", "*"}) {
    auto const refused = ask({http::Method::post, path, {}, {}, field});
    EXPECT_EQ(refused.status, 428);
    EXPECT_EQ(member(refused, "type"), "urn:heed:problem:policies-if-match-missing");
  }
  for (std::string const& field : {first_, std::string{","}, std::string{"\""}})
    EXPECT_EQ(ask({http::Method::post, path, {}, {}, field}).status, 400) << field;
  EXPECT_EQ(activate(other, first_).status, 200);
  auto const late_one = activate(draft, first_);
  EXPECT_EQ(late_one.status, 412);
  EXPECT_EQ(member(late_one, "type"), "urn:heed:problem:policies-changed");
  EXPECT_NE(late_one.body.find(other), std::string::npos);
  EXPECT_EQ(ask({http::Method::post, path, {}, {}, "W/\"" + other + '"'}).status, 412);
  EXPECT_EQ(ask({http::Method::post, path, {}, {}, '"' + first_ + "\", \"" + other + '"'}).status,
            200);
}

TEST_F(Policies, an_activation_that_is_asked_again_is_recorded_once) {
  auto const draft = revision_of(policy_text(3));
  put(policy_text(3));
  auto const first = activate(draft, first_, "noa");
  EXPECT_EQ(activate(draft, first_, "noa").body, first.body);
  EXPECT_EQ(activate(draft, draft, "dana").body, first.body);
  EXPECT_EQ(activate(draft, first_, "dana").status, 412);
  auto const back = activate(first_, draft, "noa");
  EXPECT_EQ(back.status, 200);
  EXPECT_NE(member(back, "id"), member(first, "id"));
}

TEST_F(Policies, tests_that_fail_keep_a_policy_from_its_activation) {
  auto const draft = revision_of(policy_text(3, false));
  put(policy_text(3, false));
  auto const refused = activate(draft, first_);
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(member(refused, "type"), "urn:heed:problem:policies-tests-failed");
  EXPECT_EQ(member(ask({.path = "/v1/policies/active"}), "revision"), first_);
  auto const told = activate(draft, first_, {}, {{"untested", "yes"}});
  EXPECT_EQ(told.status, 200) << told.body;
  EXPECT_NE(told.body.find(R"("tests":{"demanded":false,"failed":1,"passed":0})"),
            std::string::npos)
      << told.body;
  EXPECT_EQ(activate(draft, first_, {}, {{"untested", "maybe"}}).status, 400);
}

TEST_F(Policies, with_four_eyes_nobody_activates_what_they_wrote) {
  desk_->four_eyes = true;
  auto const draft = revision_of(policy_text(3)), shared = revision_of(policy_text(4));
  put(policy_text(3), "dana");
  put(policy_text(4), "dana");
  put(policy_text(4), "noa");
  auto const refused = activate(draft, first_, "dana");
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(member(refused, "type"), "urn:heed:problem:policies-four-eyes");
  EXPECT_EQ(activate(shared, first_, "noa").status, 403);
  EXPECT_EQ(activate(shared, first_, "dana").status, 403);
  EXPECT_EQ(activate(draft, first_, "noa").status, 200);
  EXPECT_EQ(activate(shared, draft, "third").status, 200);
}

TEST_F(Policies, a_folder_that_decides_is_not_overruled) {
  desk_->by_folder = true;
  put(policy_text(3));
  auto const refused = activate(revision_of(policy_text(3)), first_);
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(member(refused, "type"), "urn:heed:problem:policies-folder-decides");
}

TEST_F(Policies, are_listed_in_pages_the_newest_first) {
  for (int days = 1; days <= 5; ++days) put(policy_text(days));
  std::vector<std::string> revisions;
  std::vector<http::Item> query{{"limit", "2"}};
  for (;;) {
    auto const page = ask({.path = "/v1/policies", .query = query});
    auto const document = json::read_document(page.body, 1u << 20).value();
    for (auto const& item : json::find_member(document, "policies")->items)
      revisions.push_back(json::find_member(item, "revision")->text);
    auto const* const next = json::find_member(document, "next");
    if (next->form == json::Node::Form::null) break;
    query = {{"limit", "2"}, {"cursor", next->text}};
  }
  ASSERT_EQ(revisions.size(), 6u);
  EXPECT_EQ(revisions.front(), revision_of(policy_text(5)));
  EXPECT_EQ(revisions.back(), first_);
  for (auto const& [name, value] :
       {std::pair{"limit", "0"}, {"cursor", "x"}, {"cursor", "-1"}, {"name", "small"}})
    EXPECT_EQ(ask({.path = "/v1/policies", .query = {{name, value}}}).status, 400) << name;
}

TEST_F(Policies, are_compared_over_cases_and_over_the_log) {
  put(policy_text(3));
  auto const draft = revision_of(policy_text(3));
  for (int days = 1; days <= 9; ++days)
    ask({http::Method::post, "/v1/decisions",
         R"({"subject": "c-1", "facts": {"days": )" + std::to_string(days) + "}}"});
  auto const by_log = ask({http::Method::post, "/v1/policies/compare",
                           R"({"new": ")" + draft + R"(", "log": {"subject": "c-1"}})"});
  ASSERT_EQ(by_log.status, 200) << by_log.body;
  EXPECT_NE(by_log.body.find(R"("cases":9,"changed":4,"same":5)"), std::string::npos)
      << by_log.body;
  EXPECT_EQ(by_log.body.find("c-1"), std::string::npos) << "an owner need not see whose cases";
  auto const few = ask({http::Method::post, "/v1/policies/compare",
                        R"({"new": ")" + draft + R"(", "log": {"limit": 2}})"});
  EXPECT_NE(few.body.find(R"("cases":2,)"), std::string::npos) << few.body;
  auto const given = ask({http::Method::post, "/v1/policies/compare",
                          R"({"old": "active", "new": )" + files_of(policy_text(4)) +
                              R"(, "cases": [{"facts": {"days": 5}}, {"facts": {"days": "x"}}]})"});
  ASSERT_EQ(given.status, 200) << given.body;
  EXPECT_NE(given.body.find(R"("cases":2,"changed":1,"same":0)"), std::string::npos) << given.body;
}

TEST_F(Policies, a_comparison_over_the_log_tells_no_sealed_values_to_who_may_not_read_them) {
  auto const text = [](int factor) {
    return "policy small\n  languages en\n\nfact income is private whole number\n\n"
           "score wealth from 0 to 1000\n\nrule rich\n  when income is known\n  then add (income "
           "* " +
           std::to_string(factor) + ") to wealth\n";
  };
  put(text(1));
  put(text(2));
  ASSERT_EQ(activate(revision_of(text(1)), first_).status, 200);
  auto const decided = ask({http::Method::post, "/v1/decisions", R"({"facts": {"income": 321}})"});
  ASSERT_EQ(decided.status, 200) << decided.body;
  Call const compare{http::Method::post, "/v1/policies/compare",
                     R"({"new": ")" + revision_of(text(2)) + R"(", "log": {"limit": 1}})"};
  auto const opened = ask(compare);
  EXPECT_NE(opened.body.find("321"), std::string::npos) << opened.body;
  service_->may_open = [](http::Request const&) { return false; };
  auto const sealed = ask(compare);
  EXPECT_EQ(sealed.body.find("321"), std::string::npos) << sealed.body;
  EXPECT_EQ(sealed.body.find("642"), std::string::npos) << sealed.body;
  EXPECT_NE(sealed.body.find(R"("changed":1)"), std::string::npos) << sealed.body;
  EXPECT_NE(sealed.body.find("…"), std::string::npos) << sealed.body;
}

TEST_F(Policies, what_cannot_be_compared_is_refused) {
  constexpr std::string_view bad[] = {"",
                                      "[]",
                                      "{}",
                                      R"({"new": "active"})",
                                      R"({"new": 3, "cases": []})",
                                      R"({"new": "active", "cases": [], "log": {}})",
                                      R"({"new": "active", "cases": {}})",
                                      R"({"new": "active", "log": []})",
                                      R"({"new": "active", "log": {"limit": 0}})",
                                      R"({"new": "active", "log": {"limit": 1001}})",
                                      R"({"new": "active", "log": {"x": "y"}})",
                                      R"({"new": "active", "log": {"from": "noon"}})",
                                      R"({"new": "active", "cases": [], "x": 1})",
                                      R"({"new": "active", "log": {}, "source": "zammad"})",
                                      R"({"new": "active", "cases": [{}], "source": "zammad"})"};
  for (auto const body : bad)
    EXPECT_EQ(ask({http::Method::post, "/v1/policies/compare", std::string{body}}).status, 400)
        << body;
  EXPECT_EQ(
      ask({http::Method::post, "/v1/policies/compare", R"({"new": "0", "cases": []})"}).status,
      404);
  auto const mistakes = ask({http::Method::post, "/v1/policies/compare",
                             R"({"new": )" + files_of("policy a\nrule x") + R"(, "cases": []})"});
  EXPECT_EQ(mistakes.status, 422);
  EXPECT_EQ(member(mistakes, "type"), "urn:heed:problem:policies-mistakes");
}

TEST_F(Policies, another_program_that_activates_is_followed) {
  auto const draft = revision_of(policy_text(3));
  put(policy_text(3));
  ASSERT_TRUE(log_->activate({.id = ids_.next(2), .revision = draft}));
  EXPECT_FALSE(policies_->has_changed());  // the first look
  ASSERT_TRUE(policies_->has_changed());
  ASSERT_TRUE(policies_->reload());
  EXPECT_EQ(policies_->current()->rules->revision, draft);
}

TEST(FormerPolicies, are_freed_by_whom_nobody_waits_for) {
  auto const compiled = [](int days) {
    return compile_active({{"policy.heed", policy_text(days)}}, "here", "").value();
  };
  PolicyHolder policies{{[&] { return compiled(3); }, [] { return std::string{}; }},
                        compiled(7),
                        [](ActivePolicy const&) { return Done{}; }};
  auto decides = policies.current()->rules;
  std::weak_ptr<ActivePolicy const> const former = policies.current();
  ASSERT_TRUE(policies.reload());
  EXPECT_NE(policies.current()->rules, decides);
  policies.has_changed();
  EXPECT_FALSE(former.expired());  // it still decides: who lets go of it must not be the last
  decides.reset();
  EXPECT_FALSE(former.expired());
  policies.has_changed();
  EXPECT_TRUE(former.expired());
}

}  // namespace
}  // namespace heed::api
