#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "server/access/gate.hpp"
#include "server/access/token_file.hpp"

namespace heed::access {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t start = 1'790'000'000 * second;

NewToken some_token(std::string name, std::vector<Role> roles, unsigned char seed = 7,
                    std::optional<std::int64_t> expires = {}) {
  std::array<unsigned char, 38> random{};
  for (std::size_t i = 0; i < random.size(); ++i)
    random[i] = static_cast<unsigned char>(seed + 31 * i);
  return make_token(std::move(name), std::move(roles), start, expires, random);
}

class TokenFile : public ::testing::Test {
 protected:
  void SetUp() override {
    folder = fs::temp_directory_path() /
             ("heed_tokens_" + std::to_string(::getpid()) + "_" +
              ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder);
    path = (folder / "tokens.json").string();
  }
  void TearDown() override { fs::remove_all(folder); }

  void write(std::string const& text, mode_t mode = 0600) const {
    std::ofstream{path} << text;
    ::chmod(path.c_str(), mode);
  }

  fs::path folder;
  std::string path;
};

TEST(Tokens, are_known_by_their_whole_text) {
  auto const made = some_token("crm", {Role::caller});
  EXPECT_EQ(made.text.size(), 5 + 12 + 1 + 43U);
  EXPECT_TRUE(made.text.starts_with("heed_" + made.token.id + "_"));
  std::vector<Token> const tokens{some_token("other", {Role::admin}, 90).token, made.token};
  ASSERT_NE(find_token(tokens, made.text, start), nullptr);
  EXPECT_EQ(find_token(tokens, made.text, start)->name, "crm");
  for (std::size_t at = 0; at < made.text.size(); ++at) {
    auto changed = made.text;
    changed[at] = changed[at] == 'x' ? 'y' : 'x';
    EXPECT_EQ(find_token(tokens, changed, start), nullptr) << at;
    EXPECT_EQ(find_token(tokens, made.text.substr(0, at), start), nullptr) << at;
  }
  EXPECT_EQ(find_token(tokens, made.text + "A", start), nullptr);
}

TEST(Tokens, no_longer_count_from_the_instant_that_they_expire) {
  auto const made = some_token("crm", {Role::caller}, 7, start + second);
  std::vector<Token> const tokens{made.token};
  EXPECT_NE(find_token(tokens, made.text, start + second - 1), nullptr);
  EXPECT_EQ(find_token(tokens, made.text, start + second), nullptr);
}

TEST(Tokens, give_the_rights_of_their_roles_and_an_admin_all) {
  EXPECT_TRUE(may(std::vector{Role::caller}, Role::caller));
  EXPECT_FALSE(may(std::vector{Role::caller, Role::owner}, Role::auditor));
  EXPECT_FALSE(may(std::vector{Role::owner}, Role::admin));
  for (auto const role : {Role::caller, Role::owner, Role::auditor, Role::admin}) {
    EXPECT_TRUE(may(std::vector{Role::admin}, role));
    EXPECT_EQ(role_of(name_of(role)), role);
  }
  EXPECT_FALSE(role_of("Admin"));
}

TEST(Tokens, have_each_role_once) {
  auto const made = some_token("both", {Role::owner, Role::caller, Role::owner});
  EXPECT_EQ(made.token.roles, (std::vector{Role::caller, Role::owner}));
}

TEST_F(TokenFile, keeps_what_was_added_and_no_secret) {
  auto const crm = some_token("crm", {Role::caller}, 1, start + second);
  auto const audit = some_token("audit", {Role::auditor}, 2);
  ASSERT_TRUE(add_token(path, crm.token));
  ASSERT_TRUE(add_token(path, audit.token));
  auto const held = read_tokens(path);
  ASSERT_TRUE(held) << held.error().message;
  ASSERT_EQ(held.value().size(), 2U);
  EXPECT_EQ(held.value()[0].hash, crm.token.hash);
  EXPECT_EQ(held.value()[0].expires_us, start + second);
  EXPECT_EQ(held.value()[1].name, "audit");
  EXPECT_FALSE(held.value()[1].expires_us);
  struct stat found {};
  ASSERT_EQ(::stat(path.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0600U);
  std::ifstream file{path};
  std::string const text{std::istreambuf_iterator<char>{file}, {}};
  EXPECT_EQ(text.find(crm.text.substr(18)), std::string::npos);
}

TEST_F(TokenFile, loses_nothing_to_two_who_write_at_once) {
  std::vector<std::thread> writers;
  for (unsigned char each = 0; each < 8; ++each)
    writers.emplace_back([this, each] {
      for (unsigned char i = 0; i < 8; ++i) {
        auto const made = some_token("t", {Role::caller}, static_cast<unsigned char>(each * 8 + i));
        EXPECT_TRUE(add_token(path, made.token));
      }
    });
  for (auto& writer : writers) writer.join();
  auto const held = read_tokens(path);
  ASSERT_TRUE(held);
  EXPECT_EQ(held.value().size(), 64U);
}

TEST_F(TokenFile, forgets_what_was_removed) {
  auto const crm = some_token("crm", {Role::caller}, 1);
  ASSERT_TRUE(add_token(path, crm.token));
  auto const none = remove_token(path, "000000000000");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, "tokens.unknown");
  auto const removed = remove_token(path, crm.token.id);
  ASSERT_TRUE(removed);
  EXPECT_EQ(removed.value().name, "crm");
  EXPECT_TRUE(read_tokens(path).value().empty());
}

TEST_F(TokenFile, that_others_may_read_is_refused) {
  write(write_tokens({}), 0640);
  auto const read = read_tokens(path);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, "tokens.open-to-others");
  EXPECT_EQ(add_token(path, some_token("crm", {Role::caller}).token).error().code,
            "tokens.open-to-others");
}

