// Certificates and keys: which pairs are taken, and that a bad one leaves the one in use.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <thread>

#include "server/http/tls.hpp"

namespace heed::http {
namespace {

namespace fs = std::filesystem;

class HttpTls : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string path(std::string const& name) const { return (folder_ / name).string(); }

  /// A certificate of its own and its key, as openssl makes them.
  void make(std::string const& name, std::string const& key = "ec -pkeyopt ec_paramgen_curve:P-256",
            int days = 30) const {
    auto const private_key = path(name + ".key");
    auto const command = "openssl req -new -newkey " + key + " -nodes -subj /CN=" + name +
                         " -keyout " + private_key + " 2>/dev/null | openssl x509 -req -signkey " +
                         private_key + " -days " + std::to_string(days) + " -out " +
                         path(name + ".pem") + " 2>/dev/null && chmod 600 " + private_key;
    ASSERT_EQ(std::system(command.c_str()), 0) << command;
  }

  void copy(std::string const& from, std::string const& to) const {
    fs::copy_file(folder_ / from, folder_ / to, fs::copy_options::overwrite_existing);
  }

  TlsFiles files(std::string const& name) const {
    return {path(name + ".pem"), path(name + ".key")};
  }

  std::string code_of(TlsFiles const& wanted) const {
    auto const opened = Tls::open(wanted);
    return opened ? std::string{"taken"} : std::string{opened.error().code};
  }

  fs::path folder_ =
      fs::path{::testing::TempDir()} /
      (std::string{"heed-tls-"} + ::testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(HttpTls, a_pair_is_taken_and_its_dates_are_known) {
  make("good");
  auto const opened = Tls::open(files("good"));
  ASSERT_TRUE(opened) << opened.error().message;
  auto const certificate = opened.value()->certificate();
  auto const now = std::time(nullptr);
  EXPECT_EQ(certificate.subject, "CN=good");
  EXPECT_EQ(certificate.sha256.size(), 64u);
  EXPECT_NEAR(static_cast<double>(certificate.not_after), static_cast<double>(now + 30 * 86'400),
              60);
  EXPECT_LE(certificate.not_before, now);
}

TEST_F(HttpTls, what_cannot_be_used_is_refused_with_its_reason) {
  make("good");
  make("other");
  make("weak", "rsa:1024");
  std::ofstream{folder_ / "empty.pem"};
  std::ofstream{folder_ / "text.key"} << "no key\n";
  copy("good.key", "open.key");
  chmod(path("text.key").c_str(), 0600);
  chmod(path("open.key").c_str(), 0644);
  auto const locked = "openssl pkey -aes256 -passout pass:x -in " + path("good.key") + " -out " +
                      path("locked.key") + " && chmod 600 " + path("locked.key");
  ASSERT_EQ(std::system(locked.c_str()), 0);
  struct Case {
    std::string_view certificate, key, code;
  };
  constexpr Case cases[] = {
      {"good.pem", "good.key", "taken"},
      {"good.pem", "other.key", "tls.key-mismatch"},
      {"good.pem", "open.key", "tls.key-open-to-others"},
      {"good.pem", "text.key", "tls.no-key"},
      {"good.pem", "locked.key", "tls.no-key"},
      {"good.pem", "nowhere.key", "tls.unreadable"},
      {"good.pem", ".", "tls.unreadable"},
      {"nowhere.pem", "good.key", "tls.unreadable"},
      {"empty.pem", "good.key", "tls.no-certificate"},
      {"good.key", "good.key", "tls.no-certificate"},
      {"weak.pem", "weak.key", "tls.refused"},
  };
  for (auto const& [certificate, key, code] : cases)
    EXPECT_EQ(code_of({path(std::string{certificate}), path(std::string{key})}), code)
        << certificate << ' ' << key;
}

TEST_F(HttpTls, a_chain_that_ends_in_damage_is_refused) {
  make("good");
  std::ofstream{folder_ / "good.pem", std::ios::app}
      << "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
  EXPECT_EQ(code_of(files("good")), "tls.refused");
}

TEST_F(HttpTls, a_new_pair_is_taken_and_a_bad_one_leaves_the_one_in_use) {
  make("used");
  make("next");
  make("expired", "ec -pkeyopt ec_paramgen_curve:P-256", -1);
  auto const tls = Tls::open(files("used")).value();
  auto const first = tls->context();
  EXPECT_EQ(tls->reload().value(), Tls::Reload::unchanged);
  copy("next.pem", "used.pem");
  auto const mismatch = tls->reload();
  ASSERT_FALSE(mismatch);
  EXPECT_EQ(mismatch.error().code, "tls.key-mismatch");
  EXPECT_EQ(tls->context(), first);
  EXPECT_EQ(tls->reload().value(), Tls::Reload::unchanged);  // told once
  copy("next.key", "used.key");
  EXPECT_EQ(tls->reload().value(), Tls::Reload::taken);
  EXPECT_EQ(tls->certificate().subject, "CN=next");
  EXPECT_NE(tls->context(), first);
  copy("expired.pem", "used.pem");
  copy("expired.key", "used.key");
  auto const expired = tls->reload();
  ASSERT_FALSE(expired);
  EXPECT_EQ(expired.error().code, "tls.expired");
  EXPECT_EQ(tls->certificate().subject, "CN=next");
  fs::remove(folder_ / "used.pem");
  EXPECT_EQ(tls->reload().error().code, "tls.unreadable");
  EXPECT_EQ(tls->certificate().subject, "CN=next");
}

TEST_F(HttpTls, files_that_are_being_replaced_are_left_to_stand_still) {
  make("used");
  make("next");
  auto const tls = Tls::open(files("used")).value();
  EXPECT_EQ(tls->reload_changed().value(), Tls::Reload::unchanged);
  copy("next.pem", "used.pem");
  EXPECT_EQ(tls->reload_changed().value(), Tls::Reload::unchanged);
  copy("next.key", "used.key");
  EXPECT_EQ(tls->reload_changed().value(), Tls::Reload::unchanged);
  EXPECT_EQ(tls->reload_changed().value(), Tls::Reload::taken);
  EXPECT_EQ(tls->certificate().subject, "CN=next");
}

}  // namespace
}  // namespace heed::http
