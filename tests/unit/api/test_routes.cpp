// The routes without a network: requests are handed to the router, answers are waited for.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <thread>

#include "engine/base/hex.hpp"
#include "server/api/service.hpp"
#include "server/api/verify.hpp"
#include "server/json/document.hpp"
#include "server/proof/checkpoint.hpp"
#include "server/proof/tree.hpp"
#include "server/store/verify.hpp"
#include "tests/support/golden.hpp"

namespace heed::api {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view policy_text = R"(policy small
  languages en, he

fact agent.message is text
fact case.share is number

need psychological respect

phrases blame
  en "not my fault"

score churn from 0 to 100

rule blamed
  when agent.message mentions blame
  then respect is violated
       add (case.share * 100) to churn
)";

class Routes : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "policy");
    std::ofstream{folder_ / "policy/policy.heed"} << policy_text;
    auto active = load_active((folder_ / "policy").string());
    ASSERT_TRUE(active);
    log_ = store::Log::open({.path = store_path()}).value();
    ASSERT_TRUE(
        log_->put_policy(active.value()->rules->revision, "small", active.value()->sources));
    reader_ = store::Reader::open({.path = store_path(), .master = log_->master()}).value();
    history_ = store::Reader::open({.path = store_path(), .master = log_->master()}).value();
    policies_ = std::make_unique<PolicyHolder>((folder_ / "policy").string(), active.value(),
                                               [](ActivePolicy const&) { return Done{}; });
    desk_ = std::make_unique<PolicyDesk>(*reader_);
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

  http::Response ask(http::Method method, std::string path, std::string body = {},
                     std::vector<http::Item> query = {}, std::string key = {}) {
    http::Request request;
    request.method = method;
    request.path = std::move(path);
    for (std::size_t at = 0; at < request.path.size();) {
      auto const end = std::min(request.path.find('/', at + 1), request.path.size());
      request.segments.push_back(request.path.substr(at + 1, end - at - 1));
      at = end;
    }
    request.body = std::move(body);
    request.query = std::move(query);
    if (!key.empty()) request.headers.add("Idempotency-Key", key);
    std::promise<http::Response> answer;
    auto future = answer.get_future();
    http::handle(router_, request, http::reply_to([&](http::Response response) {
                   answer.set_value(std::move(response));
                 }));
    return future.get();
  }

  fs::path folder_ = fs::path{::testing::TempDir()} /
                     (std::string{"heed-routes-"} +
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
};

constexpr auto blamed = R"({"facts": {"agent": {"message": "not my fault"}, "case.share": 0.25}})";

TEST_F(Routes, answer_a_case_and_log_it) {
  auto const answer = ask(http::Method::post, "/v1/decisions", blamed);
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_NE(answer.body.find(R"("churn":{"value":25)"), std::string::npos) << answer.body;
  auto const listed = ask(http::Method::get, "/v1/decisions", {}, {{"need", "respect"}});
  EXPECT_NE(listed.body.find(R"("fired":["blamed"])"), std::string::npos) << listed.body;
}

TEST_F(Routes, give_the_first_answer_again_for_a_key) {
  auto const first = ask(http::Method::post, "/v1/decisions", blamed, {}, "k");
  auto const again = ask(http::Method::post, "/v1/decisions", blamed, {}, "k");
  EXPECT_EQ(first.body, again.body);
  EXPECT_EQ(ask(http::Method::post, "/v1/decisions", "{}", {}, "k").status, 422);
}

TEST_F(Routes, what_they_log_is_decided_again_to_the_same_bytes) {
  for (auto const* body : {blamed, "{}", R"({"at": "2026-01-01T10:00:00.25Z", "facts": {"x": 1}})"})
    ASSERT_EQ(ask(http::Method::post, "/v1/decisions", body).status, 200);
  Redecider again{engine_version(), std::make_shared<LoadedPolicies>()};
  auto const found = store::verify(
      *reader_, {.checks = {[&](store::Record const& record, store::StoredPolicy const* policy) {
                   return again.check(record, policy);
                 }}});
  ASSERT_TRUE(found);
  EXPECT_FALSE(found.value().problem) << found.value().problem->message;
  EXPECT_EQ(again.decided_again(), 3);
}

/// A member of an answer, which must have it.
std::string member(http::Response const& answer, std::string_view name) {
  auto const document = json::read_document(answer.body, 1u << 20);
  auto const* const found = document ? json::find_member(document.value(), name) : nullptr;
  EXPECT_NE(found, nullptr) << name << " in " << answer.body;
  return found == nullptr ? "" : found->text;
}

std::vector<proof::Digest> path_in(http::Response const& answer) {
  auto const document = json::read_document(answer.body, 1u << 20).value();
  std::vector<proof::Digest> path;
  for (auto const& item : json::find_member(document, "path")->items) {
    std::string bytes;
    for (std::size_t at = 0; at < item.text.size(); at += 2)
      bytes += static_cast<char>(std::stoi(item.text.substr(at, 2), nullptr, 16));
    path.push_back(proof::to_digest(bytes));
  }
  return path;
}