TEST_F(TokenFile, names_the_place_that_is_damaged) {
  auto const good = write_tokens({some_token("crm", {Role::caller}).token});
  struct Damage {
    std::string from, to, place;
  };
  for (auto const& [from, to, place] : {
           Damage{"\"format\": 1", "\"format\": 2", "`/format`"},
           Damage{"\"tokens\"", "\"token\"", "`/tokens`"},
           Damage{"\"caller\"", "\"boss\"", "`/tokens/0/roles`"},
           Damage{"\"sha256\": \"", "\"sha256\": \"g", "`/tokens/0/sha256`"},
           Damage{"\"created\": \"2", "\"created\": \"x", "`/tokens/0/created`"},
           Damage{"\"expires\": null", "\"expires\": 7", "`/tokens/0/expires`"},
           Damage{"\"name\"", "\"nome\"", "`/tokens/0/name`"},
           Damage{"{\n", "{{\n", "``"},
       }) {
    auto text = good;
    ASSERT_NE(text.find(from), std::string::npos) << from;
    text.replace(text.find(from), from.size(), to);
    write(text);
    auto const read = read_tokens(path);
    ASSERT_FALSE(read) << place;
    EXPECT_EQ(read.error().code, "tokens.malformed");
    EXPECT_NE(read.error().message.find(place), std::string::npos) << read.error().message;
  }
  fs::remove(path);
  EXPECT_EQ(read_tokens(path).error().code, "tokens.unreadable");
}

TEST_F(TokenFile, read_again_lets_in_who_was_added_and_keeps_out_who_was_removed) {
  auto const crm = some_token("crm", {Role::caller}, 1);
  auto const audit = some_token("audit", {Role::auditor}, 2);
  ASSERT_TRUE(add_token(path, crm.token));
  auto const gate = Gate::open(path);
  ASSERT_TRUE(gate) << gate.error().message;
  auto& tokens = *gate.value();
  EXPECT_EQ(tokens.admit("Bearer " + audit.text, {}, start).error(), Refusal::unknown_token);
  EXPECT_FALSE(tokens.reload().value());
  ASSERT_TRUE(add_token(path, audit.token));
  ASSERT_TRUE(remove_token(path, crm.token.id));
  EXPECT_TRUE(tokens.reload().value());
  EXPECT_EQ(tokens.admit("bearer  " + audit.text, {}, start).value().name, "audit");
  EXPECT_EQ(tokens.admit("Bearer " + crm.text, {}, start).error(), Refusal::unknown_token);
  write("damaged");
  EXPECT_FALSE(tokens.reload());
  EXPECT_FALSE(tokens.reload().value()) << "told once";
  EXPECT_TRUE(tokens.admit("Bearer " + audit.text, {}, start)) << "what was read counts on";
}

TEST(Gates, say_why_somebody_does_not_get_in) {
  Gate const open;
  EXPECT_TRUE(open.admit("", Role::admin, start)) << "without tokens everybody may";
  auto const folder = fs::temp_directory_path() / ("heed_gate_" + std::to_string(::getpid()));
  fs::create_directories(folder);
  auto const path = (folder / "tokens.json").string();
  auto const crm = some_token("crm", {Role::caller});
  ASSERT_TRUE(add_token(path, crm.token));
  auto const gate = Gate::open(path);
  ASSERT_TRUE(gate);
  for (std::string const field : {"", "Bearer", "Bearer ", "Basic Y3JtOng=", "heed_"})
    EXPECT_EQ(gate.value()->admit(field, {}, start).error(), Refusal::no_token) << field;
  EXPECT_EQ(gate.value()->admit("Bearer " + crm.text, Role::owner, start).error(),
            Refusal::not_allowed);
  EXPECT_EQ(gate.value()->admit("Bearer " + crm.text, Role::caller, start).value().id,
            crm.token.id);
  fs::remove_all(folder);
}

}  // namespace
}  // namespace heed::access