TEST_F(Routes, prove_a_decision_as_soon_as_it_is_answered) {
  auto const key = proof::read_verifier_key(reader_->signers().value()[0].verifier_key).value();
  proof::Root before{0, proof::empty_root()};
  for (int number = 1; number <= 5; ++number) {
    auto const id = member(ask(http::Method::post, "/v1/decisions", blamed), "id");
    auto const proof = ask(http::Method::get, "/v1/decisions/" + id + "/proof");
    ASSERT_EQ(proof.status, 200) << proof.body;
    auto const head = proof::open_checkpoint(member(proof, "checkpoint"), key);
    ASSERT_TRUE(head) << head.error().message;
    EXPECT_EQ(head.value().tree.size, number);
    auto const leaf = proof::hash_leaf(member(proof, "record"));
    EXPECT_EQ(to_hex(leaf), member(proof, "leaf_hash"));
    EXPECT_TRUE(proof::proves_inclusion(leaf, number - 1, head.value().tree, path_in(proof)));
    auto const grown =
        ask(http::Method::get, "/v1/log/consistency", {}, {{"from", std::to_string(before.size)}});
    EXPECT_TRUE(proof::proves_consistency(before, head.value().tree, path_in(grown)));
    EXPECT_EQ(ask(http::Method::get, "/v1/log/checkpoint").body, member(proof, "checkpoint"));
    before = head.value().tree;
  }
}

TEST_F(Routes, refuse_proofs_of_what_is_not_there) {
  EXPECT_EQ(ask(http::Method::get, "/v1/decisions/nobody/proof").status, 404);
  auto const shorter = ask(http::Method::get, "/v1/log/consistency", {}, {{"from", "7"}});
  EXPECT_EQ(shorter.status, 409);
  EXPECT_EQ(member(shorter, "type"), "urn:heed:problem:log-shorter");
  for (char const* from : {"", "x", "-1", "1x", "99999999999999999999"})
    EXPECT_EQ(ask(http::Method::get, "/v1/log/consistency", {}, {{"from", from}}).status, 400);
  EXPECT_EQ(ask(http::Method::get, "/v1/log/consistency").status, 400);
  std::string text;
  for (auto const& refused : {shorter, ask(http::Method::get, "/v1/log/consistency"),
                              ask(http::Method::get, "/v1/decisions/nobody/proof")})
    text += refused.body + '\n';
  EXPECT_EQ(text, heed::testing::golden("log/problems.txt", text));
}

TEST_F(Routes, prefer_a_fixed_path_whatever_the_method) {
  EXPECT_EQ(ask(http::Method::get, "/v1/policies/check").status, 405);
  EXPECT_EQ(ask(http::Method::get, "/v1/policies/active").status, 200);
  EXPECT_EQ(ask(http::Method::get, "/v1/policies/0").status, 404);
}

TEST_F(Routes, refuse_what_they_do_not_understand) {
  EXPECT_EQ(ask(http::Method::post, "/v1/decisions", "{").status, 400);
  EXPECT_EQ(ask(http::Method::post, "/v1/decisions", R"({"facts": {"agent.message": 1}})").status,
            422);
  EXPECT_EQ(ask(http::Method::post, "/v1/decisions", "{}", {{"source", "x"}}).status, 400);
  EXPECT_EQ(ask(http::Method::post, "/v1/decisions", "{}", {{"explain", "some"}}).status, 400);
  EXPECT_EQ(ask(http::Method::get, "/v1/decisions", {}, {{"limit", "0"}}).status, 400);
  EXPECT_EQ(ask(http::Method::get, "/v1/decisions", {}, {{"limit", "5"}, {"limit", "6"}}).status,
            400);
  EXPECT_EQ(ask(http::Method::get, "/v1/schema", {}, {{"x", "1"}}).status, 400);
  EXPECT_EQ(ask(http::Method::post, "/v1/decisions", "{}", {}, std::string(1'001, 'k')).status,
            400);
  EXPECT_EQ(ask(http::Method::get, "/v1/decisions/nobody").status, 404);
}

TEST_F(Routes, a_log_that_is_closed_gives_no_answer) {
  log_->close();
  auto const answer = ask(http::Method::post, "/v1/decisions", blamed);
  EXPECT_EQ(answer.status, 503);
  EXPECT_NE(answer.body.find("urn:heed:problem:log-closed"), std::string::npos) << answer.body;
  EXPECT_NE(metrics_.render(nullptr).find("heed_decisions_total{outcome=\"not_logged\"} 1"),
            std::string::npos);
}

TEST_F(Routes, take_cases_from_many_threads_while_the_policy_changes) {
  std::vector<std::thread> threads;
  std::atomic<int> answered{0};
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 25; ++n)
        if (ask(http::Method::post, "/v1/preview", blamed).status == 200) ++answered;
    });
  for (int n = 0; n < 5; ++n) {
    std::ofstream{folder_ / "policy/more.heed"} << "score extra" << n << " from 0 to 9\n";
    EXPECT_TRUE(policies_->reload());
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(answered, 100);
}

}  // namespace
}  // namespace heed::api
